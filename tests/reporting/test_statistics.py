"""A term in figures, within the actor's scope: prövningar, grades, days and the deadline."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.exams.models import ExamGroup
from provning.grading.models import GradeDecision
from provning.organisation.queries import units_for
from provning.reporting.policies import VIEW
from provning.reporting.queries import term_statistics
from provning.reporting.rows import ProviderStatistics
from tests.extracts.world import Office, correct
from tests.grading import world
from tests.grading.world import EXAM, HT26
from tests.reporting.world import decide, examinee, reporting_office

pytestmark = pytest.mark.django_db
QUERIES = 3
MIDNIGHT = datetime(EXAM.year, EXAM.month, EXAM.day, tzinfo=UTC)


def decided(group: ExamGroup, value: str, days: int, at_hour: int = 10) -> GradeDecision:
    """Store a grade that was decided so many days after the exam, at an hour in UTC."""
    assert group.grading_teacher
    return GradeDecision.objects.create(
        placement=world.place(group, examinee()),
        value=value,
        scale_id="AF_GY",
        course_code=group.course.code,
        course_name=group.course.name,
        points=100,
        decided_by=group.grading_teacher,
        decided_by_name="Karin Wallgren",
        decider_role="LÄRARE",
        registered_by_account="test",
        registered_by_name="Karin Wallgren",
        decided_at=MIDNIGHT + timedelta(days=days, hours=at_hour),
        submission=uuid4(),
    )


def figures(at: Office) -> list[ProviderStatistics]:
    return term_statistics(at.centre, at.town.organiser.pk, HT26)


def test_each_provider_has_its_figures() -> None:
    at = reporting_office()
    own, other = world.group(at.unit, at.teacher), world.group(at.town.other_unit, at.teacher)
    decided(own, "A", 3)
    decided(own, "F", 20)
    world.place(own, examinee(), outcome="absent")
    world.place(own, examinee(), outcome="withdrawn")
    world.place(own, examinee())
    decided(other, "C", 14)

    centrum, larvux = figures(at)

    assert (centrum.provider_name, larvux.provider_name) == ("Centrum", "Lärvux")
    assert dict(centrum.grades) == {"A": 1, "F": 1}
    assert (centrum.trials, centrum.graded, centrum.waiting) == (4, 2, 1)
    assert (centrum.average_days, centrum.share_in_time) == (11.5, 0.5)
    assert (larvux.average_days, larvux.share_in_time) == (14.0, 1.0)


def test_the_deadline_is_the_organisers_and_the_day_is_swedish() -> None:
    at = reporting_office()
    decide(at, "register_within_days", "3")
    group = world.group(at.unit, at.teacher)
    decided(group, "A", 3, at_hour=21)
    decided(group, "A", 3, at_hour=23)

    [row] = figures(at)

    assert (row.days, row.in_time) in {((3, 4), 1), ((4, 3), 1)}


def test_a_corrected_grade_counts_by_its_value_now_and_its_first_decision() -> None:
    at = reporting_office()
    correct(at, decided(world.group(at.unit, at.teacher), "D", 2), "C")

    [row] = figures(at)

    assert (dict(row.grades), row.days) == ({"C": 1}, (2,))


def test_a_provider_sees_its_own_figures_alone() -> None:
    at = reporting_office()
    decided(world.group(at.unit, at.teacher), "A", 3)
    decided(world.group(at.town.other_unit, at.teacher), "B", 3)

    rows = term_statistics(at.rektor, at.town.organiser.pk, HT26)

    assert [(row.provider_name, dict(row.grades), row.days) for row in rows] == [
        ("Centrum", {"A": 1}, (3,))
    ]
    assert [unit.id for unit in units_for(at.rektor, VIEW)] == [at.unit.pk]


def test_nothing_is_decided_before_the_first() -> None:
    at = reporting_office()
    world.place(world.group(at.unit, at.teacher), examinee())

    [row] = figures(at)

    assert (row.average_days, row.share_in_time, row.waiting) == (None, None, 1)


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_three_queries_however_many(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = reporting_office()
    group = world.group(at.unit, at.teacher)
    for _each in range(number):
        decided(group, "A", 3)

    with django_assert_num_queries(QUERIES):
        [row] = figures(at)
    assert row.graded == number
