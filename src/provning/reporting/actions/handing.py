"""Handing an extract over: the file is read out, and that it was sent is kept."""

import json
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, NotOpenedError, refuse_if
from provning.kernel.seen import note_read
from provning.kernel.terms import Season, Term
from provning.organisation.queries import organiser_scope
from provning.people.models import Person
from provning.reporting import events, rules
from provning.reporting.actions.sending import record_sent_export
from provning.reporting.layout import Target, layout_of
from provning.reporting.models import AuthorityExtract, SentExport
from provning.reporting.policies import MAKE, sees_protected
from provning.reporting.rows import ExtractFile, SentFacts


@transaction.atomic
def read_authority_extract(*, actor: Actor, extract_id: UUID) -> ExtractFile:
    """Return an extract's file, and tell the trail that it left the program.

    Raises `NotFoundError`, `NotAllowedError`, `ProblemsFoundError` when there are protected persons
    in it whom the actor may not see, and `NotOpenedError` when they have not said why.
    """
    extract = _extract(actor, extract_id)
    hidden = extract.holds_protected and not sees_protected(actor, extract.organiser_id)
    refuse_if([rules.protected_right()] if hidden else [])
    if extract.holds_protected:
        _require_opened(actor, extract)
    record(
        events.AUTHORITY_EXTRACT_READ,
        actor=actor,
        subjects=[("authority_extract", extract.id), ("organiser", extract.organiser_id)],
        after={"document_id": extract.document_id, "sha256": extract.stored_id},
    )
    return ExtractFile(
        f"{extract.kind}-utkast-{extract.document_id}.csv",
        bytes(extract.stored.content),
        extract.stored.media_type,
        extract.stored_id,
    )


def _require_opened(actor: Actor, extract: AuthorityExtract) -> None:
    """Raise `NotOpenedError` unless the file is open, and note whom it gives in clear."""
    if not actor.has_opened(extract.id):
        raise NotOpenedError(extract.id)
    hidden = extract.lines.exclude(placement__person__protection=Person.Protection.NONE)
    persons = hidden.values_list("placement__person_id", flat=True)
    note_read((each, True) for each in persons.distinct().order_by("placement__person_id"))


@transaction.atomic
def mark_sent(
    *, actor: Actor, extract_id: UUID, receiver: str, sent_on: date, submission: UUID, today: date
) -> SentExport:
    """Keep that an extract was given to its receiver.

    Refused while a code was unknown when it was made: such an extract is only to be reviewed.
    Raises `NotFoundError`, `NotAllowedError` and `ProblemsFoundError`.
    """
    extract = _extract(actor, extract_id)
    layout = layout_of(Target(extract.kind))
    refuse_if(rules.not_to_send([tuple(each) for each in json.loads(extract.blanks)], layout))
    first, last = layout.period(Term(extract.year, Season(extract.season)))
    held = extract.lines.filter(decision__isnull=False).order_by("number")
    return record_sent_export(
        actor=actor,
        facts=SentFacts(
            organiser_id=extract.organiser_id,
            kind=extract.kind,
            document_id=extract.document_id,
            receiver=receiver,
            sent_on=sent_on,
            export_id=extract.id,
            covers_from=first,
            covers_to=last,
            sha256=extract.stored_id,
        ),
        decision_ids=held.values_list("decision_id", flat=True),
        submission=submission,
        today=today,
    )


def _extract(actor: Actor, extract_id: UUID) -> AuthorityExtract:
    """Return an extract that the actor may hand over."""
    if not actor.may(MAKE):
        raise NotAllowedError(MAKE.value)
    made = AuthorityExtract.objects.select_related("stored")
    extract = made.filter(organiser_scope(actor, MAKE), pk=extract_id).first()
    if extract is None:
        raise NotFoundError("authority_extract")
    return extract
