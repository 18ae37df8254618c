"""Whoever may give roles and cannot sign in strongly is counted, where that is asked for."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from provning.accounts.actions import bind_identity
from provning.accounts.models import RoleAssignment, User
from provning.accounts.providers import SWEDISH_LEVELS
from provning.kernel.actors import Scope, ScopeKind
from provning.operations.checks import activity
from tests.builders import FIRST, PROGRAM, TODAY, Town, account, build_town
from tests.support.kept import kept
from tests.support.second_step import with_app

town = kept(build_town)
NEVER_VOUCHES = dict.fromkeys(SWEDISH_LEVELS, 2)
ONE = "1 konto som får ge roller har varken ett andra steg eller en inloggning på tillitsnivå 3."
PROVIDER: dict[str, Any] = {
    "name": "sjostad",
    "label": "Sjöstad",
    "protocol": "oidc",
    "identities": ["eppn"],
    "eppn_scopes": ["sjostad.example"],
    "settings": {"issuer": "https://idp.example", "client_id": "provning"},
}


@pytest.fixture
def siv(town: Town) -> User:
    """Return the one administrator of four who has an open account, the role, and a password."""
    everything = Scope(ScopeKind.EVERYTHING)
    for username in ("siv", "closed", "left", "app"):
        account(username, "system_administrator", everything)
    User.objects.filter(username="closed").update(is_active=False)
    RoleAssignment.objects.filter(user__username="left").update(valid_to=FIRST)
    with_app(User.objects.get(username="app"))
    account("lena", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    return User.objects.get(username="siv")


def told() -> list[str]:
    """Return what is said of who gives roles; what is wrong says what to do."""
    found = list(activity.givers(datetime.now(UTC)))
    levels = [(each.code, each.level.value) for each in found if each.remedy]
    assert levels == [("weak_givers", "warning")] * len(found)
    return [each.text for each in found]


def test_an_account_with_a_password_alone_is_counted_where_more_is_asked(
    siv: User, settings: Settings
) -> None:
    assert (settings.ASSURANCE, told()) == ("password", [])
    settings.ASSURANCE = "strong"
    assert told() == [ONE]
    with_app(siv)
    assert told() == []


def test_an_identity_counts_at_a_provider_that_is_there_and_may_vouch_for_level_3(
    siv: User, settings: Settings, tmp_path: Path
) -> None:
    settings.ASSURANCE = "strong"
    bind_identity(
        actor=PROGRAM,
        user_id=siv.pk,
        provider="sjostad",
        kind="eppn",
        value="siv@sjostad.example",
        scopes=frozenset({"sjostad.example"}),
        today=TODAY,
    )
    said = [told()]
    for changes in ({"name": "annan"}, {"levels": NEVER_VOUCHES}, {}):
        path = tmp_path / f"{len(said)}.json"
        path.write_text(json.dumps([PROVIDER | changes]), "utf-8")
        settings.IDENTITY_PROVIDERS = str(path)
        said.append(told())
    assert said == [[ONE], [ONE], [ONE], []]
