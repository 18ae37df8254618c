"""A client asks to be told of changes, goes on being told, and ceases to be."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.kernel.problems import NotFoundError, Problem, refuse_if
from provning.publishing import events, rules
from provning.publishing.models import Subscription
from provning.publishing.policies import own_subscriptions
from provning.publishing.queries import SubscriptionRow, subscription_row
from provning.publishing.viewer import Viewer

HOLDS = timedelta(days=30)
MOST = 100


@transaction.atomic
def subscribe(
    *, viewer: Viewer, name: Any, target: Any, resource_types: Any, now: datetime
) -> SubscriptionRow:
    """Let a client be told, at an address, of changes in some resources, for thirty days.

    Whether the address may be called is settled at every call (`webhooks`).
    """
    problems = rules.subscription_problems(name, target, resource_types)
    refuse_if(problems or _too_many(viewer, now))
    made = Subscription.objects.create(
        client_id=viewer.client.id,
        name=name,
        target=target,
        resource_types=" ".join(rules.types_of(resource_types) or ()),
        created_at=now,
        expires_at=now + HOLDS,
        told_to=now,
    )
    _record(events.SUBSCRIBED, viewer, made)
    return subscription_row(made)


@transaction.atomic
def renew(*, viewer: Viewer, key: UUID, now: datetime) -> SubscriptionRow:
    """Let a subscription hold for thirty days from now; only its end changes."""
    found = _own(viewer, key, now)
    found.expires_at = now + HOLDS
    found.save(update_fields=["expires_at"])
    return subscription_row(found)


@transaction.atomic
def unsubscribe(*, viewer: Viewer, key: UUID, now: datetime) -> None:
    """Remove a subscription."""
    found = _own(viewer, key, now)
    _record(events.UNSUBSCRIBED, viewer, found)
    found.delete()


def _own(viewer: Viewer, key: UUID, now: datetime) -> Subscription:
    held = own_subscriptions(viewer).select_for_update()
    found = held.filter(pk=key, expires_at__gt=now).first()
    if found is None:
        raise NotFoundError
    return found


def _too_many(viewer: Viewer, now: datetime) -> list[Problem]:
    if own_subscriptions(viewer).filter(expires_at__gt=now).count() < MOST:
        return []
    message = "En klient har högst {most} prenumerationer. Ta bort en."
    return [Problem("subscription-many", "", message, rules.POLICY, {"most": MOST})]


def _record(name: str, viewer: Viewer, subscription: Subscription) -> None:
    record(
        name,
        actor=viewer.client.actor,
        subjects=[("api_client", viewer.client.id), ("subscription", subscription.pk)],
        after={
            "client": viewer.client.name,
            "target": subscription.target,
            "resource_types": subscription.resource_types.split(),
        },
    )
