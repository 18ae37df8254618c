"""Whose subscriptions are whose: a client reaches its own alone."""

from django.db.models import QuerySet

from provning.publishing.models import Subscription
from provning.publishing.viewer import Viewer


def own_subscriptions(viewer: Viewer) -> QuerySet[Subscription]:
    """Return the subscriptions of the client."""
    return Subscription.objects.filter(client=viewer.client.id)
