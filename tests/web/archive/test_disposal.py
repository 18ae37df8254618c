"""Gallring on screen: every row is shown before it goes, and only the administrator's."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.applications.models import RegistrationRequest
from provning.archive.models import Disposal
from provning.kernel.actors import Scope, ScopeKind
from tests import builders
from tests.web.archive.conftest import TODAY
from tests.web.shelf import WebShelf

PAGE, RUN = "/arkiv/gallring/", "/arkiv/gallring/gor/"
QUERIES = 32


def request(shelf: WebShelf, closed: date, number: int = 0) -> RegistrationRequest:
    """Store a request that was closed on a day."""
    at = datetime(closed.year, closed.month, closed.day, 12, tzinfo=UTC)
    return RegistrationRequest.objects.create(
        group=shelf.stage.group,
        identity_number=f"1890010198{number:02}",
        given_name="Hemliga",
        family_name="Namnet",
        exam_date=shelf.stage.group.end_date,
        status="done",
        sent_at=at,
        sent_by_id="x",
        sent_by_name="Någon",
        handled_at=at,
    )


OLD = TODAY - timedelta(days=900)


def form(html: str) -> dict[str, str]:
    """Return the form of the organiser as the page has it."""
    found = re.findall(r'<form[^>]*action="/arkiv/gallring/gor/">.*?</form>', html, re.DOTALL)
    inputs = dict(re.findall(r'name="(submission|organiser|seen)" value="([^"]*)"', found[0]))
    return {"organiser": "", **inputs}


def test_every_row_is_shown_without_personal_data_and_then_goes(
    admin: Client, shelf: WebShelf
) -> None:
    old = request(shelf, OLD)
    kept = request(shelf, TODAY, 1)
    html = admin.get(PAGE).content.decode()
    (link,) = re.findall(r'href="(/arkiv/gallring/\?where=[^"]+kind=requests)#rows"', html)
    rows = admin.get(link.replace("&amp;", "&")).content.decode()
    assert (str(old.pk) in rows, str(kept.pk) in rows) == (True, False)
    assert [word for word in ("Hemliga", "Namnet", "1890010198") if word in rows] == []

    answer = admin.post(RUN, form(html), follow=True)

    page = answer.content.decode()
    assert "1 rad är gallrad." in page
    assert "Gjorda gallringar" in page
    assert [each.pk for each in RegistrationRequest.objects.all()] == [kept.pk]


def test_what_has_come_since_the_page_was_opened_stops_it(admin: Client, shelf: WebShelf) -> None:
    request(shelf, OLD)
    seen = form(admin.get(PAGE).content.decode())
    request(shelf, OLD, 1)

    answer = admin.post(RUN, seen)

    assert answer.status_code == 422
    assert "har ändrats sedan du öppnade sidan" in answer.content.decode()
    assert RegistrationRequest.objects.count() == 2


def test_a_second_click_is_one_run(admin: Client, shelf: WebShelf) -> None:
    request(shelf, OLD)
    seen = form(admin.get(PAGE).content.decode())
    for _click in range(2):
        assert admin.post(RUN, seen).status_code == 302
    assert Disposal.objects.count() == 1


def test_with_nothing_to_dispose_of_there_is_no_button(admin: Client) -> None:
    html = admin.get(PAGE).content.decode()
    assert "Ingenting att gallra." in html
    assert 'action="/arkiv/gallring/gor/"' not in html
    assert "Betygsbeslut" in html.partition("Bevaras alltid")[2]


def test_case_94_nobody_else_disposes(admin: Client, shelf: WebShelf) -> None:
    request(shelf, OLD)
    seen = form(admin.get(PAGE).content.decode())
    for client in (shelf.provider(), shelf.principal(), shelf.centre()):
        assert client.get(PAGE).status_code == 403
        assert client.post(RUN, seen).status_code == 403
    forged = {"organiser": str(uuid4()), "seen": seen["seen"], "submission": str(uuid4())}
    user = builders.account(
        "lokal",
        "system_administrator",
        Scope(ScopeKind.ORGANISER, shelf.stage.town.organiser),
    )
    local = Client()
    local.force_login(user)
    assert local.post(RUN, forged).status_code == 404
    assert local.post(RUN, {**forged, "organiser": ""}).status_code == 404
    assert (RegistrationRequest.objects.count(), Disposal.objects.count()) == (1, 0)


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_database_as_often_for_any_number(
    size: int, admin: Client, shelf: WebShelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(size):
        request(shelf, OLD, number)
    admin.get(PAGE)
    with django_assert_num_queries(QUERIES):
        html = admin.get(PAGE).content.decode()
    assert f">{size}</td>" in html
