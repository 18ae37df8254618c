"""Which calls and tokens have come to their day."""

from datetime import UTC, date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from provning.clients.models import ClientCall, ClientToken
from provning.kernel.disposal import Disposable


def calls_to_dispose(before: date) -> list[Disposable]:
    """Return the calls made before the day, the oldest first; one query."""
    found = old_calls(before).select_related("client").order_by("at", "pk")
    return [
        Disposable(
            str(call.pk),
            f"{call.method} {call.path}",
            timezone.localtime(call.at).date(),
        )
        for call in found
    ]


def tokens_to_dispose(before: date) -> list[Disposable]:
    """Return the tokens that ran out before the day, the oldest first; one query."""
    return [
        Disposable(
            str(token.pk), "Utgången åtkomsttoken", timezone.localtime(token.expires_at).date()
        )
        for token in old_tokens(before).order_by("expires_at", "pk")
    ]


def old_calls(before: date) -> QuerySet[ClientCall]:
    """Return the calls made before the day."""
    return ClientCall.objects.filter(at__lt=_midnight(before))


def old_tokens(before: date) -> QuerySet[ClientToken]:
    """Return the tokens that ran out before the day; one that still holds never is among them."""
    return ClientToken.objects.filter(expires_at__lt=min(_midnight(before), timezone.now()))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())).astimezone(UTC)
