"""A run of disposal: what somebody has seen goes, and the trail says that it went."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.archive import events
from provning.archive.actions.removing import INSTALLATIONS, ORGANISERS
from provning.archive.models import Disposal
from provning.archive.policies import require_dispose
from provning.archive.queries.disposal import DisposalPreview, KindPreview, disposal_preview
from provning.archive.rules.disposal import form_used, nothing_to_dispose, seen_problems
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, refuse_if


class NoWayToDisposeError(LookupError):
    """The kind is kept: nothing removes it."""


@transaction.atomic
def dispose(
    *, actor: Actor, organiser_id: UUID | None, seen: str, submission: UUID, today: date
) -> Disposal:
    """Remove what has come to its day, for an organiser or (None) for the installation.

    `seen` is the fingerprint of the preview that was shown: other rows than those are not removed.
    One event tells how many of each kind went, and nothing of whom they spoke. Sent twice it is one
    run. Raises `NotAllowedError`, `NotFoundError`, `ConflictError` and `ProblemsFoundError`.
    """
    require_dispose(actor, organiser_id)
    earlier = Disposal.objects.filter(submission=submission).first()
    if earlier is not None:
        refuse_if([] if earlier.organiser_id == organiser_id else [form_used()])
        return earlier
    preview = disposal_preview(actor, organiser_id, today)
    changed = seen_problems(seen, preview.fingerprint)
    if changed:
        raise ConflictError(changed)
    refuse_if([] if preview.total else [nothing_to_dispose()])
    counts = {each.kind.key: _remove(actor, preview, each) for each in preview.kinds if each.rows}
    return _store(actor, preview, counts, submission, today)


def _remove(actor: Actor, preview: DisposalPreview, found: KindPreview) -> int:
    """Let the kind's own room remove the rows."""
    key, keys = found.kind.key, [row.key for row in found.rows]
    if preview.organiser_id is None and key in INSTALLATIONS:
        return INSTALLATIONS[key](actor=actor, before=found.before, keys=keys)
    if preview.organiser_id and key in ORGANISERS:
        return ORGANISERS[key](
            actor=actor, organiser_id=preview.organiser_id, before=found.before, keys=keys
        )
    raise NoWayToDisposeError(key)


def _store(
    actor: Actor,
    preview: DisposalPreview,
    counts: dict[str, int],
    submission: UUID,
    today: date,
) -> Disposal:
    """Keep the run and tell the trail once."""
    total = sum(counts.values())
    with refused_as(form_used()):
        run = Disposal.objects.create(
            organiser_id=preview.organiser_id,
            day=today,
            counts=json.dumps(counts, sort_keys=True),
            total=total,
            made_at=datetime.now(UTC),
            made_by_name=actor.name,
            submission=submission,
        )
    subjects = [("disposal", run.id)]
    if preview.organiser_id:
        subjects.append(("organiser", preview.organiser_id))
    before = {each.kind.key: each.before for each in preview.kinds if each.rows}
    record(
        events.DISPOSAL_DONE,
        actor=actor,
        subjects=subjects,
        after={"total": total, "counts": counts, "before": before, "scope": preview.name},
    )
    return run
