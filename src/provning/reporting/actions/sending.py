"""Keeping that an export of grades has left: to whom, when, and which decisions it held."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.reporting import events, rules
from provning.reporting.models import SentDecision, SentExport, SentPerson, SentSelection
from provning.reporting.rows import SentFacts, SentQuestion

AT_A_TIME = 1000


@transaction.atomic
def record_sent_export(
    *,
    actor: Actor,
    facts: SentFacts,
    decision_ids: Iterable[UUID],
    submission: UUID,
    today: date,
) -> SentExport:
    """Keep that an export was sent, so that a later rättelse names it as out of date.

    For the rooms that make exports: each has tried whether the actor may send its own. A decision
    named twice is held once. The same `submission` again is the same row; raises
    `ProblemsFoundError` for what cannot be true.
    """
    earlier = SentExport.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if earlier.registered_by_account == actor.id else [rules.form_used()])
        return earlier
    refuse_if(rules.sending_problems(facts, today))
    held = dict.fromkeys(decision_ids)
    with refused_as(rules.form_used()):
        export = _create(actor, facts, len(held), submission, datetime.now(UTC))
    for part in _parts(held):
        SentDecision.objects.bulk_create(
            SentDecision(export=export, decision_id=each) for each in part
        )
    record(
        events.EXPORT_SENT,
        actor=actor,
        subjects=[("sent_export", export.id), ("organiser", export.organiser_id)],
        after={
            "document_id": export.document_id,
            "receiver": export.receiver,
            "kind": export.kind,
            "sent_on": export.sent_on,
            "decisions": export.decisions,
            "sha256": export.sha256,
        },
    )
    return export


@transaction.atomic
def keep_grades_out(
    *, actor: Actor, facts: SentFacts, question: SentQuestion, decisions: int, today: date
) -> SentExport:
    """Keep that a file of grades leaves while it is made, as the question that it answers.

    A file of half a million grades is a row, and one for each protected person left out. Told as
    part of the act that takes it out, whose own event speaks of it. Raises `ProblemsFoundError`.
    """
    refuse_if(rules.sending_problems(facts, today))
    export = _create(actor, facts, decisions, uuid4(), question.as_of)
    SentSelection.objects.create(
        export=export,
        as_of=question.as_of,
        changed_from=question.changed_from,
        changed_before=question.changed_before,
        curricula=" ".join(question.curricula),
        reach=json.dumps([(kind, str(key) if key else None) for kind, key in question.reach]),
    )
    _name(export, question.left_out, left_out=True)
    return export


@transaction.atomic
def keep_persons_out(
    *, actor: Actor, facts: SentFacts, persons: Iterable[UUID], now: datetime, today: date
) -> SentExport:
    """Keep that a file of persons without grades leaves, with each person; as `keep_grades_out`."""
    refuse_if(rules.sending_problems(facts, today))
    export = _create(actor, facts, 0, uuid4(), now)
    _name(export, persons, left_out=False)
    return export


def _name(export: SentExport, persons: Iterable[UUID], *, left_out: bool) -> None:
    """Keep some persons by name, a part at a time."""
    for part in _parts(persons):
        SentPerson.objects.bulk_create(
            SentPerson(export=export, person_id=each, left_out=left_out) for each in part
        )


def _create(
    actor: Actor, facts: SentFacts, decisions: int, submission: UUID, moment: datetime
) -> SentExport:
    return SentExport.objects.create(
        organiser_id=facts.organiser_id,
        kind=facts.kind,
        export_id=facts.export_id,
        document_id=facts.document_id,
        receiver=facts.receiver.strip(),
        covers_from=facts.covers_from,
        covers_to=facts.covers_to,
        sha256=facts.sha256,
        decisions=decisions,
        sent_on=facts.sent_on,
        registered_at=moment,
        registered_by_account=actor.id,
        registered_by_name=actor.name,
        submission=submission,
    )


def _parts(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Give the ids in parts that a database takes in one statement."""
    rest = iter(ids)
    while part := list(islice(rest, AT_A_TIME)):
        yield part
