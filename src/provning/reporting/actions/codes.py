"""Keeping the codes that an organiser has from an authority's description."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.reporting import events, rules
from provning.reporting.layout import Target
from provning.reporting.models import ReportCode
from provning.reporting.policies import require_organiser
from provning.reporting.rules import CODE_LABELS
from provning.reporting.writing import CodeKey


@transaction.atomic
def set_report_code(
    *,
    actor: Actor,
    organiser_id: UUID,
    target: Target,
    key: CodeKey,
    code: str,
    valid_from: date,
) -> ReportCode:
    """Keep what the authority calls something from a day on; a code of the same day is replaced.

    Extracts that are made keep the codes they were made with. Raises `ProblemsFoundError`.
    """
    organiser = require_organiser(actor, organiser_id)
    written = code.strip()
    refuse_if(rules.code_problems(written, key))
    table, name = key
    own = ReportCode.objects.filter(
        organiser=organiser, kind=target.value, table=table, key=name, valid_from=valid_from
    )
    kept = own.first()
    if kept and kept.code == written:
        return kept
    before = {"code": kept.code} if kept else None
    kept = kept or ReportCode(
        organiser=organiser, kind=target.value, table=table, key=name, valid_from=valid_from
    )
    kept.code = written
    kept.save()
    record(
        events.REPORT_CODE_SET,
        actor=actor,
        subjects=[("organiser", organiser.id), ("report_code", kept.pk)],
        before=before,
        after={
            "kind": target.value,
            "what": CODE_LABELS[key],
            "code": written,
            "valid_from": valid_from,
        },
    )
    return kept
