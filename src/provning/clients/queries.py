"""Reading clients: for their administrators, and for the boundary that lets them in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from provning.accounts.policies import require
from provning.audit.asking import worded_once
from provning.clients.models import ApiClient, ClientCall, ClientReach, ClientSecret, ClientToken
from provning.clients.policies import manages
from provning.clients.rows import CallRow, ClientDetails, ClientRow, SecretRow
from provning.clients.secrets import digest
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import sort_key

CALLS_SHOWN = 50
ANSWERED = 200
TOO_MANY = 429
COLUMNS = (
    "pk",
    "name",
    "data_classes",
    "protected_persons",
    "certificate",
    "certificate_alone",
    "issuer",
    "subject",
    "calls_per_minute",
    "created_at",
    "expires_on",
    "revoked_at",
)
"""What a `ClientRow` is made of beside the client's places, in its order."""


@dataclass(frozen=True, slots=True)
class Pull:
    """When a client asked last before a moment, and last after it, None for not since."""

    client_id: UUID
    name: str
    before: datetime
    after: datetime | None


def clients_for(actor: Actor) -> list[ClientDetails]:
    """Return the clients that are the actor's to manage, by name; three queries."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    calls = ClientCall.objects.filter(client=OuterRef("pk")).order_by("-at")
    found = _clients().annotate(last_called_at=Subquery(calls.values("at")[:1]))
    details = [_details(each) for each in found]
    own = [each for each in details if manages(actor, each.client.reach)]
    return sorted(own, key=lambda each: sort_key(each.client.name))


def client_for(actor: Actor, client_id: UUID) -> ClientDetails:
    """Return one client; raises `NotFoundError` when it is missing or not the actor's to manage."""
    for each in clients_for(actor):
        if each.client.id == client_id:
            return each
    raise NotFoundError


def calls_of(actor: Actor, client_id: UUID) -> list[CallRow]:
    """Return a client's latest calls, the newest first."""
    client_for(actor, client_id)
    found = ClientCall.objects.filter(client_id=client_id).order_by("-at", "-pk")[:CALLS_SHOWN]
    return [
        CallRow(call.at, call.address, call.method, call.path, call.filters, call.status)
        for call in found
    ]


def client_by_secret(client_id: str, secret: str, now: datetime) -> ClientRow | None:
    """Return the client whose secret it is and still holds; for the token endpoint."""
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    keys = ClientSecret.objects.filter(holds, digest=digest(secret))
    return _one(ApiClient.objects.filter(pk__in=keys.values("client"), pk=_uuid(client_id)))


def client_by_token(token: str, now: datetime) -> tuple[ClientRow, tuple[str, ...]] | None:
    """Return whose token it is and what it was issued for, None when it holds no more."""
    for data_classes, *columns in _tokens(digest(token), now):
        reach = tuple(_scope(*each) for each in _reach(columns[0]))
        return _row_of(columns, reach), tuple(data_classes.split())
    return None


@worded_once
def _tokens(digested: str, now: datetime) -> QuerySet[ClientToken, Any]:
    found = ClientToken.objects.filter(digest=digested, expires_at__gt=now)
    return found.values_list("data_classes", *(f"client__{each}" for each in COLUMNS))


@worded_once
def _reach(client_id: UUID) -> QuerySet[ClientReach, Any]:
    found = ClientReach.objects.filter(client=client_id).order_by("pk")
    return found.values_list("scope_kind", "scope_id")


def client_by_subject(issuer: str, subject: str) -> ClientRow | None:
    """Return the client that an issuer of tokens calls so."""
    return _one(ApiClient.objects.filter(issuer=issuer, subject=subject).exclude(issuer=""))


def client_by_certificate(certificate: str) -> ClientRow | None:
    """Return the client that is let in by its certificate alone."""
    return _one(ApiClient.objects.filter(certificate=certificate, certificate_alone=True))


def pulls_of(
    places: Collection[UUID], paths: Collection[str], since: datetime, moment: datetime
) -> list[Pull]:
    """Return the clients reaching a place that were answered between `since` and the moment.

    For programs: no actor. `places` are ids of units, providers and organisers, `paths` what was
    asked for. By name; one query.
    """
    reach = ClientReach.objects.filter(Q(scope_kind="everything") | Q(scope_id__in=places))
    answered = Q(calls__path__in=paths, calls__status=ANSWERED)
    early = answered & Q(calls__at__gte=since, calls__at__lte=moment)
    found = ApiClient.objects.filter(pk__in=reach.values("client")).annotate(
        before=Max("calls__at", filter=early),
        after=Max("calls__at", filter=answered & Q(calls__at__gt=moment)),
    )
    rows = found.filter(before__isnull=False).values_list("pk", "name", "before", "after")
    return sorted((Pull(*row) for row in rows), key=lambda each: sort_key(each.name))


def refused_lately(address: str, now: datetime) -> int:
    """Return how many calls from an address nobody could be told from, in the last minute."""
    since = now - timedelta(minutes=1)
    return ClientCall.objects.filter(client=None, address=address, at__gt=since).count()


@worded_once
def answered_calls(client_id: UUID, since: datetime, place: int) -> QuerySet[ClientCall, Any]:
    """Return when the client's call at a place was, the newest call first; those let in alone."""
    calls = ClientCall.objects.filter(~Q(status=TOO_MANY), client=client_id, at__gt=since)
    return calls.order_by("-at", "-pk").values_list("at")[place : place + 1]


def expired_tokens(before: datetime) -> QuerySet[ClientToken]:
    """Return the tokens that hold no more."""
    return ClientToken.objects.filter(expires_at__lt=before)


def may_call(client: ClientRow | None, today: date) -> bool:
    """Say whether there is a client, and it may call today."""
    return client is not None and client.holds_on(today)


def _one(found: QuerySet[ApiClient]) -> ClientRow | None:
    client = found.prefetch_related("reach").first()
    return client_row(client) if client else None


def client_row(client: ApiClient) -> ClientRow:
    """Return a client with whatever its row says."""
    return _row_of([getattr(client, each) for each in COLUMNS], reach_of(client.reach.all()))


def _row_of(columns: Sequence[Any], reach: tuple[Scope, ...]) -> ClientRow:
    key, name, data_classes, *rest = columns
    return ClientRow(key, name, tuple(data_classes.split()), reach, *rest)


def reach_of(rows: Iterable[ClientReach]) -> tuple[Scope, ...]:
    """Return where a client sees data."""
    ordered = sorted(rows, key=lambda row: row.pk)
    return tuple(_scope(row.scope_kind, row.scope_id) for row in ordered)


def _scope(kind: str, place: UUID | None) -> Scope:
    return Scope(ScopeKind(kind), place)


def _clients() -> QuerySet[ApiClient]:
    keys = ClientSecret.objects.order_by("-created_at", "-pk")
    return ApiClient.objects.prefetch_related("reach", Prefetch("secrets", keys))


def _details(client: ApiClient) -> ClientDetails:
    keys = tuple(SecretRow(key.created_at, key.valid_until) for key in client.secrets.all())
    last: datetime | None = getattr(client, "last_called_at", None)
    return ClientDetails(client_row(client), keys, last)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
