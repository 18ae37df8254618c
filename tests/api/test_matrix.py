"""Which machine reaches which address: every address of the boundary, every kind of caller."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from provning.clients.actions import revoke_client
from provning.clients.scopes import CODES
from provning.web.permissions import Address, addresses
from tests import builders
from tests.builders import PROGRAM
from tests.clients.making import EVERYTHING, NOW, bearer, make_client
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
MACHINES = [each for each in addresses() if each.machine is not None and not each.machine.public]
PUBLIC = {each.name for each in addresses() if each.machine is not None and each.machine.public}
PARTS = {"<str:key>": str(uuid4())}


def path_of(address: Address) -> str:
    path = address.pattern
    for part, value in PARTS.items():
        path = path.replace(part, value)
    assert "<" not in path
    return f"/{path}"


def ask(client: Client, address: Address, headers: dict[str, str]) -> int:
    assert address.machine is not None
    method: Any = getattr(client, address.machine.methods[0].lower())
    return int(method(path_of(address), headers=headers).status_code)


def test_only_the_token_our_public_key_and_what_does_not_exist_are_for_everybody() -> None:
    assert {"api:token", "api:keys", "api:unknown"} == PUBLIC


@dataclass(frozen=True)
class Callers:
    """What each caller sends: who lacks a kind of data by its code, and a browser's session."""

    stopped: dict[str, str]
    opened: dict[str, str]
    lacking: dict[str, dict[str, str]]
    session: str


def build_callers() -> Callers:
    """Make the clients, their tokens and an account that is signed in."""
    stopped = make_client("Spärrad")
    token = bearer(stopped)
    revoke_client(actor=PROGRAM, client_id=stopped.client_id, now=NOW)
    kinds = {each.machine.data_class for each in MACHINES if each.machine}
    lacking = {
        kind: bearer(
            make_client(f"Utan {kind}", data_classes=[each for each in CODES if each != kind])
        )
        for kind in kinds
    }
    browser = Client()
    browser.force_login(builders.account("system", "system_administrator", EVERYTHING))
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return Callers(token, bearer(make_client("Med")), lacking, session)


callers = kept(build_callers)


@pytest.mark.parametrize("address", MACHINES, ids=lambda each: f"{each.name}")
def test_nobody_and_the_stopped_and_who_lacks_the_data_are_held_out(
    address: Address, client: Client, callers: Callers
) -> None:
    assert address.machine is not None
    held_out = [ask(client, address, headers) for headers in ({}, callers.stopped)]
    assert held_out == [401, 401]
    needed = address.machine.data_class
    answers = [ask(client, address, who) for who in (callers.lacking[needed], callers.opened)]
    assert [each == 403 for each in answers] == [bool(needed), False]
    assert 401 not in answers


@pytest.mark.parametrize("address", MACHINES, ids=lambda each: f"{each.name}")
def test_a_person_who_is_signed_in_is_nobody_to_the_machines_boundary(
    address: Address, client: Client, callers: Callers
) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = callers.session
    assert ask(client, address, {}) == 401


def test_the_person_is_signed_in_where_persons_are(client: Client, callers: Callers) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = callers.session
    assert client.get("/").status_code == 200
