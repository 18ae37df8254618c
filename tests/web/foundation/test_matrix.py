"""Every address says who may open it, and holds everybody else out."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from provning.kernel.actors import Permission
from provning.web.permissions import Address, addresses
from tests.web.conftest import SignIn

# Machines have a matrix of their own (tests/api/test_matrix.py).
ADDRESSES = [each for each in addresses() if each.machine is None]
PUBLIC = {
    "sign-in", "second-step", "ask-for-reset", "choose-password", "leave-for-provider",
    "oidc-answer", "saml-metadata", "saml-post", "saml-answer",
    "sign-out", "set-language", "set-theme",
    "alive", "ready", "metrics",
}  # fmt: skip
SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "x", "slug": "x"}


def sample(address: Address) -> str:
    """Return an address with something in the place of every parameter."""
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda part: SAMPLES.get(part[1], "x"), address.pattern
    )


def test_every_address_says_who_may_open_it() -> None:
    rules = {each.pattern: (each.rule, each.machine) for each in addresses()}
    assert [pattern for pattern, said in rules.items() if said.count(None) != 1] == []


def test_every_address_has_a_name_of_its_own() -> None:
    names = [each.name for each in ADDRESSES]
    assert [name for name in names if name.endswith("None")] == []
    assert sorted(names) == sorted(set(names))


def test_only_signing_in_and_the_switches_are_public() -> None:
    assert {each.name for each in ADDRESSES if each.rule and each.rule.public} == PUBLIC


def test_every_permission_asked_for_exists() -> None:
    asked = {permission for each in ADDRESSES if each.rule for permission in each.rule.permissions}
    assert asked <= set(Permission)
    assert get_resolver().url_patterns


@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_gets_past_the_door() -> None:
    stranger = Client()
    asked = [each for each in ADDRESSES if each.rule and not each.rule.public]
    answers = {each.name: stranger.get(sample(each)) for each in asked}
    assert len(answers) > 100
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        answers, 302
    )
    led = [answer.headers["Location"] for answer in answers.values()]
    assert [place for place in led if not place.startswith("/logga-in/?next=")] == []


@pytest.mark.django_db
def test_an_account_without_roles_opens_nothing_that_asks_for_a_right(signed_in: SignIn) -> None:
    client, found = signed_in(), {}
    for address in ADDRESSES:
        if address.rule and address.rule.permissions:
            send = client.get if "GET" in address.rule.methods else client.post
            found[address.name] = send(sample(address)).status_code
    assert len(found) > 100
    assert found == dict.fromkeys(found, 403)
