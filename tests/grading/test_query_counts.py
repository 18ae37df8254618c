"""The number of queries is the same for one row and for thirty."""

from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from provning.grading.actions import decide_grades, save_drafts
from provning.grading.queries import (
    decided_counts,
    grade_sheet,
    study_plan_rows,
    term_decisions,
    ungraded_after_exam,
)
from provning.grading.rows import DraftEntry
from tests.grading import world
from tests.grading.conftest import Ready, make_ready
from tests.grading.world import HT26, TODAY

pytestmark = pytest.mark.django_db
# PostgreSQL takes the trail's lock with a query of its own.
LOCK = 1 if connection.vendor == "postgresql" else 0


@pytest.fixture(params=[1, 30])
def sized(request: pytest.FixtureRequest) -> Ready:
    """Return a group of one, or of thirty."""
    return make_ready(request.param)


def decide_all(ready: Ready) -> None:
    decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={each.pk: "A" for each in ready.placements},
        submission=uuid4(),
        today=TODAY,
    )


def test_the_grade_sheet(sized: Ready, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(7):
        assert len(grade_sheet(sized.teacher, sized.group.pk, TODAY).rows) == len(sized.placements)


def test_the_study_plan(sized: Ready, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    examinee = sized.placements[0].person
    for number in range(2, len(sized.placements) + 1):
        more = world.group(sized.town.unit, world.teacher(sized.town.unit), number=number)
        world.place(more, examinee)
    decide_all(sized)

    with django_assert_num_queries(5):
        rows = study_plan_rows(sized.admin, examinee.pk, TODAY)

    assert len(rows) == len(sized.placements)


def test_what_waits(sized: Ready, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(2, len(sized.placements) + 1):
        world.place(world.group(sized.town.unit, None, number=number))

    with django_assert_num_queries(3):
        assert len(ungraded_after_exam(sized.admin, TODAY)) == len(sized.placements)


def test_counts_and_the_catalogues_decisions(
    sized: Ready, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decide_all(sized)

    with django_assert_num_queries(1):
        assert decided_counts([sized.group.pk]) == {sized.group.pk: len(sized.placements)}
    with django_assert_num_queries(3):
        assert len(term_decisions(sized.town.unit.pk, HT26)) == len(sized.placements)


def test_saving_a_sheet(sized: Ready, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    entries = [DraftEntry(each.pk, "B", 0) for each in sized.placements]

    with django_assert_num_queries(12 + LOCK):
        save_drafts(actor=sized.teacher, group_id=sized.group.pk, entries=entries, today=TODAY)


def test_deciding_a_sheet(sized: Ready, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(22 + LOCK):
        decide_all(sized)
