"""Showing groups before they exist: the new one, and a term's copies."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from provning.courses.queries import course_by_id, courses_by_id
from provning.exams.copying import plan_copies
from provning.exams.facts import TermFacts
from provning.exams.models import ExamGroup
from provning.exams.planning import GroupPlan, plan_group
from provning.exams.queries.facts import term_facts
from provning.exams.queries.groups import group_rows, visible_groups
from provning.exams.rows import CopyRow, GroupPreview, NamePart
from provning.exams.rules import day_on_duty
from provning.kernel.actors import Actor, Permission
from provning.kernel.group_facts import DISTANCE, MEASURE, SCHOOL_FORM, TIME_OF_DAY
from provning.kernel.group_names import PREFIX, name_part
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import CENTURY, Term
from provning.organisation.queries import unit_for
from provning.people.queries import teachers_for_unit


def preview_group(
    actor: Actor,
    *,
    unit_id: UUID,
    course_id: UUID,
    term: Term,
    start_date: date | None = None,
    end_date: date | None = None,
    full_code: bool = False,
) -> GroupPreview:
    """Return the group that would be made now, with everything that stands against it.

    Raises `NotFoundError` when the actor may not make groups in the unit, or for an unknown course.
    """
    unit = unit_for(actor, unit_id, Permission.EDIT_GROUPS)
    course = course_by_id(course_id)
    if course is None:
        raise NotFoundError("course")
    facts = term_facts(unit, term, initials_day=start_date)
    plan = plan_group(facts, course, start_date=start_date, end_date=end_date, full_code=full_code)
    return GroupPreview(
        name=plan.name,
        initials=facts.initials,
        number=plan.number,
        parts=_parts(facts, plan) if plan.name else (),
        start_date=plan.start_date,
        end_date=plan.end_date,
        school_form=SCHOOL_FORM,
        measure=MEASURE,
        time_of_day=TIME_OF_DAY,
        distance=DISTANCE,
        points=course.points,
        taken_by_teachers=_taken(facts, course_id),
        problems=plan.problems,
    )


def copy_preview(
    actor: Actor,
    unit_id: UUID,
    from_term: Term,
    today: date,
    *,
    group_ids: Collection[UUID] | None = None,
) -> list[CopyRow]:
    """Return what copying the unit's groups to the next term would do, by course and number.

    `group_ids` chooses some of them, as the names' digits depend on which are copied. Raises
    `NotFoundError` when the actor may not make groups in the unit.
    """
    unit = unit_for(actor, unit_id, Permission.EDIT_GROUPS)
    facts = term_facts(unit, from_term.next())
    return copy_plan(actor, facts, from_term, today, group_ids=group_ids)


def copy_plan(
    actor: Actor,
    facts: TermFacts,
    from_term: Term,
    today: date,
    *,
    group_ids: Collection[UUID] | None,
) -> list[CopyRow]:
    """Plan the copies in the facts' unit and term; for the action too, which holds the unit.

    Raises `NotFoundError` when a chosen group is not one of the unit's in the term.
    """
    groups = visible_groups(actor, Permission.EDIT_GROUPS).filter(
        unit_id=facts.unit_id, year=from_term.year, season=from_term.season
    )
    sources = group_rows(groups if group_ids is None else groups.filter(pk__in=group_ids))
    if group_ids is not None and len(sources) < len(set(group_ids)):
        raise NotFoundError("exam_group")
    return plan_copies(
        facts,
        sources,
        courses=courses_by_id(row.course_id for row in sources),
        on_duty=_on_duty(facts, today),
        copied=_copied(facts.unit_id, from_term),
    )


def _on_duty(facts: TermFacts, today: date) -> frozenset[UUID]:
    """Return the unit's teachers in the facts' term."""
    day = day_on_duty(facts.first_day, facts.last_day, today)
    return frozenset(teacher.person_id for teacher in teachers_for_unit(facts.unit_id, day))


def _copied(unit_id: UUID, from_term: Term) -> dict[UUID, str]:
    """Return the names of the copies that exist, by their source."""
    copies = ExamGroup.objects.filter(
        copied_from__unit_id=unit_id,
        copied_from__year=from_term.year,
        copied_from__season=from_term.season,
    )
    return dict(copies.values_list("copied_from_id", "name"))


PART_LABELS = {
    "prefix": "prefix för prövning",
    "initials": "skolinitialer",
    "year": "år",
    "season": "termin",
    "course": "kurskodens del",
    "number": "gruppens nummer i kursen",
}


def _parts(facts: TermFacts, plan: GroupPlan) -> tuple[NamePart, ...]:
    """Take the name apart, as the manual explains it (Manual s. 1–2)."""
    parts = [
        NamePart(PREFIX, PART_LABELS["prefix"]),
        NamePart(facts.initials, PART_LABELS["initials"]),
        NamePart(f"{facts.term.year % CENTURY:02d}", PART_LABELS["year"]),
        NamePart(str(facts.term.season), PART_LABELS["season"]),
        NamePart(name_part(plan.course.code, plan.rule), PART_LABELS["course"]),
    ]
    if plan.number > 1:
        parts.append(NamePart(str(plan.number), PART_LABELS["number"]))
    return tuple(parts)


def _taken(facts: TermFacts, course_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return the teachers who have a group in the course and term."""
    return tuple(
        (group.teacher_id, group.teacher_name)
        for group in facts.groups
        if group.course_id == course_id and group.teacher_id is not None
    )
