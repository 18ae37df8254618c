"""Översikt: what waits for the role, the worst first, with one action each."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from provning.applications.actions import ask_back, send_request
from provning.exams.actions import connect_grading_teacher
from provning.exams.models import ExamGroup
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import PROGRAM, TODAY, account
from tests.exams.world import World
from tests.web.conftest import TODAY as NOW
from tests.web.groups.people import (
    centre,
    client_of,
    other_administrator,
    teacher,
    text_of,
)

pytestmark = pytest.mark.django_db
LONG_AGO, NOT_LONG_AGO = NOW - timedelta(days=20), NOW - timedelta(days=3)
OVERVIEW_QUERIES = 24


def tasks(client: Client) -> list[tuple[str, str, str]]:
    """Return each task's figure, title and button."""
    page = text_of(client.get("/"))
    pattern = (
        r'<span class="figure">(\d+)</span> <div><h3><span class="status" data-s="\w+">(.*?)</span>'
        r'.*?<a class="btn[^"]*" href="[^"]+">(.*?)</a>'
    )
    return re.findall(pattern, page)


def request_to_centre(world: World, group: ExamGroup) -> UUID:
    """Send a request for somebody who has never been enrolled, and return its id."""
    request = send_request(
        actor=world.admin,
        group_id=group.id,
        identity_number=next(world.town.numbers),
        given_name="Kim",
        family_name="Ek",
        exam_date=date(2026, 12, 10),
        today=TODAY,
    )
    return request.id


def test_an_account_that_decides_grades_and_is_nobodys_waits_for_the_administrator(
    world: World,
) -> None:
    user = account("karin", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, world.centrum))
    system = client_of("system_administrator", ScopeKind.EVERYTHING, None)
    assert tasks(system)[0] == ("1", "Konto utan person", "Koppla")
    assert f'href="/konton/{user.pk}/"' in text_of(system.get("/"))
    account("tomas", "principal", Scope(ScopeKind.UNIT, world.centrum))
    account("lena", "internal_provider", Scope(ScopeKind.PROVIDER, world.provider))
    assert tasks(system)[0] == ("2", "Konton utan person", "Koppla")
    listed = text_of(system.get("/konton/", {"state": "utan-person"}))
    assert [each in listed for each in ("Karin", "Tomas", "Lena")] == [True, True, False]


def test_nothing_waits_in_an_empty_term(admin: Client) -> None:
    page = text_of(admin.get("/"))
    assert tasks(admin) == []
    assert "Måndag 23 november 2026. Inget väntar på dig." in page


def test_the_day_is_said_in_the_readers_language(admin: Client) -> None:
    admin.post("/sprak/", {"language": "en", "next": "/"})
    assert "Monday 23 November 2026. Nothing waits for you." in text_of(admin.get("/"))


def test_the_worst_comes_first(world: World, admin: Client) -> None:
    world.place(world.group("ENGENG05", teacher="Karin"), world.person(), day=LONG_AGO)
    world.place(world.group(teacher="Karin"), world.person(), world.person(), day=NOT_LONG_AGO)
    group = world.group("PSKPSY01")
    asked = request_to_centre(world, group)
    ask_back(
        actor=world.centre,
        request_id=asked,
        expected_version=1,
        question="Vilket namn?",
        today=TODAY,
    )
    assert tasks(admin) == [
        ("1", "Försenade betyg i 1 grupp", "Visa gruppen"),
        ("1", "Grupp utan betygssättande lärare", "Koppla lärare"),
        ("2", "Betyg att besluta i 1 grupp", "Visa gruppen"),
        ("1", "Begäran har kommit tillbaka med en fråga", "Svara"),
    ]
    page = text_of(admin.get("/"))
    assert "4 saker väntar på dig." in page
    assert page.count("btn primary") == 1


def test_the_last_day_is_two_weeks_after_the_exam(world: World, admin: Client) -> None:
    world.place(world.group(teacher="Karin"), world.person(), day=NOW - timedelta(days=14))
    world.place(
        world.group("ENGENG05", teacher="Karin"), world.person(), day=NOW - timedelta(days=15)
    )
    page = text_of(admin.get("/"))
    assert '<span class="status" data-s="late">1 dag sen</span>' in page
    assert '<span class="status" data-s="soon">Sista dagen är i dag</span>' in page


def test_a_teacher_is_led_to_the_grades_of_own_groups(world: World) -> None:
    group = world.group(teacher="Karin")
    world.place(group, world.person(), day=LONG_AGO)
    world.place(world.group("ENGENG05", teacher="Tomas"), world.person(), day=LONG_AGO)
    karin = teacher(world, "Karin")
    assert tasks(karin) == [("1", "Försenade betyg i 1 grupp", "Registrera betyg")]
    assert reverse("grades:sheet", args=[group.id]) in text_of(karin.get("/"))


def test_rektor_is_led_to_the_list_of_what_is_late(world: World) -> None:
    for code in ("MATMAT03b", "ENGENG05"):
        world.place(world.group(code, teacher="Karin"), world.person(), day=LONG_AGO)
    rektor = client_of("principal", ScopeKind.PROVIDER, world.provider)
    assert tasks(rektor) == [("2", "Försenade betyg i 2 grupper", "Visa grupperna")]
    assert 'href="/betyg/att-satta/?state=late"' in text_of(rektor.get("/"))


def test_the_next_exam_days_of_the_term_are_told_with_what_they_lack(
    world: World, admin: Client
) -> None:
    group = world.group(teacher="Karin")
    world.place(group, world.person(), world.person(), day=date(2026, 12, 10))
    world.place(group, world.person(), day=NOT_LONG_AGO)
    world.place(world.group("ENGENG05"), world.person(), day=date(2026, 12, 2))
    rows = re.findall(
        r'<time class="nowrap" datetime="([\d-]+)">(.*?)</time>', text_of(admin.get("/"))
    )
    assert rows == [("2026-12-02", "ons 2 dec"), ("2026-12-10", "tors 10 dec")]
    coming = text_of(admin.get("/")).partition("Kommande prövningar")[2]
    assert coming.count("Saknar lärare") == 1
    assert '<td class="n" data-l="Elever">2</td>' in coming
    assert "Kommande prövningar" not in text_of(other_administrator(world).get("/"))


def test_the_centre_waits_for_requests_and_not_for_grades(world: World) -> None:
    group = world.group()
    world.place(world.group("ENGENG05", teacher="Karin"), world.person(), day=LONG_AGO)
    request_to_centre(world, group)
    assert tasks(centre(world)) == [("1", "Begäran att registrera och placera", "Handlägg")]


def test_another_provider_sees_nothing_of_it(world: World) -> None:
    world.place(world.group(), world.person(), day=LONG_AGO)
    page = text_of(other_administrator(world).get("/"))
    assert "Inget väntar på dig." in page
    assert "PRÖ:KC26HT" not in page


@pytest.mark.usefixtures("world")
def test_who_has_no_unit_has_a_page_too() -> None:
    system = client_of("system_administrator", ScopeKind.EVERYTHING, None)
    assert "Inget väntar på dig." in text_of(system.get("/"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_overview_asks_as_much_of_the_database_however_much_waits(
    count: int,
    world: World,
    admin: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        group = world.group()
        world.place(group, world.person(), day=LONG_AGO)
        if number:
            continue
        connect_grading_teacher(
            actor=PROGRAM,
            group_id=group.id,
            teacher_id=world.teachers["Karin"],
            expected_version=1,
            today=TODAY,
        )
    world.group("ENGENG05")
    with django_assert_num_queries(OVERVIEW_QUERIES):
        admin.get("/")
