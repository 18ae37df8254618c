"""Which machine reaches which address: every address of the boundary, every kind of caller."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from provning.clients.actions import revoke_client
from provning.clients.scopes import CODES
from provning.web.permissions import Address, addresses
from tests import builders
from tests.builders import PROGRAM
from tests.clients.making import EVERYTHING, NOW, bearer, make_client

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


@pytest.mark.parametrize("address", MACHINES, ids=lambda each: f"{each.name}")
def test_nobody_and_the_stopped_and_who_lacks_the_data_are_held_out(
    address: Address, client: Client
) -> None:
    assert address.machine is not None
    stopped = make_client("Spärrad")
    token = bearer(stopped)
    revoke_client(actor=PROGRAM, client_id=stopped.client_id, now=NOW)
    held_out = [ask(client, address, headers) for headers in ({}, token)]
    assert held_out == [401, 401]
    needed = address.machine.data_class
    others = [code for code in CODES if code != needed]
    without = bearer(make_client("Utan", data_classes=others))
    opened = bearer(make_client("Med"))
    answers = [ask(client, address, without), ask(client, address, opened)]
    assert [each == 403 for each in answers] == [bool(needed), False]
    assert 401 not in answers


@pytest.mark.parametrize("address", MACHINES, ids=lambda each: f"{each.name}")
def test_a_person_who_is_signed_in_is_nobody_to_the_machines_boundary(
    address: Address, client: Client
) -> None:
    client.force_login(builders.account("system", "system_administrator", EVERYTHING))
    assert ask(client, address, {}) == 401
