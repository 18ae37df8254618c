"""Betyg XML of what we hold: the interval picks students, each comes with all that stands."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.betygxml.rows import CourseGrade, DeciderRole, Deciders, StudentGrades
from provning.courses.kinds import Curriculum
from provning.feeds.queries.grades import AT_A_TIME
from provning.grading.actions import save_draft
from provning.kernel.actors import Scope, ScopeKind
from provning.kernel.grade_scales import ScaleFamily
from tests.feeds.taking import NEVER, after, around, before, centre, rows, students
from tests.grading import world
from tests.grading.conftest import Ready, make_ready
from tests.grading.decided import Stand, amend, correct, decide
from tests.grading.world import EXAM, TODAY

pytestmark = pytest.mark.django_db


def test_a_student_comes_with_everything_the_format_says_of_a_grade(alone: Ready) -> None:
    decision = decide(alone.teacher, alone.placements[0], "C")
    grade = CourseGrade(
        value="C",
        date=EXAM,
        trial=True,
        group=str(alone.group.pk),
        school=str(alone.town.unit.pk),
        deciders=Deciders(DeciderRole.TEACHER, (str(alone.teacher_person.pk),)),
        school_type="VUX",
        course_code="MATMAT03b",
        assessment=False,
    )
    person = str(alone.placements[0].person_id)
    assert rows(around(decision)) == [StudentGrades(person, (grade,), number=1)]


def test_both_ends_are_included_and_nobody_outside(stand: Stand) -> None:
    decision = stand.first
    assert len(students(around(decision))) == 2
    assert students(before(decision)) == {}
    assert students(after(decision)) == {}
    assert students(NEVER) == {}


def test_the_interval_picks_students_and_not_grades() -> None:
    ready = make_ready(2)
    again, other = ready.placements
    earlier = world.group(ready.town.unit, ready.teacher_person, of=world.course("ENGENG06"))
    old = world.place(earlier, again.person, EXAM - timedelta(days=3))
    decide(ready.teacher, old, "E")
    decide(ready.teacher, other, "F")
    decision = decide(ready.teacher, again, "B")
    assert students(around(decision))[str(again.person_id)] == [
        ("ENGENG06", "E"),
        ("MATMAT03b", "B"),
    ]


def test_what_was_superseded_never_appears(stand: Stand) -> None:
    corrected = correct(stand.principal, stand.first, "C")
    amend(stand.teacher, stand.second, "B")
    found = students(around(corrected))
    assert sorted(found.values()) == [[("MATMAT03b", "B")], [("MATMAT03b", "C")]]


def test_a_corrected_date_is_told_once(stand: Stand) -> None:
    corrected = correct(stand.principal, stand.first, "D", exam_date=EXAM + timedelta(days=1))
    (student,) = [
        each for each in rows(around(corrected)) if each.student == str(stand.placement.person_id)
    ]
    assert [each.date for each in student.grades] == [EXAM + timedelta(days=1)]


def test_who_has_no_grade_left_at_the_unit_comes_with_an_empty_list(stand: Stand) -> None:
    town = stand.ready.town
    elsewhere = type(town.unit).objects.create(provider=town.unit.provider, name="Filialen")
    moved = world.group(elsewhere, stand.ready.teacher_person)
    principal = world.actor(
        "principal",
        Scope(ScopeKind.PROVIDER, town.unit.provider_id),
        as_person=world.person("Rut", "Rektor"),
    )
    corrected = correct(principal, stand.first, "D", group_id=moved.pk)
    only_unit = world.actor("adult_education_centre", Scope(ScopeKind.UNIT, town.unit.pk))
    person = str(stand.placement.person_id)
    assert students(around(corrected), only_unit)[person] == []
    assert students(around(corrected))[person] == [("MATMAT03b", "D")]


def test_drafts_are_nobodys_grades() -> None:
    ready = make_ready(2)
    drafted, decided = ready.placements
    save_draft(
        actor=ready.teacher, placement_id=drafted.pk, value="A", expected_version=0, today=TODAY
    )
    decision = decide(ready.teacher, decided, "B")
    assert students(around(decision)) == {str(decided.person_id): [("MATMAT03b", "B")]}


def test_two_who_decided_together_are_both_named(alone: Ready) -> None:
    decision = decide(alone.teacher, alone.placements[0], "C")
    second = world.teacher(alone.town.unit, "Per")
    decision.joint_deciders.create(person=second, name="Per Wallgren")
    (student,) = rows(around(decision))
    assert student.grades[0].deciders.persons == (
        str(alone.teacher_person.pk),
        str(second.pk),
    )


def test_rektor_decides_as_rektor(stand: Stand) -> None:
    corrected = correct(stand.principal, stand.first, "C")
    until = ("2020-01-01", around(corrected)[1])
    roles = {grade.deciders.role for each in rows(until) for grade in each.grades}
    assert roles == {DeciderRole.PRINCIPAL, DeciderRole.TEACHER}


def test_protected_persons_stay_out_unless_custom_lets_them_in(alone: Ready) -> None:
    hidden = world.place(alone.group, world.person("Siv", "Hemlig", protected=True))
    decide(alone.teacher, hidden, "A")
    decision = decide(alone.teacher, alone.placements[0], "C")
    seen, everybody = str(alone.placements[0].person_id), str(hidden.person_id)
    organiser = alone.town.organiser.pk
    assert list(students(around(decision))) == [seen]
    assert set(students(around(decision), protected_at=[organiser])) == {seen, everybody}
    assert set(students(around(decision), protected_at=None)) == {seen, everybody}


def test_only_the_actors_units_are_taken_out(alone: Ready) -> None:
    own = decide(alone.teacher, alone.placements[0], "C")
    other = make_ready(1)
    decide(other.teacher, other.placements[0], "D")
    assert students(around(own), centre(alone.town.organiser.pk)) == {
        str(alone.placements[0].person_id): [("MATMAT03b", "C")]
    }
    assert students(around(own), alone.teacher) == {}


def test_a_school_type_picks_students_and_limits_their_lists() -> None:
    ready = make_ready(2)
    both, only = ready.placements
    sfi = world.course("SFI4D", "Sfi kurs D", ScaleFamily.BASIC, Curriculum.SFI)
    group = world.group(ready.town.unit, ready.teacher_person, of=sfi)
    decide(ready.teacher, only, "C")
    decide(ready.teacher, both, "B")
    decision = decide(ready.teacher, world.place(group, both.person), "G")
    assert students(around(decision), school_type="SFI") == {str(both.person_id): [("SFI4D", "G")]}
    assert students(around(decision), school_type="VUX") == {
        str(both.person_id): [("MATMAT03b", "B")],
        str(only.person_id): [("MATMAT03b", "C")],
    }
    assert students(around(decision), school_type="GY") == {}
    assert len(students(around(decision))[str(both.person_id)]) == 2


def test_identifiers_are_not_identity_numbers(stand: Stand) -> None:
    numbers = {each.person.numbers.get().number for each in stand.ready.placements}
    (one, _) = rows(around(stand.first))
    written = repr(one)
    assert [number for number in numbers if number in written or number[2:] in written] == []


@pytest.mark.parametrize("size", [1, 30])
def test_queries_are_as_many_for_any_number_of_students(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ready = make_ready(size)
    for placement in ready.placements:
        decision = decide(ready.teacher, placement, "C")
    assert size < AT_A_TIME
    with django_assert_num_queries(3):
        found = students(("2020-01-01", after(decision)[1]))
    assert len(found) == size
