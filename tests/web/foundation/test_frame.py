"""The frame of every page: who, where, when; and the switches of language, look, unit and term."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from provning.accounts.models import User
from provning.kernel.actors import Actor
from provning.organisation.actions import create_unit
from provning.organisation.models import SchoolUnit
from provning.web.clock import today
from provning.web.navigation import AREAS, IN_ROW, menu
from tests.web.conftest import TODAY, SignIn

pytestmark = pytest.mark.django_db


def test_the_day_can_be_fixed() -> None:
    assert today() == TODAY


def test_the_day_is_otherwise_todays(settings: Settings) -> None:
    settings.TODAY = ""
    assert abs((today() - date.today()).days) <= 1  # noqa: DTZ011 # either side of midnight


def test_the_page_says_its_language(signed_in: SignIn, unit: SchoolUnit) -> None:
    page = signed_in("internal_provider", unit.id).get("/").content.decode()
    assert '<html lang="sv">' in page


def test_the_header_names_organiser_unit_term_and_role(signed_in: SignIn, unit: SchoolUnit) -> None:
    page = signed_in("internal_provider", unit.id).get("/").content.decode()
    assert '<span class="org only-wide">Sjöstads kommun</span>' in page
    assert "<b>Komvux Centrum</b> · <b>HT 2026</b>" in page
    assert "Vux intern anordnare Sthlm" in page


def test_the_menu_marks_where_one_is(signed_in: SignIn, unit: SchoolUnit) -> None:
    page = signed_in("internal_provider", unit.id).get("/").content.decode()
    assert '<a href="/" aria-current="page">Översikt</a>' in page


def test_what_the_row_cannot_hold_is_opened_by_more(system: Actor) -> None:
    shown = menu(system, "/installation/jobb/")
    assert [item.label for item in shown.row[:2]] == ["Översikt", "Elever"]
    assert (len(shown.row), len(shown.row + shown.more)) == (IN_ROW, len(AREAS))
    assert (shown.in_more, menu(system, "/elever/").in_more) == (True, False)


def test_nothing_is_put_away_when_all_of_it_fits(signed_in: SignIn, unit: SchoolUnit) -> None:
    page = signed_in("grading_teacher", unit.id).get("/").content.decode()
    assert "Mer</summary>" not in page
    assert "Kurser</a>" in page


def test_another_unit_and_term_are_kept_from_page_to_page(
    signed_in: SignIn, unit: SchoolUnit, system: Actor
) -> None:
    create_unit(actor=system, provider_id=unit.provider_id, name="Akka komvux")
    client = signed_in("system_administrator")
    assert "<b>Akka komvux</b>" in client.get("/").content.decode()
    chosen = {"unit": str(unit.id), "term": "VT26", "next": "/"}
    assert client.post("/enhet-och-period/", chosen).headers["Location"] == "/"
    assert "<b>Komvux Centrum</b> · <b>VT 2026</b>" in client.get("/").content.decode()


def test_a_unit_outside_ones_scope_cannot_be_chosen(
    signed_in: SignIn, unit: SchoolUnit, system: Actor
) -> None:
    other = create_unit(actor=system, provider_id=unit.provider_id, name="Akka komvux")
    client = signed_in("internal_provider", unit.id)
    client.post("/enhet-och-period/", {"unit": str(other.id), "term": "sommaren"})
    assert "<b>Komvux Centrum</b> · <b>HT 2026</b>" in client.get("/").content.decode()


def test_the_language_is_switched_for_the_account_and_the_browser(
    signed_in: SignIn, unit: SchoolUnit
) -> None:
    client = signed_in("internal_provider", unit.id)
    answer = client.post("/sprak/", {"language": "en", "next": "/"})
    assert answer.headers["Location"] == "/"
    assert client.cookies["provning_language"].value == "en"
    assert User.objects.get().language == "en"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_an_unknown_language_changes_nothing(signed_in: SignIn) -> None:
    client = signed_in()
    client.post("/sprak/", {"language": "xx"})
    assert User.objects.get().language == "sv"
    assert '<html lang="sv">' in client.get("/").content.decode()


def test_the_language_can_be_switched_before_sign_in() -> None:
    client = Client()
    client.post("/sprak/", {"language": "en", "next": "/logga-in/"})
    assert '<html lang="en">' in client.get("/logga-in/").content.decode()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_look_is_kept_with_the_account(signed_in: SignIn, theme: str) -> None:
    client = signed_in()
    client.post("/utseende/", {"theme": theme})
    assert User.objects.get().theme == theme
    assert f'<html lang="sv" data-theme="{theme}">' in client.get("/").content.decode()


def test_the_frame_needs_few_queries(
    signed_in: SignIn,
    unit: SchoolUnit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("internal_provider", unit.id)
    # Session, account, roles, person; then units and the role's own name.
    with django_assert_max_num_queries(6):
        client.get("/finns-inte/")
