"""Placing persons in groups."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.audit.inserting import insert_models
from provning.courses.queries import course_by_id
from provning.exams.actions.locks import held_group
from provning.exams.events import STUDENTS_PLACED
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.facts import candidates, standing
from provning.exams.rules import (
    GRADE_TYPED,
    binding,
    decided,
    exam_date_problems,
    graded,
    nobody_chosen,
    overridden,
    placement_problems,
)
from provning.kernel.actors import Actor, Permission
from provning.kernel.group_facts import PLACEMENT_STATUS, STUDY_ACTIVE
from provning.kernel.problems import Problem, refuse_if

Entry = tuple[UUID, date]
Fields = tuple[str, str]
BATCH = 500


def place_students(
    *,
    actor: Actor,
    group_id: UUID,
    entries: Sequence[Entry],
    override_reason: str = "",
    today: date,  # noqa: ARG001 (every such action takes the day; no rule here asks for it)
) -> list[Placement]:
    """Place several persons, each with a prövningsdatum, in a group: all or nobody (Manual s. 3).

    `entries` are pairs of person id and date. A problem's field is "row-1" for the first entry,
    and so on. `override_reason` lets a new attempt in the same group through.
    """
    fields = [(f"row-{number}",) * 2 for number in range(1, len(entries) + 1)]
    return _place(actor, group_id, entries, fields, override_reason)


def place_student(
    *,
    actor: Actor,
    group_id: UUID,
    person_id: UUID,
    exam_date: date,
    override_reason: str = "",
    after_validation: bool = False,
    today: date,  # noqa: ARG001 (every such action takes the day; no rule here asks for it)
) -> Placement:
    """Place one person; a problem's field is "person" or "exam_date" (Manual s. 2–3).

    `after_validation` says that the prövning follows on a validering (Skollagen 20 kap. 43 §).
    """
    entries, fields = [(person_id, exam_date)], [("person", "exam_date")]
    (placement,) = _place(
        actor, group_id, entries, fields, override_reason, after_validation=after_validation
    )
    return placement


@transaction.atomic
def _place(
    actor: Actor,
    group_id: UUID,
    entries: Sequence[Entry],
    fields: Sequence[Fields],
    reason: str,
    *,
    after_validation: bool = False,
) -> list[Placement]:
    """Check everybody, then store everybody and tell the trail once."""
    group = held_group(actor, group_id, Permission.PLACE_PERSONS)
    problems = _problems(group, entries, fields) if entries else [nobody_chosen()]
    refuse_if(binding(problems, reason))
    used = reason.strip() if overridden(problems, reason) else ""
    placements = [
        Placement(
            group=group,
            person_id=person_id,
            exam_date=exam_date,
            status=PLACEMENT_STATUS,
            study_active=STUDY_ACTIVE,
            override_reason=used,
            after_validation=after_validation,
        )
        for person_id, exam_date in entries
    ]
    insert_models(placements)
    _record_placed(actor, group, placements, used)
    return placements


def _problems(
    group: ExamGroup, entries: Sequence[Entry], fields: Sequence[Fields]
) -> list[Problem]:
    """Return everything that stands against the entries, each in its own field."""
    everybody = candidates(entries, group.unit.provider_id, fields)
    there = standing(group.id, (person_id for person_id, _ in entries))
    days = dict.fromkeys((person.exam_date, person.date_field) for person in everybody)
    return [
        *placement_problems(everybody, there, group_name=group.name),
        *day_problems(group, days),
    ]


def day_problems(group: ExamGroup, days: Iterable[tuple[date, str]]) -> list[Problem]:
    """Say on which of the days, each with its field, nobody can be examined in the group."""
    course = course_by_id(group.course_id)
    return [
        problem
        for exam_date, field in days
        for problem in exam_date_problems(
            exam_date,
            course,
            group_name=group.name,
            start_date=group.start_date,
            end_date=group.end_date,
            field=field,
        )
    ]


def save_placements(placements: Sequence[Placement], *fields: str) -> None:
    """Store the fields of several placements, each as its next version: all or none.

    One whose grade is decided or typed is refused by the database itself.
    """
    if not placements:
        return
    for placement in placements:
        placement.version += 1
    with refused_as(decided(placements[0].group.name), {GRADE_TYPED: graded()}):
        Placement.objects.bulk_update(placements, [*fields, "version"], BATCH)


def _record_placed(
    actor: Actor, group: ExamGroup, placements: Sequence[Placement], reason: str
) -> None:
    """Tell the trail who was placed, by ids only."""
    record(
        STUDENTS_PLACED,
        actor=actor,
        subjects=[
            ("exam_group", group.id),
            *(("placement", placement.id) for placement in placements),
            *(("person", placement.person_id) for placement in placements),
        ],
        after={
            "group": group.name,
            "count": len(placements),
            "placements": [
                {"placement": row.id, "person": row.person_id, "exam_date": row.exam_date}
                for row in placements
            ],
            **({"after_validation": True} if placements[0].after_validation else {}),
        },
        reason=reason,
    )
