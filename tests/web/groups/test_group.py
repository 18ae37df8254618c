"""One group: who is placed in it, its facts and history, its teacher and its dates."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from provning.exams.actions import change_exam_group, connect_grading_teacher
from provning.exams.models import ExamGroup
from tests.builders import PROGRAM, TODAY
from tests.exams.world import World
from tests.web.groups.people import (
    centre,
    grade_administrator,
    other_administrator,
    teacher,
    text_of,
)
from tests.web.opening import open_identity

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 12


def url(name: str, group: ExamGroup) -> str:
    """Return the address of one of a group's pages."""
    return reverse(f"groups:{name}", args=[group.id])


def test_the_group_page_lists_persons_with_protected_ones_last(world: World, admin: Client) -> None:
    group = world.group(teacher="Karin")
    people = [
        world.person("Åke", "Öst"),
        world.person("Dolda", "Aaberg", protection="Sekretessmarkering"),
        world.person("Bo", "Ek"),
    ]
    world.place(group, *people)
    page = text_of(admin.get(url("detail", group)))
    places = [page.index(each) for each in ("Ek, Bo", "Öst, Åke", "Skyddad identitet")]
    assert places == sorted(places)
    assert "<b>3 elever</b>" in page
    assert "Aaberg" not in page
    assert "Dolda" not in page


def test_the_centre_sees_who_is_protected_when_it_has_said_why(world: World) -> None:
    group, client = world.group(teacher="Karin"), centre(world)
    hidden = world.person("Dolda", "Aaberg", protection="Sekretessmarkering")
    world.place(group, hidden)
    assert "Aaberg" not in text_of(client.get(url("detail", group)))
    open_identity(client, hidden)
    assert "Aaberg, Dolda" in text_of(client.get(url("detail", group)))


def test_a_group_without_teacher_says_that_it_is_not_ready(world: World, admin: Client) -> None:
    page = text_of(admin.get(url("detail", world.group())))
    assert "Gruppen är inte klar" in page
    assert "Ingen är placerad i gruppen" in page
    assert "Koppla betygssättande lärare" in page


def test_the_facts_are_shown_and_not_asked_for(world: World, admin: Client) -> None:
    page = text_of(admin.get(url("facts", world.group(teacher="Karin"))))
    for term, value in {
        "Skolform": "KV",
        "Utbildningsåtgärd": "PRÖ",
        "Dag eller Kväll": "Annat",
        "Distansundervisning": "Ja",
        "Betygssättande lärare": "Karin Wallgren",
    }.items():
        assert f"<dt>{term}</dt><dd>{value}</dd>" in page
    assert "<dt>Poäng</dt><dd>100 p" in page


def test_the_history_tells_what_was_done_in_whole_sentences(world: World, admin: Client) -> None:
    group = world.group(teacher="Karin")
    world.place(group, world.person())
    page = text_of(admin.get(url("history", group)))
    assert page.index("1 placerades i PRÖ:KC26HTMAT03B.") < page.index(
        "Prövningsgruppen PRÖ:KC26HTMAT03B skapades."
    )
    assert "Testet" in page


@pytest.mark.parametrize("name", ["detail", "facts", "history", "teacher", "dates", "place"])
def test_another_providers_group_does_not_exist(name: str, world: World, admin: Client) -> None:
    group = world.group(unit=world.kompaniet)
    assert admin.get(url(name, group)).status_code == 404
    assert other_administrator(world).get(url(name, group)).status_code == 200


@pytest.mark.parametrize(
    ("name", "back"), [("teacher", "detail"), ("dates", "facts"), ("place", "detail")]
)
def test_to_cancel_leads_back_to_the_group(
    name: str, back: str, world: World, admin: Client
) -> None:
    group = world.group()
    page = text_of(admin.get(url(name, group)))
    assert f'<a class="btn quiet" href="{url(back, group)}">Avbryt</a>' in page


def test_a_colleagues_group_does_not_exist_for_a_teacher(world: World) -> None:
    group = world.group(teacher="Tomas")
    assert teacher(world, "Karin").get(url("detail", group)).status_code == 404
    assert teacher(world, "Tomas").get(url("detail", group)).status_code == 200


def test_who_only_sees_a_group_may_not_change_it(world: World) -> None:
    group, client = world.group(teacher="Karin"), grade_administrator(world)
    page = text_of(client.get(url("detail", group)))
    assert "Placera elever" not in page
    for name in ("teacher", "dates", "place"):
        assert client.post(url(name, group), {}).status_code == 403


