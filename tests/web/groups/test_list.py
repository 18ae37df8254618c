"""Grupphantering lists what the chosen unit and term have, and says how it stands."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.exams.world import VT27, World
from tests.web.groups.people import (
    grade_administrator,
    other_administrator,
    teacher,
    text_of,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES = 10


def names(client: Client, query: str = "") -> list[str]:
    """Return the names of the groups on the page, in its order."""
    answer = client.get(f"/grupper/{query}")
    assert answer.status_code == 200
    cells = re.findall(
        r'<th scope="row">.*?<span class="gname">(.*?)</span>', answer.content.decode()
    )
    return [re.sub(r"<[^>]+>", "", cell) for cell in cells]


def test_the_list_holds_the_chosen_unit_and_term_only(world: World, admin: Client) -> None:
    world.group()
    world.group("ENGENG05")
    world.group(unit=world.hamnen)
    world.group(unit=world.kompaniet)
    world.group(term=VT27)
    assert names(admin) == ["PRÖ:KC26HTENG05", "PRÖ:KC26HTMAT03B"]


def test_a_unit_and_a_term_in_the_address_are_kept_for_the_next_page(
    world: World, admin: Client
) -> None:
    world.group()
    world.group(unit=world.hamnen, term=VT27)
    assert names(admin, f"?unit={world.hamnen}&term=VT27") == ["PRÖ:KH27VTMAT03B"]
    assert names(admin) == ["PRÖ:KH27VTMAT03B"]


def test_another_providers_unit_in_the_address_shows_none_of_its_groups(
    world: World, admin: Client
) -> None:
    world.group()
    world.group("ENGENG05", unit=world.kompaniet)
    assert names(admin, f"?unit={world.kompaniet}") == ["PRÖ:KC26HTMAT03B"]
    assert names(other_administrator(world)) == ["PRÖ:KK26HTENG05"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=mat03b", ["PRÖ:KC26HTMAT03B"]),
        ("?q=karin", ["PRÖ:KC26HTMAT03B"]),
        ("?q=engelska", ["PRÖ:KC26HTENG05"]),
        ("?state=no-teacher", ["PRÖ:KC26HTENG05"]),
        ("?state=late", []),
        ("?q=finns+inte", []),
    ],
)
def test_words_and_state_narrow_the_list(
    query: str, found: list[str], world: World, admin: Client
) -> None:
    world.place(world.group(teacher="Karin"), world.person())
    world.group("ENGENG05")
    assert names(admin, query) == found


def test_a_heading_sorts_and_turns_the_order_round(world: World, admin: Client) -> None:
    world.group("ENGENG05")
    world.group("PSKPSY01")
    forwards = names(admin, "?sort=course")
    assert forwards == ["PRÖ:KC26HTENG05", "PRÖ:KC26HTPSY01"]
    assert names(admin, "?sort=-course") == forwards[::-1]


def test_a_group_without_teacher_is_not_ready(world: World, admin: Client) -> None:
    world.group()
    page = text_of(admin.get("/grupper/"))
    assert "<b>1 grupp</b>, 1 grupp saknar lärare." in page
    assert '<span class="status" data-s="soon">Inte klar: saknar lärare</span>' in page


def test_who_may_not_make_groups_is_offered_no_way_to(world: World) -> None:
    world.group(teacher="Karin")
    assert "Lägg till" not in text_of(grade_administrator(world).get("/grupper/"))
    assert grade_administrator(world).get("/grupper/lagg-till/").status_code == 403


def test_a_teacher_sees_own_groups_only(world: World) -> None:
    world.group(teacher="Karin")
    world.group("ENGENG05", teacher="Tomas")
    assert names(teacher(world, "Karin")) == ["PRÖ:KC26HTMAT03B"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_of_the_database_however_long_it_is(
    count: int,
    world: World,
    admin: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        world.group(teacher="" if number else "Karin")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(names(admin)) == count
