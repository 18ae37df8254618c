"""Creating and changing prövningsgrupper."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_changed
from provning.courses.queries import course_by_id
from provning.exams.actions.locks import held_group, held_unit
from provning.exams.events import GROUP_CHANGED, GROUP_CREATED
from provning.exams.facts import TermFacts
from provning.exams.models import ExamGroup
from provning.exams.planning import GroupPlan, plan_group
from provning.exams.queries.facts import term_facts
from provning.exams.queries.groups import VALID
from provning.exams.rules import (
    binding,
    date_problems,
    day_on_duty,
    overridden,
    placements_left_out,
    submission_used,
    teacher_problems,
    unit_ended_problems,
)
from provning.kernel.actors import Actor, Permission
from provning.kernel.group_facts import DISTANCE, MEASURE, SCHOOL_FORM, TIME_OF_DAY
from provning.kernel.problems import NotFoundError, Problem, refuse_if
from provning.kernel.terms import Season, Term
from provning.organisation.queries import UnitRow, term_dates
from provning.organisation.rows import earliest
from provning.people.queries import teacher_name, teacher_on


@transaction.atomic
def create_exam_group(
    *,
    actor: Actor,
    unit_id: UUID,
    course_id: UUID,
    term: Term,
    start_date: date | None = None,
    end_date: date | None = None,
    grading_teacher_id: UUID | None = None,
    full_code: bool = False,
    override_reason: str = "",
    submission: UUID | None = None,
    today: date,
) -> ExamGroup:
    """Create a prövningsgrupp: unit, term and course are given, all else follows (Manual s. 1–2).

    The number is the next of the course in the unit and term; dates default to the provider's
    calendar. `full_code` puts the whole course code in the name. `submission` is the form: sent
    twice it gives the same group. `override_reason` lets local custom be overridden.
    """
    unit = held_unit(actor, unit_id)
    earlier = _made_by(submission)
    if earlier is not None:
        return _same(earlier, unit_id, course_id, term)
    course = course_by_id(course_id)
    if course is None:
        raise NotFoundError("course")
    facts = term_facts(unit, term, initials_day=start_date)
    plan = plan_group(facts, course, start_date=start_date, end_date=end_date, full_code=full_code)
    problems = [*plan.problems, *_teacher(plan, facts, unit, grading_teacher_id, today)]
    refuse_if(binding(problems, override_reason))
    group = new_group(
        facts,
        course_id=course.id,
        number=plan.number,
        name=plan.name,
        dates=(plan.start_date, plan.end_date),
        teacher_id=grading_teacher_id,
        submission=submission,
    )
    reason = override_reason if overridden(problems, override_reason) else ""
    subjects = [("exam_group", group.id), ("unit", unit.id)]
    record(GROUP_CREATED, actor=actor, subjects=subjects, after=group_state(group), reason=reason)
    return group


@transaction.atomic
def change_exam_group(
    *,
    actor: Actor,
    group_id: UUID,
    expected_version: int,
    start_date: date,
    end_date: date,
    override_reason: str = "",
    today: date,  # noqa: ARG001 (every action of the group takes the day; this one's rules do not)
) -> ExamGroup:
    """Change a group's dates; everybody placed in it stays inside them (Manual s. 2)."""
    group = held_group(actor, group_id, Permission.EDIT_GROUPS)
    refuse_if_changed("exam_group", group.id, version=group.version, expected=expected_version)
    if (start_date, end_date) == (group.start_date, group.end_date):
        return group
    problems = _new_date_problems(group, start_date, end_date)
    refuse_if(binding(problems, override_reason))
    before = group_state(group)
    group.start_date, group.end_date, group.version = start_date, end_date, group.version + 1
    group.save(update_fields=["start_date", "end_date", "version"])
    record(
        GROUP_CHANGED,
        actor=actor,
        subjects=[("exam_group", group.id)],
        before=before,
        after=group_state(group),
        reason=override_reason if overridden(problems, override_reason) else "",
    )
    return group


def new_group(
    facts: TermFacts,
    *,
    course_id: UUID,
    number: int,
    name: str,
    dates: tuple[date, date],
    teacher_id: UUID | None,
    co_teacher_id: UUID | None = None,
    submission: UUID | None = None,
    copied_from: UUID | None = None,
) -> ExamGroup:
    """Store a planned group with what every prövningsgrupp has (Manual s. 1–2)."""
    return ExamGroup.objects.create(
        unit_id=facts.unit_id,
        course_id=course_id,
        year=facts.term.year,
        season=facts.term.season,
        number=number,
        initials=facts.initials,
        name=name,
        start_date=dates[0],
        end_date=dates[1],
        school_form=SCHOOL_FORM,
        measure=MEASURE,
        time_of_day=TIME_OF_DAY,
        distance=DISTANCE,
        grading_teacher_id=teacher_id,
        co_grading_teacher_id=co_teacher_id,
        submission=submission,
        copied_from_id=copied_from,
    )


def group_state(group: ExamGroup) -> dict[str, object]:
    """Return a group's facts for the trail."""
    return {
        "name": group.name,
        "course_id": group.course_id,
        "term": term_of(group).code,
        "start_date": group.start_date,
        "end_date": group.end_date,
        "teacher_id": group.grading_teacher_id,
        "teacher": teacher_name(group.grading_teacher),
        "co_teacher_id": group.co_grading_teacher_id,
        "co_teacher": teacher_name(group.co_grading_teacher),
    }


def term_of(group: ExamGroup) -> Term:
    """Return the term the group belongs to."""
    return Term(group.year, Season(group.season))


def _made_by(submission: UUID | None) -> ExamGroup | None:
    """Return the group that the form has made already."""
    if submission is None:
        return None
    return ExamGroup.objects.filter(submission=submission).first()


def _same(group: ExamGroup, unit_id: UUID, course_id: UUID, term: Term) -> ExamGroup:
    """Return the form's group; a form that has been filled in anew makes no second one."""
    if (group.unit_id, group.course_id, term_of(group)) != (unit_id, course_id, term):
        refuse_if([submission_used(group.name)])
    return group


def _teacher(
    plan: GroupPlan, facts: TermFacts, unit: UnitRow, teacher_id: UUID | None, today: date
) -> list[Problem]:
    """Say why the teacher cannot have the planned group."""
    if teacher_id is None:
        return []
    day = day_on_duty(plan.start_date, plan.end_date, today)
    return teacher_problems(
        teacher_id,
        plan.course.id,
        facts.groups,
        on_duty=teacher_on(teacher_id, unit.id, day) is not None,
        unit_name=unit.name,
        on=day,
    )


def _new_date_problems(group: ExamGroup, start_date: date, end_date: date) -> list[Problem]:
    """Say why a group cannot have the dates."""
    unit = group.unit
    calendar = term_dates(unit.provider_id, term_of(group))
    exam_dates = group.placements.filter(VALID).values_list("exam_date", flat=True)
    return [
        *date_problems(
            term_of(group),
            start_date,
            end_date,
            first_day=calendar.first_day,
            last_day=calendar.last_day,
        ),
        *unit_ended_problems(unit.name, earliest(unit.last_day, unit.provider.last_day), end_date),
        *placements_left_out(exam_dates, start_date, end_date),
    ]
