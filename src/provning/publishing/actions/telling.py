"""Subscribers are told that something has changed; what, they come and fetch."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.clients.models import ApiClient
from provning.publishing.models import Stamp, Subscription, Tombstone
from provning.publishing.resources import RESOURCES
from provning.publishing.webhooks import call

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long until the next try, after each failure; the last goes on until the subscription ends."""
NAMES = {each.entity: each.stamped_as for each in RESOURCES}
Call = Callable[[str, str, Mapping[str, Any], datetime], str]


def tell_subscribers(*, now: datetime, send: Call = call) -> int:
    """Call every subscriber for whom something has changed since the last call; returns how many.

    The order of two calls is not promised; what failed is tried again later with all that has
    changed since, so that nothing is lost and nothing piles up.
    """
    stopped = ApiClient.objects.filter(
        Q(revoked_at__isnull=False) | Q(expires_on__lt=now.date())
    ).values("pk")
    due = Subscription.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now), expires_at__gt=now
    ).exclude(client__in=stopped)
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    return sum(_tell(key, now, send) for key in keys)


@transaction.atomic
def clear_finished_calls(*, task_path: str) -> int:
    """Remove what the job has left of its earlier runs, of which there are many a day."""
    done = DBTaskResult.objects.filter(task_path=task_path, status=TaskResultStatus.SUCCESSFUL)
    count, _by_model = done.delete()
    return count


def _tell(key: UUID, now: datetime, send: Call) -> bool:
    """Call one subscriber when there is anything to tell, outside any transaction."""
    subscription = Subscription.objects.filter(pk=key).first()
    if subscription is None:
        return False
    body, latest = _news(subscription)
    if latest is None:
        return False
    fault = send(subscription.target, str(subscription.pk), body, now)
    _keep(key, latest, fault, now)
    return True


def _news(subscription: Subscription) -> tuple[dict[str, Any], datetime | None]:
    """Return what has changed since the last call, and the moment up to which that is so."""
    wanted = {NAMES[each]: each for each in subscription.resource_types.split() if each in NAMES}
    after = subscription.told_to
    changed = Stamp.objects.filter(resource__in=wanted, modified__gt=after)
    gone = Tombstone.objects.filter(resource__in=wanted, deleted__gt=after)
    latest = dict(changed.order_by().values_list("resource").annotate(latest=Max("modified")))
    buried = gone.aggregate(latest=Max("deleted"))["latest"]
    moments = [moment for moment in (*latest.values(), buried) if moment]
    names = [entity for resource, entity in wanted.items() if resource in latest]
    body = {"modifiedEntites": names, "deletedEntities": buried is not None}
    return body, max(moments, default=None)


@transaction.atomic
def _keep(key: UUID, latest: datetime, fault: str, now: datetime) -> None:
    """Remember how the call went."""
    subscription = Subscription.objects.select_for_update().filter(pk=key).first()
    if subscription is None:
        return
    subscription.last_answer = fault[:200]
    if fault:
        wait = WAITS[min(subscription.attempts, len(WAITS) - 1)]
        subscription.attempts = min(subscription.attempts + 1, 1000)
        subscription.next_try_at = now + wait
    else:
        subscription.attempts, subscription.next_try_at = 0, None
        subscription.told_to = max(latest, subscription.told_to)
    subscription.save()
