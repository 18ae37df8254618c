"""Reading subscriptions and what clients have reported; resources are read by the `engine`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from provning.kernel.problems import NotFoundError
from provning.publishing.models import Subscription
from provning.publishing.policies import own_subscriptions
from provning.publishing.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """One subscription as its client meets it."""

    id: UUID
    name: str
    target: str
    resource_types: tuple[str, ...]
    expires_at: datetime


def subscriptions_of(
    viewer: Viewer, now: datetime, after: UUID | None, limit: int
) -> list[SubscriptionRow]:
    """Return the client's subscriptions that hold, by id, from after an id; one query."""
    found = own_subscriptions(viewer).filter(expires_at__gt=now).order_by("pk")
    rest = found.filter(pk__gt=after) if after else found
    return [subscription_row(each) for each in rest[:limit]]


def subscription_of(viewer: Viewer, key: UUID, now: datetime) -> SubscriptionRow:
    """Return one of the client's own; raises `NotFoundError`."""
    found = own_subscriptions(viewer).filter(pk=key, expires_at__gt=now).first()
    if found is None:
        raise NotFoundError
    return subscription_row(found)


def subscription_row(subscription: Subscription) -> SubscriptionRow:
    """Return a subscription as its client meets it."""
    return SubscriptionRow(
        subscription.pk,
        subscription.name,
        subscription.target,
        tuple(subscription.resource_types.split()),
        subscription.expires_at,
    )
