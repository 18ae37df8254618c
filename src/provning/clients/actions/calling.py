"""A call begins, is held to its limit, and ends; and a token is issued."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from provning.audit.asking import worded_once
from provning.audit.inserting import insert_numbered
from provning.clients.models import ApiClient, ClientCall, ClientToken
from provning.clients.queries import TOO_MANY, answered_calls, refused_lately
from provning.clients.rows import ClientRow
from provning.clients.secrets import TOKEN_SECONDS, digest, new_secret

MINUTE = timedelta(minutes=1)
REFUSALS_KEPT = 60
"""So many calls of nobody are kept per address and minute: a flood does not fill the table."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A client has called too often: how many seconds until it may again."""

    retry_after: int


@transaction.atomic
def begin_call(
    *,
    client: ClientRow | None,
    address: str,
    method: str,
    path: str,
    filters: str,
    now: datetime,
) -> int | Refusal:
    """Write down that somebody calls, and return the call's number, or that it is too often.

    The client's own row is locked while the calls of the last minute are counted, so that the
    limit holds however many processes answer. A call of nobody is refused when the address has had
    too many.
    """
    refusal = _limit(client, now) if client else _limit_of(address, now)
    if refusal is not None and client is None:
        return refusal
    call = ClientCall(
        client_id=client.id if client else None,
        at=now,
        address=address[:60],
        method=method[:8],
        path=path[:300],
        filters=filters[:400],
        status=TOO_MANY if refusal else None,
    )
    insert_numbered(ClientCall, [call])
    return refusal or call.pk


@transaction.atomic
def end_call(*, number: int, status: int) -> None:
    """Write down how a call was answered."""
    ClientCall.objects.filter(pk=number).update(status=status)


@transaction.atomic
def issue_token(*, client: ClientRow, data_classes: Iterable[str], now: datetime) -> str:
    """Give a client a token for some of what it may see; only its digest is kept."""
    token = new_secret()
    ClientToken.objects.create(
        client_id=client.id,
        digest=digest(token),
        data_classes=" ".join(data_classes),
        expires_at=now + timedelta(seconds=TOKEN_SECONDS),
    )
    return token


def _limit(client: ClientRow, now: datetime) -> Refusal | None:
    _hold(client.id)
    # The call that has to grow a minute old before one more fits, when there are that many.
    oldest = answered_calls(client.id, now - MINUTE, client.calls_per_minute - 1)
    if not oldest:
        return None
    return Refusal(max(1, math.ceil((oldest[0][0] + MINUTE - now).total_seconds())))


@worded_once
def _hold(client_id: UUID) -> QuerySet[ApiClient, Any]:
    return ApiClient.objects.select_for_update().filter(pk=client_id).values_list("pk")


def _limit_of(address: str, now: datetime) -> Refusal | None:
    return Refusal(60) if refused_lately(address, now) >= REFUSALS_KEPT else None
