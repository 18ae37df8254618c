"""Taking in what another system has decided, and taking a reading back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.audit.actions import record
from provning.betygxml.rows import CourseGrade, GradeRow, Interval, StudentGrades
from provning.feeds import events, policies
from provning.feeds.intervals import SWEDEN
from provning.feeds.models import (
    ExternalBatch,
    ExternalDecision,
    ExternalIdentity,
    ExternalList,
    ExternalWithdrawal,
)
from provning.feeds.queries.external import held_lists
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import organiser_scope

MOST_SUBJECTS = 500
"""An event names so many persons at most; the batch has them all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: from which system, out of what, of which interval."""

    organiser_id: UUID
    source_system: str
    origin: str
    sha256: str
    interval: Interval | None
    submission: UUID


@transaction.atomic
def take_in_external_grades(
    *, actor: Actor, reading: Reading, students: Sequence[tuple[UUID, StudentGrades]], now: datetime
) -> ExternalBatch | None:
    """Keep each person's complete list from another system; returns None when nothing is new.

    A person whose newest list says the same is left alone. The same `submission` again returns what
    it stored. Raises `NotAllowedError`, and `NotFoundError` for an organiser out of scope.
    """
    _require(actor, reading.organiser_id)
    stored = ExternalBatch.objects.filter(submission=reading.submission).first()
    if stored:
        return stored
    changed = _changed(reading, students)
    if not changed:
        return None
    batch = _store(actor, reading, changed, now)
    grades = sum(len(each.grades) for _, each in changed)
    record(
        events.EXTERNAL_GRADES_READ,
        actor=actor,
        subjects=[
            ("external_batch", batch.pk),
            *(("person", person_id) for person_id, _ in changed[:MOST_SUBJECTS]),
        ],
        after={
            "source_system": reading.source_system,
            "origin": reading.origin,
            "sha256": reading.sha256,
            "students": len(changed),
            "grades": grades,
        },
    )
    return batch


@transaction.atomic
def withdraw_external_grades(*, actor: Actor, batch_id: UUID, now: datetime) -> None:
    """Let a reading count no more; a second time changes nothing. Raises `NotFoundError`."""
    require(actor, policies.EXCHANGE)
    batch = ExternalBatch.objects.filter(
        organiser_scope(actor, policies.EXCHANGE), pk=batch_id
    ).first()
    if batch is None:
        raise NotFoundError("external_batch")
    if ExternalWithdrawal.objects.filter(batch=batch).exists():
        return
    ExternalWithdrawal.objects.create(
        batch=batch,
        withdrawn_at=now,
        withdrawn_by_account=actor.id,
        withdrawn_by_name=actor.name,
    )
    people = batch.lists.values_list("person_id", flat=True)[:MOST_SUBJECTS]
    record(
        events.EXTERNAL_GRADES_WITHDRAWN,
        actor=actor,
        subjects=[("external_batch", batch.pk), *(("person", each) for each in people)],
        after={"source_system": batch.source_system},
    )


@transaction.atomic
def learn_identities(
    *,
    actor: Actor,
    organiser_id: UUID,
    source_system: str,
    persons: Iterable[tuple[str, UUID]],
    now: datetime,
) -> int:
    """Keep what another system calls persons of ours; returns how many were new.

    Told within an import, whose own event speaks of it.
    """
    _require(actor, organiser_id)
    wanted = dict(persons)
    held = held_lists(organiser_id, source_system, wanted)
    new = [
        ExternalIdentity(
            organiser_id=organiser_id,
            source_system=source_system,
            student_key=key,
            person_id=person_id,
            learned_at=now,
        )
        for key, person_id in wanted.items()
        if key not in held or held[key].person_id != person_id
    ]
    ExternalIdentity.objects.bulk_create(new, batch_size=500)
    return len(new)


def _require(actor: Actor, organiser_id: UUID) -> None:
    """Raise unless the actor exchanges files for the organiser."""
    require(actor, policies.EXCHANGE)
    if organiser_id not in policies.organisers_of(actor):
        raise NotFoundError("organiser")


def _changed(
    reading: Reading, students: Sequence[tuple[UUID, StudentGrades]]
) -> list[tuple[UUID, StudentGrades]]:
    """Return those whose list is another than the one that is held, or somebody else's."""
    held = held_lists(
        reading.organiser_id, reading.source_system, (each.student for _, each in students)
    )
    return [
        (person_id, each)
        for person_id, each in students
        if (found := held.get(each.student)) is None
        or (found.person_id, found.grades) != (person_id, each.grades)
    ]


def _store(
    actor: Actor,
    reading: Reading,
    students: Sequence[tuple[UUID, StudentGrades]],
    now: datetime,
) -> ExternalBatch:
    """Store the batch with its lists and their grades."""
    interval = reading.interval
    batch = ExternalBatch.objects.create(
        organiser_id=reading.organiser_id,
        source_system=reading.source_system,
        origin=reading.origin,
        sha256=reading.sha256,
        interval_start=_aware(interval.start) if interval else None,
        interval_end=_aware(interval.end) if interval else None,
        submission=reading.submission,
        read_at=now,
        read_by_account=actor.id,
        read_by_name=actor.name,
    )
    lists = ExternalList.objects.bulk_create(
        [
            ExternalList(batch=batch, person_id=person_id, student_key=each.student)
            for person_id, each in students
        ],
        batch_size=500,
    )
    ExternalDecision.objects.bulk_create(
        [
            _decision(stored, position, row)
            for stored, (_, each) in zip(lists, students, strict=True)
            for position, row in enumerate(each.grades)
        ],
        batch_size=500,
    )
    return batch


def _decision(listed: ExternalList, position: int, row: GradeRow) -> ExternalDecision:
    """Return a grade as it is stored."""
    stored = ExternalDecision(
        listed=listed,
        position=position,
        value=row.value,
        decided_on=row.date,
        trial=row.trial,
        school_type=row.school_type,
        group_key=row.group,
        school_key=row.school,
        decider_role=row.deciders.role.value,
        deciders="\n".join(row.deciders.persons),
    )
    if isinstance(row, CourseGrade):
        stored.course_code, stored.assessment = row.course_code, row.assessment
        return stored
    stored.subject, stored.language, stored.final = row.subject, row.language, row.final
    if row.term:
        stored.season, stored.year = row.term.season, row.term.year
    return stored


def _aware(moment: datetime) -> datetime:
    """Return a moment of a file; without a zone it is in Swedish time."""
    return moment if moment.tzinfo else moment.replace(tzinfo=SWEDEN)
