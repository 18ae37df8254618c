"""Plan the copy of a term's groups to the next term, which the manual does by hand each term."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from provning.courses.rows import CourseRow
from provning.exams.facts import GroupFact, TermFacts
from provning.exams.planning import plan_group
from provning.exams.rows import CopyRow, GroupRow
from provning.kernel.group_names import NamingRule, naming_rule_for
from provning.kernel.problems import Problem


def plan_copies(
    facts: TermFacts,
    sources: Iterable[GroupRow],
    *,
    courses: Mapping[UUID, CourseRow],
    on_duty: frozenset[UUID],
    copied: Mapping[UUID, str],
) -> list[CopyRow]:
    """Plan a copy of each source in the facts' term, in the order of course code and number.

    `on_duty` are the unit's teachers in the new term, `copied` the names of the copies that
    exist, by source. What local custom decided for the source holds for the copy as well.
    """
    rows: list[CopyRow] = []
    for source in sorted(sources, key=lambda each: (each.course_code, each.number)):
        there = copied.get(source.id, "") or _same_teacher(facts, source)
        if there:
            rows.append(_existing(facts, source, there))
            continue
        row = _planned(facts, source, courses[source.course_id], on_duty)
        rows.append(row)
        if not row.problems:
            facts = facts.with_group(_fact(row))
    return rows


def _planned(
    facts: TermFacts, source: GroupRow, course: CourseRow, on_duty: frozenset[UUID]
) -> CopyRow:
    """Plan one copy, with the teacher when still on duty."""
    # The full code was the way out of a collision, or the Gy25 custom, which may have changed.
    kept = source.full_code and naming_rule_for(course.code) is NamingRule.LAST_PART
    plan = plan_group(facts, course, full_code=kept)
    stays = source.teacher_id in on_duty
    return CopyRow(
        group=source,
        name=plan.name,
        number=plan.number,
        teacher_id=source.teacher_id if stays else None,
        teacher=source.teacher_name if stays else "",
        teacher_left=source.ready and not stays,
        start_date=plan.start_date,
        end_date=plan.end_date,
        problems=tuple(_binding(source, plan.problems)),
        already=False,
        co_teacher_id=source.co_teacher_id if stays and source.co_teacher_id in on_duty else None,
    )


def _existing(facts: TermFacts, source: GroupRow, name: str) -> CopyRow:
    """Return the row of a source that has its group in the new term."""
    group = next(each for each in facts.groups if each.name == name)
    return CopyRow(
        group=source,
        name=name,
        number=group.number,
        teacher_id=group.teacher_id,
        teacher=group.teacher_name,
        teacher_left=False,
        start_date=facts.first_day,
        end_date=facts.last_day,
        problems=(),
        already=True,
    )


def _same_teacher(facts: TermFacts, source: GroupRow) -> str:
    """Return the name of the group that the source's teacher has in the course already."""
    if source.teacher_id is None:
        return ""
    pair = (source.course_id, source.teacher_id)
    names = (g.name for g in facts.groups if (g.course_id, g.teacher_id) == pair)
    return next(names, "")


def _binding(source: GroupRow, problems: Iterable[Problem]) -> Iterable[Problem]:
    """Leave what binds, in the field of the source's row."""
    return (
        replace(problem, field=str(source.id)) for problem in problems if not problem.overridable
    )


def _fact(row: CopyRow) -> GroupFact:
    """Return the planned copy as the next plan meets it."""
    source = row.group
    return GroupFact(
        id=source.id,
        name=row.name,
        course_id=source.course_id,
        course_code=source.course_code,
        course_name=source.course_name,
        number=row.number,
        teacher_id=row.teacher_id,
        teacher_name=row.teacher,
    )
