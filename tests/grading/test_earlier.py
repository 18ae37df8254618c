"""Tidigare betyg: what a person had before in the course, within the reader's scope."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.courses.kinds import Curriculum
from provning.courses.models import Course
from provning.exams.models import ExamGroup, Placement
from provning.grading.queries import earlier_grades, grade_sheet
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.people.models import Person
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.decided import correct, decide
from tests.grading.world import EXAM, TODAY

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 5, 20)
VT26 = Term.parse("VT26")


@dataclass(frozen=True, slots=True)
class Had:
    """A person of the sheet who has had grades elsewhere."""

    ready: Ready
    person: Person

    def grade(
        self, value: str, *, by: Person, of: Course | None = None, day: date = BEFORE
    ) -> Placement:
        """Give the person a grade in a group of the term before; one group per teacher."""
        unit = self.ready.town.unit
        group = ExamGroup.objects.filter(grading_teacher=by, season="VT").first()
        number = 1 + ExamGroup.objects.count()
        group = group or world.group(unit, by, of=of, number=number, term=VT26)
        placed = world.place(group, self.person, day)
        decide(world.grading_teacher(by, unit), placed, value)
        return placed

    def seen_by(self, actor: Actor) -> list[tuple[str, date, str]]:
        """Return the earlier grades on the person's row, as value, date and other course."""
        sheet = grade_sheet(actor, self.ready.group.pk, TODAY)
        found = earlier_grades(actor, sheet)
        assert set(found) == {row.placement.id for row in sheet.rows}
        assert [found[each.pk] for each in self.ready.placements[1:]] == [(), ()]
        mine = found[self.ready.placements[0].pk]
        return [(each.value, each.exam_date, each.other_course) for each in mine]


@pytest.fixture
def had(ready: Ready) -> Had:
    return Had(ready, ready.placements[0].person)


def test_the_newest_comes_first_and_only_what_is_from_before(had: Had) -> None:
    other = world.teacher(had.ready.town.unit, "Tomas")
    had.grade("F", by=other, day=BEFORE)
    had.grade("E", by=other, day=BEFORE + timedelta(days=7))
    had.grade("A", by=world.teacher(had.ready.town.unit, "Leila"), day=EXAM + timedelta(days=1))
    decide(had.ready.teacher, had.ready.placements[0], "C")
    assert had.seen_by(had.ready.admin) == [
        ("E", BEFORE + timedelta(days=7), ""),
        ("F", BEFORE, ""),
    ]


def test_another_course_is_nothing_to_it(had: Had) -> None:
    english = world.course("ENGENG06", "Engelska 6")
    had.grade("E", by=world.teacher(had.ready.town.unit, "Tomas"), of=english)
    assert had.seen_by(had.ready.admin) == []


def test_a_teacher_meets_those_of_own_groups_only(had: Had) -> None:
    had.grade("F", by=world.teacher(had.ready.town.unit, "Tomas"))
    assert had.seen_by(had.ready.teacher) == []
    had.grade("E", by=had.ready.teacher_person, day=BEFORE + timedelta(days=1))
    assert had.seen_by(had.ready.teacher) == [("E", BEFORE + timedelta(days=1), "")]


def test_a_grade_at_another_provider_is_not_told(had: Had) -> None:
    town = had.ready.town
    group = world.group(town.other_unit, world.teacher(town.other_unit, "Ulla"))
    assert group.grading_teacher is not None
    placed = world.place(group, had.person, BEFORE)
    decide(world.grading_teacher(group.grading_teacher, town.other_unit), placed, "B")
    assert had.seen_by(had.ready.admin) == []
    assert had.seen_by(world.organisers_rektor(town.organiser)) == [("B", BEFORE, "")]


def test_what_a_correction_took_the_place_of_is_not_told(had: Had) -> None:
    placed = had.grade("D", by=world.teacher(had.ready.town.unit, "Tomas"))
    correct(world.principal(had.ready.town.unit), placed.decisions.get().pk, "C")
    assert had.seen_by(had.ready.admin) == [("C", BEFORE, "")]


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("MATE1000X", [("E", BEFORE, "Matematik nivå 1")]),
        ("MATE1000XTYS", []),
    ],
)
def test_other_levels_of_a_gy25_subject_are_told_with_their_name(
    code: str, seen: list[tuple[str, date, str]], had: Had
) -> None:
    lower = world.course(code, "Matematik nivå 1", curriculum=Curriculum.GY25, level="1")
    higher = world.course("MATE2000X", "Matematik nivå 2", curriculum=Curriculum.GY25, level="2")
    had.ready.group.course = higher
    had.ready.group.save()
    had.grade("E", by=world.teacher(had.ready.town.unit, "Tomas"), of=lower)
    assert had.seen_by(had.ready.admin) == seen


def test_one_query(had: Had, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    had.grade("F", by=had.ready.teacher_person)
    sheet = grade_sheet(had.ready.teacher, had.ready.group.pk, TODAY)
    with django_assert_num_queries(1):
        assert len(earlier_grades(had.ready.teacher, sheet)) == 3
