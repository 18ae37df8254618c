"""Clients for tests: made through the action, with a token when one is wanted."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from provning.clients.actions import create_client, issue_token
from provning.clients.models import ApiClient
from provning.clients.queries import client_row
from provning.clients.rows import ClientRow, MadeClient, WayIn
from provning.clients.scopes import CODES
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import PROGRAM, TODAY

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
WAYS = {field.name for field in fields(WayIn)}
EVERYTHING = Scope(ScopeKind.EVERYTHING)


def make_client(
    name: str = "Skolplattformen",
    *,
    data_classes: Iterable[str] = CODES,
    reach: Iterable[Scope] = (EVERYTHING,),
    protected_persons: str = "marked",
    today: date = TODAY,
    **facts: Any,
) -> MadeClient:
    """Make a client that sees everything, unless told otherwise."""
    return create_client(
        actor=facts.pop("actor", PROGRAM),
        name=name,
        data_classes=data_classes,
        reach=reach,
        protected_persons=protected_persons,
        submission=facts.pop("submission", None) or uuid4(),
        now=facts.pop("now", None) or NOW,
        today=today,
        way_in=WayIn(**{key: facts.pop(key) for key in list(facts) if key in WAYS}),
        **facts,
    )


def row_of(made: MadeClient) -> ClientRow:
    """Return the client as the boundary meets it."""
    return client_row(ApiClient.objects.get(pk=made.client_id))


def bearer(made: MadeClient, data_classes: Iterable[str] = CODES) -> dict[str, str]:
    """Return the header of a call with a fresh token."""
    own = row_of(made)
    chosen = [each for each in data_classes if each in own.data_classes]
    token = issue_token(client=own, data_classes=chosen, now=datetime.now(UTC))
    return {"Authorization": f"Bearer {token}"}
