"""Plan a group before it exists: number, name, dates and everything that stands against it."""

from dataclasses import dataclass
from datetime import date

from provning.courses.rows import CourseRow
from provning.courses.rules import course_problems
from provning.exams.facts import GroupFact, TermFacts
from provning.exams.rules.dates import date_problems, unit_ended_problems
from provning.exams.rules.groups import name_taken, no_initials
from provning.kernel.group_names import (
    NamingRule,
    build_group_name,
    name_part,
    naming_rule_for,
)
from provning.kernel.problems import Problem, ProblemsFoundError


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group as it would be, to be made when no problem stands against it.

    `name` is "" when none can be built.
    """

    course: CourseRow
    number: int
    name: str
    rule: NamingRule
    start_date: date
    end_date: date
    problems: tuple[Problem, ...]


def plan_group(
    facts: TermFacts,
    course: CourseRow,
    *,
    start_date: date | None = None,
    end_date: date | None = None,
    full_code: bool = False,
) -> GroupPlan:
    """Plan the next group of the course in the unit and term (Manual s. 1–2).

    Dates default to the provider's calendar. `full_code` asks for the whole course code in the
    name, the way out when another course has the short name.
    """
    start, end = start_date or facts.first_day, end_date or facts.last_day
    number = 1 + max((g.number for g in facts.groups if g.course_id == course.id), default=0)
    rule = _rule(facts, course, full_code=full_code)
    name, name_problems = _name(facts, course, number, rule)
    dates = date_problems(
        facts.term, start, end, first_day=facts.first_day, last_day=facts.last_day
    )
    ended = unit_ended_problems(facts.unit_name, facts.unit_ends, end)
    problems = (*examinable_problems(course, start, end), *dates, *ended, *name_problems)
    return GroupPlan(course, number, name, rule, start, end, problems)


def examinable_problems(course: CourseRow, start_date: date, end_date: date) -> list[Problem]:
    """Say why no day from the first to the last can be a prövningsdatum in the course.

    A course that begins or ends in between is let through; each placement's own day is checked.
    """
    at_end = course_problems(course, end_date)
    return at_end if course_problems(course, start_date) else []


def uses_full_code(name: str, course_code: str) -> bool:
    """Say whether a group's name holds the whole course code."""
    return name_part(course_code, NamingRule.FULL_CODE) in name


def _rule(facts: TermFacts, course: CourseRow, *, full_code: bool) -> NamingRule:
    """Choose the naming rule; a course's second group is named as its first."""
    siblings = [g for g in facts.groups if g.course_id == course.id]
    if full_code or any(uses_full_code(g.name, course.code) for g in siblings):
        return NamingRule.FULL_CODE
    rule = naming_rule_for(course.code)
    return facts.gy25_naming if rule is NamingRule.FULL_CODE else rule


def _name(
    facts: TermFacts, course: CourseRow, number: int, rule: NamingRule
) -> tuple[str, list[Problem]]:
    """Build the name, and say what stands in its way."""
    if not facts.initials:
        return "", [no_initials(facts.unit_name, facts.initials_on)]
    try:
        name = build_group_name(facts.initials, facts.term, course.code, number=number, rule=rule)
    except ProblemsFoundError as refused:
        return "", refused.problems
    holder = _holder(facts, name)
    if holder is None:
        return name, []
    full_name = build_group_name(
        facts.initials, facts.term, course.code, number=number, rule=NamingRule.FULL_CODE
    )
    return name, [name_taken(name, holder, "" if _holder(facts, full_name) else full_name)]


def _holder(facts: TermFacts, name: str) -> GroupFact | None:
    """Return the group that has the name in the unit and term."""
    return next((group for group in facts.groups if group.name == name), None)