def test_a_teacher_is_connected_and_it_can_be_undone(world: World, admin: Client) -> None:
    group = world.group()
    sent = {"grading_teacher": world.teachers["Karin"], "expected_version": 1}
    page = text_of(admin.post(url("teacher", group), sent, follow=True))
    group.refresh_from_db()
    assert group.grading_teacher_id == world.teachers["Karin"]
    assert "Prövningsgrupp för Karin Wallgren." in page
    assert '<input type="hidden" name="grading_teacher" value="none">' in page

    admin.post(url("teacher", group), {"grading_teacher": "none", "expected_version": 2})
    group.refresh_from_db()
    assert group.grading_teacher_id is None


def test_a_teacher_of_another_unit_is_not_to_choose(world: World, admin: Client) -> None:
    group = world.group()
    sent = {"grading_teacher": world.teachers["Eva"], "expected_version": 1}
    assert admin.post(url("teacher", group), sent).status_code == 422
    group.refresh_from_db()
    assert group.grading_teacher_id is None


def test_a_teacher_who_has_a_group_in_the_course_is_refused(world: World, admin: Client) -> None:
    world.group(teacher="Karin")
    second = world.group()
    sent = {"grading_teacher": world.teachers["Karin"], "expected_version": 1}
    answer = admin.post(url("teacher", second), sent)
    assert answer.status_code == 422
    assert "Karin Wallgren har redan gruppen PRÖ:KC26HTMAT03B" in text_of(answer)


def test_two_who_connect_at_once_meet_a_readable_conflict(world: World, admin: Client) -> None:
    group = world.group()
    connect_grading_teacher(
        actor=PROGRAM,
        group_id=group.id,
        teacher_id=world.teachers["Tomas"],
        expected_version=1,
        today=TODAY,
    )
    sent = {"grading_teacher": world.teachers["Karin"], "expected_version": 1}
    answer = admin.post(url("teacher", group), sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Någon annan hann före" in page
    assert "Testet ändrade uppgifterna" in page
    assert "Tomas Wallgren kopplades som betygssättande lärare" in page
    assert f'value="{world.teachers["Karin"]}" id="id_grading_teacher_0" checked' in page
    assert 'name="expected_version" value="2"' in page


def test_the_dates_are_changed_and_it_can_be_undone(world: World, admin: Client) -> None:
    group = world.group()
    sent = {"start_date": "2026-09-01", "end_date": "2026-12-18", "expected_version": 1}
    page = text_of(admin.post(url("dates", group), sent, follow=True))
    group.refresh_from_db()
    assert group.start_date == date(2026, 9, 1)
    assert '<input type="hidden" name="start_date" value="2026-08-17">' in page


def test_dates_that_leave_somebody_out_are_refused_with_what_was_typed(
    world: World, admin: Client
) -> None:
    group = world.group()
    world.place(group, world.person(), day=date(2026, 8, 20))
    sent = {"start_date": "2026-09-01", "end_date": "2026-12-18", "expected_version": 1}
    answer = admin.post(url("dates", group), sent)
    assert answer.status_code == 422
    assert "1 placerade har prövningsdatum utanför de nya datumen" in text_of(answer)
    assert 'value="2026-09-01"' in text_of(answer)


def test_dates_somebody_else_has_changed_are_shown_beside_what_was_typed(
    world: World, admin: Client
) -> None:
    group = world.group()
    change_exam_group(
        actor=PROGRAM,
        group_id=group.id,
        expected_version=1,
        start_date=date(2026, 9, 1),
        end_date=group.end_date,
        today=TODAY,
    )
    sent = {"start_date": "2026-10-01", "end_date": "2026-12-18", "expected_version": 1}
    page = text_of(admin.post(url("dates", group), sent))
    assert "Så här är det nu" in page
    assert '<time datetime="2026-09-01">' in page
    assert 'value="2026-10-01"' in page
    admin.post(url("dates", group), {**sent, "expected_version": 2})
    group.refresh_from_db()
    assert group.start_date == date(2026, 10, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_much_of_the_database_however_many_are_placed(
    count: int,
    world: World,
    admin: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    group = world.group(teacher="Karin")
    world.place(group, *(world.person() for _ in range(count)))
    with django_assert_num_queries(PAGE_QUERIES):
        admin.get(url("detail", group))
