"""Calls to subscribers: only to public addresses, the checked one, once, signed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import urllib3
from django.conf import settings

from provning.outbound import NotAllowedTargetError, Target, checked, pool_of
from provning.publishing.signing_key import sign

SECONDS = 10
ACCEPTED = range(200, 300)
MOST_READ = 1000
HOLDS_SECONDS = 300


def call(target: str, subscription: str, body: Mapping[str, Any], now: datetime) -> str:
    """Tell a subscriber, and return "" when it was taken, else what went wrong in few words."""
    try:
        place = checked(target, anywhere=settings.WEBHOOKS_ANYWHERE)
        return _answered(place, target, subscription, body, now)
    except NotAllowedTargetError as error:
        return f"target: {error}"
    except urllib3.exceptions.HTTPError as error:
        return type(error).__name__


def _answered(
    place: Target, target: str, subscription: str, body: Mapping[str, Any], now: datetime
) -> str:
    content = json.dumps(body, ensure_ascii=False).encode()
    claims = {
        "aud": target,
        "sub": subscription,
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + HOLDS_SECONDS,
        "body_sha256": hashlib.sha256(content).hexdigest(),
    }
    headers = {
        "Content-Type": "application/json",
        "Host": place.host_header,
        "Authorization": f"Bearer {sign(claims)}",
        "User-Agent": "provning",
    }
    with pool_of(place, SECONDS) as pool:
        answer = pool.request(
            "POST", place.path, body=content, headers=headers, redirect=False, preload_content=False
        )
        answer.read(MOST_READ)
        answer.close()
    return "" if answer.status in ACCEPTED else f"HTTP {answer.status}"
