"""Single changes that chance seldom meets, each followed by clients that fetch what has changed."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from provning.courses.models import Course
from provning.exams.actions import withdraw_placement
from provning.grading.actions import correct_grade
from provning.grading.models import GradeDecision
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import (
    give_duty,
    set_protection,
    take_back_duties,
    take_back_enrolments,
)
from provning.people.models import Duty, Enrolment, Person
from tests import builders
from tests.api.ss12000.mirror import Mirror
from tests.api.ss12000.world import EXAM_DAY, Scene, asker, settled
from tests.builders import FIRST, PROGRAM, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def begun(scene: Scene, django_db_blocker: DjangoDbBlocker) -> list[Mirror]:
    """Return clients that hold what the scene begins with."""
    with django_db_blocker.unblock():
        machines = asker(protected="hidden"), asker(Scope(ScopeKind.UNIT, scene.town.centrum))
        settled()
        return [Mirror(machine).begun() for machine in machines]


@pytest.fixture
def follow(begun: list[Mirror], db: None) -> Callable[[], None]:  # noqa: ARG001 (the database)
    """Return a step that lets every client fetch, and holds it against the truth."""
    mirrors = [each.again() for each in begun]

    def step() -> None:
        settled()
        for mirror in mirrors:
            mirror.follow()

    return step


def protect(person: Person, protection: str) -> None:
    person.refresh_from_db()
    set_protection(
        actor=PROGRAM,
        person_id=person.pk,
        protection=protection,
        expected_version=person.version,
        today=TODAY,
    )


def test_a_student_is_protected_and_no_longer(follow: Callable[[], None]) -> None:
    grade = GradeDecision.objects.first()
    assert grade is not None
    for protection in ("Skyddad folkbokföring", "Sekretessmarkering", "Ingen"):
        protect(grade.placement.person, protection)
        follow()


def test_a_teacher_is_protected_and_no_longer(scene: Scene, follow: Callable[[], None]) -> None:
    teacher = scene.teachers[scene.town.centrum]
    for protection in ("Skyddad folkbokföring", "Ingen"):
        protect(teacher, protection)
        follow()


def test_a_grade_is_corrected_to_another_course_and_group(
    scene: Scene, follow: Callable[[], None]
) -> None:
    town = scene.town
    other = scene.group(town.centrum, "ENGENG06")
    follow()
    (grade,) = GradeDecision.objects.filter(placement__group=scene.groups[town.centrum])
    correct_grade(
        actor=builders.actor(
            "principal", ScopeKind.UNIT, town.centrum, scene.teachers[town.centrum].pk
        ),
        decision_id=grade.pk,
        value="C",
        group_id=other.pk,
        exam_date=EXAM_DAY,
        hearing="heard",
        hearing_note="Eleven skrev Engelska 6.",
        reason="Fel kurs.",
        submission=uuid4(),
        today=TODAY,
    )
    follow()


def test_the_only_placement_of_a_person_is_taken_back(
    scene: Scene, follow: Callable[[], None]
) -> None:
    placement = scene.groups[scene.town.centrum].placements.get(decisions=None)
    withdraw_placement(
        actor=PROGRAM,
        placement_id=placement.pk,
        expected_version=placement.version,
        reason="Fel person.",
    )
    follow()


def test_an_enrolment_made_by_mistake_is_taken_back(
    scene: Scene, follow: Callable[[], None]
) -> None:
    person = scene.town.person("Av", "Misstag")
    row = Enrolment.objects.get(person=person)
    Enrolment.objects.filter(pk=row.pk).update(unit=scene.town.centrum)
    follow()
    take_back_enrolments(actor=PROGRAM, enrolment_ids=[row.pk])
    follow()


def test_a_duty_given_by_mistake_is_taken_back(scene: Scene, follow: Callable[[], None]) -> None:
    town = scene.town
    person = town.stranger("Av", "Misstag")
    duty = give_duty(
        actor=PROGRAM,
        person_id=person.pk,
        unit_id=town.centrum,
        role=Duty.Role.TEACHER,
        registered_teacher=True,
        subjects="MAT",
        start_date=FIRST,
    )
    follow()
    take_back_duties(actor=PROGRAM, duty_ids=[duty.pk])
    follow()


def test_an_enrolment_moves_to_another_unit(scene: Scene, follow: Callable[[], None]) -> None:
    town = scene.town
    person = town.person("Hanna", "Hamn")
    Enrolment.objects.filter(person=person).update(unit=town.centrum)
    follow()
    Enrolment.objects.filter(person=person).update(unit=town.hamnen)
    follow()


def test_a_course_gets_another_curriculum(scene: Scene, follow: Callable[[], None]) -> None:
    course = scene.groups[scene.town.centrum].course_id
    Course.objects.filter(pk=course).update(curriculum="basic")
    follow()


def test_what_has_gone_is_told_page_by_page_as_in_one(scene: Scene) -> None:
    machine = asker(protected="hidden")
    group = scene.groups[scene.town.centrum]
    for placement in [scene.place(group, scene.town.person()) for _each in range(5)]:
        withdraw_placement(
            actor=scene.town.admin,
            placement_id=placement.pk,
            expected_version=placement.version,
            reason="Fel person.",
        )
    settled()
    whole = machine.get("deletedEntities")["data"]
    paged: dict[str, list[str]] = {}
    for page in machine.pages("deletedEntities", limit=2):
        for name, keys in page.items():
            paged.setdefault(name, []).extend(keys)
    assert sum(map(len, whole.values())) >= 5
    assert {name: sorted(keys) for name, keys in paged.items()} == whole
