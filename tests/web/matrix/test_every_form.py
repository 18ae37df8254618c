"""Every form of every screen: no day that does not exist is taken, no text makes it fail.

The forms are found on the pages themselves, so a new screen is tried here from its first day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.web.permissions import Address, addresses
from tests.web.integrity.visitor import KEYS, Form
from tests.web.matrix.visits import Visits, path_of
from tests.web.matrix.world import OWN, Matrix

pytestmark = pytest.mark.django_db
NO_DAY = "2023-13-45"
DATES = {"date", "datetime-local", "month"}
TEXTS = {"text", "textarea", "search", "hidden", "password", "email", "number", *DATES}
# What pages read from their address without a form that sends it.
UNFORMED = {"q", "placering", "next", "page", "on", "from"}
TOKEN = "csrfmiddlewaretoken"
# Leaving would end the role's session; the switches only choose, and are on every page.
FRAME = {"/logga-ut/", "/sprak/", "/utseende/", "/enhet-och-period/"}
# Where a day is asked for today; a screen that asks for one tomorrow is tried without being here.
ASKED = {
    "/begaran/ny/",
    "/elever/placering/…/datum/",
    "/elever/…/lagg-till/",
    "/grupper/lagg-till/",
    "/grupper/placering/…/datum/",
    "/grupper/…/datum/",
    "/grupper/…/placera/",
}
# What one text can hold of what no program likes is held by one: each costs every form a request.
HOSTILE = (
    "a\x00b",
    # The owls are few letters, and more bytes than the name of a file may have.
    "'`;-- %s {x} {{ y }}\"><script>alert(1)</script>\ufffd\ufffe" + "🦉" * 70,
    "9" * 400,
    "-1",
    NO_DAY,
    "x" * 100_000,
)
OPENED = [each for each in addresses() if each.rule and "GET" in each.rule.methods]
ANSWERS = {200, 302, 400, 403, 404, 409, 422}


@dataclass(frozen=True)
class Met:
    """A form on a page that a role has opened."""

    role: str
    page: str
    form: Form

    @property
    def target(self) -> str:
        """Return where the form goes."""
        return self.form.action or self.page

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes two forms the same to try."""
        return (self.target.partition("?")[0], self.form.method, *sorted(self.form.types))


@pytest.fixture(scope="package")
def forms(visits: Visits, django_db_blocker: DjangoDbBlocker) -> list[Met]:
    """Return every form, each once, as the first role met it that could open its page."""
    with django_db_blocker.unblock():
        met = {each.key: each for each in reversed(list(_met(visits)))}
    return list(met.values())


def _met(visits: Visits) -> Iterator[Met]:
    for address in OPENED:
        page = path_of(address, visits.matrix.sides[OWN])
        for role in visits.matrix.clients:
            for form in visits.at(address, role, OWN).forms:
                if form.action not in FRAME:
                    yield Met(role, page, form)


def sent(client: Client, met: Met, fields: Mapping[str, str]) -> int:
    """Send a form, and take back whatever it did."""
    with transaction.atomic():
        send = client.post if met.form.method == "post" else client.get
        answer = send(met.target, fields)
        if len(answer.content) < 2_000_000:
            assert "<script>alert" not in answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    status: int = answer.status_code
    return status


def test_a_day_that_does_not_exist_is_refused_wherever_a_day_is_asked_for(
    matrix: Matrix, forms: list[Met]
) -> None:
    events = AuditEvent.objects.count()
    refused: dict[str, list[str]] = {}
    for met in forms:
        for name, kind in met.form.types.items():
            if kind not in DATES:
                continue
            asked = {each.status_code for each in _with_each_button(matrix, met, name)}
            assert 422 in asked <= {200, 422}, met
            refused.setdefault(KEYS.sub("…", met.target.partition("?")[0]), []).append(name)
    assert refused.keys() >= ASKED
    assert AuditEvent.objects.count() == events
    assert verify_chain().fault == ""


@pytest.mark.parametrize("day", [NO_DAY, "", "2026-02-30", "\x00", "🦉"])
def test_no_such_day_is_taken_where_an_undo_posts_it_either(matrix: Matrix, day: str) -> None:
    ids, events = matrix.sides[OWN].ids, AuditEvent.objects.count()
    client = matrix.clients["internal_provider_manager"]
    undo = {"person": str(ids["person_id"]), "exam_date": day}
    answer = client.post(f"/grupper/{ids['group_id']}/placera/igen/", undo)
    assert answer.status_code in {302, 404, 422}
    assert AuditEvent.objects.count() == events


def _with_each_button(matrix: Matrix, met: Met, name: str) -> Iterator[Any]:
    """Send the form with a day that does not exist, by every button there is."""
    for button in ({}, *({key: value} for key, value in met.form.buttons)):
        fields = met.form.fields | button | {name: NO_DAY}
        client = matrix.clients[met.role]
        send = client.post if met.form.method == "post" else client.get
        answer = send(met.target, fields)
        assert NO_DAY in answer.content.decode(), met
        yield answer


def test_no_text_in_any_field_of_any_form_makes_the_program_fail(
    matrix: Matrix, forms: list[Met]
) -> None:
    tried = 0
    for met in forms:
        client = matrix.clients[met.role]
        names = [name for name, kind in met.form.types.items() if kind in TEXTS and name != TOKEN]
        for text in HOSTILE if names else HOSTILE[:1]:
            hostile = met.form.pressed() | dict.fromkeys(names, text)
            assert sent(client, met, hostile) in ANSWERS, (met, text)
            tried += 1
    assert tried > 0
    assert verify_chain().fault == ""


def test_no_query_of_any_address_makes_the_program_fail(
    matrix: Matrix, visits: Visits, forms: list[Met]
) -> None:
    names = tuple(sorted({name for met in forms for name in met.form.types} | UNFORMED))
    turns = len(HOSTILE) - 1
    read = set()
    for place, address in enumerate(OPENED):
        path, client = path_of(address, matrix.sides[OWN]), _opener(address, matrix, visits)
        for turn in range(2):
            query = _turned(names, (2 * place + turn) % turns)
            answer = client.get(path, QUERY_STRING=query)
            assert answer.status_code in ANSWERS, (path, place, turn)
            # Django reads a query when somebody asks for it; who never does cannot fail on it.
            if "GET" not in answer.wsgi_request.__dict__:
                break
            read.add(address.name)
    assert {"students:search", "groups:list", "reporting:list", "trail:list"} <= read
    assert verify_chain().fault == ""


@lru_cache
def _turned(names: tuple[str, ...], turn: int) -> str:
    """Return a query that gives each name a text, another each turn; there are as many as texts.

    A form's own names have met every text in their form already; the rest are read alike on every
    page, and meet them all within three pages.
    """
    texts = HOSTILE[:-1]
    told = {name: texts[(turn + place) % len(texts)] for place, name in enumerate(names)}
    return urlencode(told)


def _opener(address: Address, matrix: Matrix, visits: Visits) -> Client:
    """Return the browser of the first role that the address opens for."""
    opens = (role for role in matrix.clients if visits.at(address, role, OWN).status == 200)
    return matrix.clients[next(opens, "system_administrator")]
