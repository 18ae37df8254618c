"""Reading what the planning of groups and placements needs; for actions and previews only."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from provning.audit.asking import evened, worded_once
from provning.exams.facts import GroupFact, TermFacts
from provning.exams.models import ExamGroup, Placement
from provning.exams.rules import Candidate, Standing
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, gy25_naming, initials_on, term_dates
from provning.people.models import Enrolment, Person
from provning.people.queries import of_persons, root_of, teacher_name


def term_facts(unit: UnitRow, term: Term, *, initials_day: date | None = None) -> TermFacts:
    """Return the unit's facts for a term; the letters are those of the day, or of its first."""
    calendar = term_dates(unit.provider_id, term)
    day = initials_day or calendar.first_day
    return TermFacts(
        unit_id=unit.id,
        unit_name=unit.name,
        provider_id=unit.provider_id,
        term=term,
        first_day=calendar.first_day,
        last_day=calendar.last_day,
        initials=initials_on(unit.id, day) or "",
        initials_on=day,
        gy25_naming=gy25_naming(unit.organiser_id, day),
        groups=tuple(_group_facts(unit.id, term)),
        unit_ends=unit.last_day,
    )


def group_fact(group: ExamGroup) -> GroupFact:
    """Return a group as the planning sees it."""
    return GroupFact(
        id=group.id,
        name=group.name,
        course_id=group.course_id,
        course_code=group.course.code,
        course_name=group.course.name,
        number=group.number,
        teacher_id=group.grading_teacher_id,
        teacher_name=teacher_name(group.grading_teacher),
    )


def candidates(
    entries: Sequence[tuple[UUID, date]], provider_id: UUID, fields: Sequence[tuple[str, str]]
) -> list[Candidate]:
    """Return what the register knows of everybody who is to be placed; two queries.

    `fields` are each entry's names of the person's and the date's input.
    """
    ids = {person_id for person_id, _ in entries}
    enrolled = {key for (key,) in _enrolled(provider_id, *evened(ids))}
    deceased = {key for (key,) in _deceased(*evened(ids))}
    return [
        Candidate(person_id, day, person_id in enrolled, person_id in deceased, *names)
        for (person_id, day), names in zip(entries, fields, strict=True)
    ]


def standing(group_id: UUID, person_ids: Iterable[UUID]) -> list[Standing]:
    """Return the valid placements of the persons in a group, and the corrected ones; one query."""
    rows = _placed(group_id, *evened(person_ids))
    return [
        Standing(person_id, exam_date, corrected)
        for person_id, exam_date, outcome, corrected_by in rows
        for corrected in (corrected_by is not None,)
        if corrected or outcome != Placement.Outcome.WITHDRAWN
    ]


@worded_once
def _placed(group_id: UUID, *person_ids: UUID) -> QuerySet[Placement, Any]:
    placements = Placement.objects.filter(group_id=group_id, person_id__in=person_ids)
    return placements.values_list("person_id", "exam_date", "outcome", "superseded_by")


@worded_once
def _enrolled(provider_id: UUID, *person_ids: UUID) -> QuerySet[Enrolment, Any]:
    enrolments = Enrolment.objects.filter(of_persons(person_ids), provider_id=provider_id)
    return enrolments.annotate(root=root_of()).values_list("root")


@worded_once
def _deceased(*person_ids: UUID) -> QuerySet[Person, Any]:
    dead = Person.objects.filter(pk__in=person_ids, status=Person.Status.DECEASED)
    return dead.values_list("pk")


def _group_facts(unit_id: UUID, term: Term) -> Iterable[GroupFact]:
    """Return every group of the unit and term, whoever may see it: names are shared."""
    groups = ExamGroup.objects.filter(unit_id=unit_id, year=term.year, season=term.season)
    return map(group_fact, groups.select_related("course", "grading_teacher").order_by("number"))
