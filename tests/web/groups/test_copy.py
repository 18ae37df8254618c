"""Kopiera till nästa termin: a preview with what can be copied, and one submit."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.exams.models import ExamGroup
from tests.exams.world import VT27, World
from tests.web.groups.people import text_of

pytestmark = pytest.mark.django_db
COPY = "/grupper/kopiera/"
COPY_QUERIES = 16


def names(term_year: int = 2027) -> set[str]:
    """Return the names of the groups of a spring."""
    return set(ExamGroup.objects.filter(year=term_year, season="VT").values_list("name", flat=True))


def form(world: World, *groups: ExamGroup) -> dict[str, object]:
    """Return the form with these groups marked."""
    return {"unit": world.centrum, "term": "HT26", "group": [each.id for each in groups]}


def test_the_preview_shows_the_new_names_with_what_can_be_copied_marked(
    world: World, admin: Client
) -> None:
    there = world.group("ENGENG05", teacher="Karin")
    copied = world.group(teacher="Karin")
    world.group("ENGENG05", term=VT27, teacher="Karin")
    page = text_of(admin.get(COPY))
    assert "<b>2 grupper</b>, 1 kan kopieras, 1 finns redan, 0 har hinder." in page
    assert f'name="group" value="{copied.id}" checked' in page
    assert f'value="{there.id}"' not in page
    assert not names() - {"PRÖ:KC27VTENG05"}


def test_only_what_is_marked_is_copied_and_the_next_term_is_shown(
    world: World, admin: Client
) -> None:
    marked, _unmarked = world.group(teacher="Karin"), world.group("ENGENG05")
    page = text_of(admin.post(COPY, form(world, marked), follow=True))
    assert names() == {"PRÖ:KC27VTMAT03B"}
    assert "1 grupp är kopierad till VT 2027." in page
    assert "Prövningsgrupper på Komvux Centrum, vårterminen 2027." in page


def test_a_second_click_makes_nothing_more(world: World, admin: Client) -> None:
    sent = form(world, world.group(teacher="Karin"))
    admin.post(COPY, sent)
    page = text_of(admin.post(COPY, sent, follow=True))
    assert "Grupperna fanns redan i VT 2027. Inget kopierades." in page
    assert names() == {"PRÖ:KC27VTMAT03B"}


def test_a_row_with_a_hindrance_says_which_and_stops_nothing_else(
    world: World, admin: Client
) -> None:
    fine, hindered = world.group(), world.group("PSKPSY01")
    world.group("PSYPSY01", term=VT27)
    page = text_of(admin.get(COPY))
    assert "Namnet PRÖ:KC27VTPSY01 har redan gruppen i PSYPSY01" in page
    answer = admin.post(COPY, form(world, fine, hindered))
    assert answer.status_code == 422
    assert "PRÖ:KC26HTPSY01: Namnet PRÖ:KC27VTPSY01 har redan" in text_of(answer)
    assert names() == {"PRÖ:KC27VTPSY01"}
    admin.post(COPY, form(world, fine))
    assert names() == {"PRÖ:KC27VTPSY01", "PRÖ:KC27VTMAT03B"}


def test_nothing_marked_is_said(world: World, admin: Client) -> None:
    world.group()
    answer = admin.post(COPY, form(world))
    assert answer.status_code == 422
    assert "Ingen grupp är markerad." in text_of(answer)


def test_another_providers_unit_and_groups_cannot_be_copied(world: World, admin: Client) -> None:
    foreign = world.group(unit=world.kompaniet)
    assert admin.post(COPY, {**form(world, foreign), "unit": world.kompaniet}).status_code == 404
    assert admin.post(COPY, form(world, foreign)).status_code == 422
    assert names() == set()


@pytest.mark.parametrize("count", [1, 30])
def test_the_preview_asks_as_much_of_the_database_however_long_it_is(
    count: int,
    world: World,
    admin: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(count):
        world.group()
    with django_assert_num_queries(COPY_QUERIES):
        admin.get(COPY)
