"""Two who decide together, chosen on the screen where the teacher is connected."""

import pytest
from django.test import Client
from django.urls import reverse

from provning.exams.models import ExamGroup
from tests.exams.world import World
from tests.web.groups.people import grade_administrator, text_of

pytestmark = pytest.mark.django_db


def address(name: str, group: ExamGroup) -> str:
    return reverse(f"groups:{name}", args=[group.id])


def test_the_second_teacher_is_chosen_beside_the_first_and_can_be_undone(
    world: World, admin: Client
) -> None:
    group = world.group(teacher="Karin")
    page = text_of(admin.get(address("teacher", group)))
    choices = page[page.index('name="co_grading_teacher"') :]
    assert ("Tomas Wallgren" in choices, "Karin Wallgren" in choices) == (True, False)
    sent = {"co_grading_teacher": world.teachers["Tomas"], "expected_version": 1}
    page = text_of(admin.post(address("co-teacher", group), sent, follow=True))
    assert "<dt>Beslutar tillsammans med</dt><dd>Tomas Wallgren</dd>" in page
    assert '<input type="hidden" name="co_grading_teacher" value="none">' in page
    assert "Karin Wallgren och Tomas Wallgren" in text_of(admin.get(reverse("groups:list")))
    facts = text_of(admin.get(address("facts", group)))
    assert "<dt>Beslutar tillsammans med</dt><dd>Tomas Wallgren</dd>" in facts
    admin.post(address("co-teacher", group), {"co_grading_teacher": "none", "expected_version": 2})
    group.refresh_from_db()
    assert group.co_grading_teacher_id is None


def test_without_a_teacher_there_is_nobody_to_decide_together_with(
    world: World, admin: Client
) -> None:
    group = world.group()
    page = text_of(admin.get(address("teacher", group)))
    assert "Koppla en betygssättande lärare först." in page
    sent = {"co_grading_teacher": world.teachers["Tomas"], "expected_version": 1}
    answer = admin.post(address("co-teacher", group), sent)
    assert (answer.status_code, "Koppla en lärare först" in text_of(answer)) == (422, True)


def test_what_somebody_else_saved_meanwhile_is_shown_beside_the_choice(
    world: World, admin: Client
) -> None:
    group = world.group(teacher="Karin")
    sent = {"co_grading_teacher": world.teachers["Tomas"], "expected_version": 1}
    admin.post(address("co-teacher", group), sent)
    answer = admin.post(address("co-teacher", group), sent | {"co_grading_teacher": "none"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Karin Wallgren tillsammans med Tomas Wallgren." in page
    assert 'name="expected_version" value="2" id="id_co_expected_version"' in page


def test_who_may_not_change_the_group_chooses_nobody(world: World) -> None:
    group = world.group(teacher="Karin")
    sent = {"co_grading_teacher": world.teachers["Tomas"], "expected_version": 1}
    assert grade_administrator(world).post(address("co-teacher", group), sent).status_code == 403
    group.refresh_from_db()
    assert group.co_grading_teacher_id is None
