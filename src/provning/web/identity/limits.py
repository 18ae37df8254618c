"""How often somebody may try: counted in the shared cache, per account and per address."""

from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.http import HttpRequest

RATES = {
    "sign_in": "10/15m/key,100/15m/ip",
    "second_step": "10/15m/key,100/15m/ip",
    "confirm": "10/15m/key",
    "reset": "5/60m/key,30/60m/ip",
    "provider": "120/15m/ip",
}


def try_once(request: HttpRequest, what: str, key: str = "") -> RateLimitUsage | None:
    """Count a try; None when there have been too many. `rollback()` takes a successful one back.

    `key` is what the tries are on, an account's name or id: it is hashed before it is kept.
    """
    return consume(request, app="provning", action=what, config=RATES, key=key, limit_get=True)
