"""Making a client, giving it a new key, and stopping it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.clients import events, rules
from provning.clients.models import ApiClient, ClientReach, ClientSecret
from provning.clients.policies import manages, require_manager
from provning.clients.queries import reach_of
from provning.clients.rows import MadeClient, WayIn
from provning.clients.secrets import digest, new_secret
from provning.kernel.actors import Actor, Scope
from provning.kernel.problems import NotFoundError, refuse_if

CALLS_PER_MINUTE = 600
NO_WAY_IN = WayIn()


@transaction.atomic
def create_client(
    *,
    actor: Actor,
    name: str,
    data_classes: Iterable[str],
    reach: Iterable[Scope],
    protected_persons: str,
    submission: UUID,
    now: datetime,
    today: date,
    expires_on: date | None = None,
    calls_per_minute: int = CALLS_PER_MINUTE,
    way_in: WayIn = NO_WAY_IN,
) -> MadeClient:
    """Make a client; its secret is in the answer and nowhere else.

    One that shows who it is with somebody else's token has no secret. Sent twice, it makes one
    client, and the second answer has no secret.
    """
    chosen, places = list(dict.fromkeys(data_classes)), list(dict.fromkeys(reach))
    require_manager(actor, places)
    made = ApiClient.objects.filter(submission=submission).first()
    if made is not None:
        return MadeClient(made.pk, made.name, "")
    name = " ".join(name.split())
    problems = rules.client_problems(name, chosen, places, protected_persons, calls_per_minute)
    problems += rules.way_in_problems(way_in)
    refuse_if(problems + rules.expiry_problems(expires_on, today))
    client = ApiClient(
        name=name,
        data_classes=" ".join(chosen),
        protected_persons=protected_persons,
        certificate=way_in.certificate,
        certificate_alone=way_in.certificate_alone,
        issuer=way_in.issuer,
        subject=way_in.subject,
        calls_per_minute=calls_per_minute,
        created_at=now,
        expires_on=expires_on,
        submission=submission,
    )
    with refused_as(rules.client_taken(name)):
        client.save(force_insert=True)
    ClientReach.objects.bulk_create(
        [ClientReach(client=client, scope_kind=each.kind, scope_id=each.id) for each in places]
    )
    secret = "" if way_in.issuer else _give_secret(client, submission, now)
    record(
        events.CLIENT_CREATED,
        actor=actor,
        subjects=[("api_client", client.pk)],
        after=_facts(client, places),
    )
    return MadeClient(client.pk, client.name, secret)


@transaction.atomic
def rotate_client(
    *, actor: Actor, client_id: UUID, overlap_hours: int, submission: UUID, now: datetime
) -> MadeClient:
    """Give a client a new key; the old ones hold for so many hours more, never longer than before.

    Sent twice, it gives one key, and the second answer has no secret.
    """
    client = _client(actor, client_id)
    if ClientSecret.objects.filter(submission=submission).exists():
        return MadeClient(client.pk, client.name, "")
    refuse_if([rules.client_revoked()] if client.revoked_at else [])
    refuse_if([rules.client_external()] if client.issuer else [])
    refuse_if(rules.overlap_problems(overlap_hours))
    until = now + timedelta(hours=overlap_hours)
    longer = Q(valid_until__isnull=True) | Q(valid_until__gt=until)
    ClientSecret.objects.filter(longer, client=client).update(valid_until=until)
    secret = _give_secret(client, submission, now)
    record(
        events.CLIENT_ROTATED,
        actor=actor,
        subjects=[("api_client", client.pk)],
        after={"name": client.name, "until": until},
    )
    return MadeClient(client.pk, client.name, secret)


@transaction.atomic
def revoke_client(*, actor: Actor, client_id: UUID, now: datetime) -> ApiClient:
    """Stop a client at once and for good: its keys and tokens open nothing more."""
    client = _client(actor, client_id)
    if client.revoked_at:
        return client
    client.revoked_at = now
    client.save(update_fields=["revoked_at"])
    record(
        events.CLIENT_REVOKED,
        actor=actor,
        subjects=[("api_client", client.pk)],
        after={"name": client.name},
    )
    return client


def _client(actor: Actor, client_id: UUID) -> ApiClient:
    """Return the client, locked; raises `NotFoundError` when it is not the actor's to manage."""
    require_manager(actor, ())
    client = ApiClient.objects.select_for_update().filter(pk=client_id).first()
    if client is None or not manages(actor, reach_of(client.reach.all())):
        raise NotFoundError
    return client


def _give_secret(client: ApiClient, submission: UUID, now: datetime) -> str:
    secret = new_secret()
    ClientSecret.objects.create(
        client=client, digest=digest(secret), created_at=now, submission=submission
    )
    return secret


def _facts(client: ApiClient, reach: Iterable[Scope]) -> dict[str, object]:
    return {
        "name": client.name,
        "data_classes": client.data_classes.split(),
        "reach": [f"{each.kind}:{each.id}" if each.id else each.kind for each in reach],
        "protected_persons": client.protected_persons,
        "certificate": client.certificate,
        "certificate_alone": client.certificate_alone,
        "issuer": client.issuer,
        "subject": client.subject,
        "calls_per_minute": client.calls_per_minute,
        "expires_on": client.expires_on,
    }
