"""The course search answers a combobox with options and a person with a page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import load_courses
from tests.web.groups.people import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
SEARCH = "/kurser/sok"
OPTIONS_QUERIES = 6
FETCH = {"X-Requested-With": "fetch"}


def test_the_combobox_gets_options_with_the_points(admin: Client) -> None:
    page = text_of(admin.get(SEARCH, {"q": "mat"}, headers=FETCH))
    assert "<html" not in page
    assert 'data-key="MATMAT03b" data-text="Matematik 3b, MATMAT03b"' in page
    assert '<span class="nowrap">100 p</span>' in page
    assert "ENGENG05" not in page


def test_what_cannot_be_examined_is_shown_with_the_reason(admin: Client) -> None:
    load_courses("PSYPSY02", "PSYPSY01")
    page = text_of(admin.get(SEARCH, {"q": "PSYPSY02"}, headers=FETCH))
    assert 'data-key="PSYPSY02" data-text="Psykiatri 2, PSYPSY02" aria-disabled="true"' in page
    assert "har utgått och finns kvar bara för gamla betyg" in page


def test_nothing_found_is_said_to_the_combobox(admin: Client) -> None:
    page = text_of(admin.get(SEARCH, {"q": "xylofon"}, headers=FETCH))
    assert 'aria-disabled="true">Inget hittades.' in page


def test_a_course_is_judged_on_the_day_it_is_wanted(admin: Client) -> None:
    asked = {"q": "MATMAT03b", "on": "2031-01-15"}
    page = text_of(admin.get(SEARCH, asked, headers=FETCH))
    assert 'aria-disabled="true"' in page
    assert "till och med 2030-06-30" in page


def test_the_page_lists_codes_points_and_the_other_curriculum(admin: Client) -> None:
    page = text_of(admin.get(SEARCH, {"q": "psykologi"}))
    assert "<b>1 kurs</b>." in page
    assert "<code>PSKPSY01</code>" in page
    assert "Går att pröva" in page


def test_the_page_without_a_question_is_a_form(admin: Client) -> None:
    answer = admin.get(SEARCH)
    assert answer.status_code == 200
    assert 'name="q"' in text_of(answer)


@pytest.mark.parametrize("text", ["matmat03b", "m"])
def test_options_cost_the_same_however_many_fit(
    text: str, admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(OPTIONS_QUERIES):
        admin.get(SEARCH, {"q": text}, headers=FETCH)
