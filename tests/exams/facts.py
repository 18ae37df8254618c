"""A unit's term as the planning of groups meets it, without a database."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from provning.courses.kinds import Curriculum
from provning.courses.rows import CourseRow
from provning.exams.facts import GroupFact, TermFacts
from provning.exams.planning import GroupPlan
from provning.kernel.group_names import NamingRule
from provning.kernel.terms import Season, Term
from tests.courses.registers import course

VT23 = Term(2023, Season.VT)
HT26 = Term(2026, Season.HT)
MATHS = replace(course(code="MATMAT03b"), name="Matematik 3b")
LEVEL = replace(course(code="MATO1B00X", curriculum=Curriculum.GY25), name="Matematik nivå 1b")
PSYCHOLOGY = replace(course(code="PSKPSY01"), name="Psykologi 1")
PSYCHIATRY = replace(course(code="PSYPSY01"), name="Psykiatri 1")


def facts(
    *groups: GroupFact,
    term: Term = VT23,
    initials: str = "KC",
    first_day: date | None = None,
    last_day: date | None = None,
    gy25_naming: NamingRule = NamingRule.FULL_CODE,
) -> TermFacts:
    """Return Komvux Centrum's facts; the calendar is the half-year unless it is given."""
    return TermFacts(
        unit_id=uuid4(),
        unit_name="Komvux Centrum",
        provider_id=uuid4(),
        term=term,
        first_day=first_day or term.first_day,
        last_day=last_day or term.last_day,
        initials=initials,
        initials_on=first_day or term.first_day,
        gy25_naming=gy25_naming,
        groups=groups,
    )


def group_of(
    row: CourseRow, name: str, *, number: int = 1, teacher_id: UUID | None = None, teacher: str = ""
) -> GroupFact:
    """Return a group of the course that exists."""
    return GroupFact(uuid4(), name, row.id, row.code, row.name, number, teacher_id, teacher)


def made(plan: GroupPlan) -> GroupFact:
    """Return the planned group as it is once it is made."""
    return group_of(plan.course, plan.name, number=plan.number)


def codes(plan: GroupPlan) -> list[str]:
    """Return the codes of what stands against a plan."""
    return [problem.code for problem in plan.problems]
