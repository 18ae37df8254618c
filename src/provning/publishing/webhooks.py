"""Calls to subscribers: only to public addresses, the checked one, once, signed."""

import hashlib
import ipaddress
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings

from provning.publishing.signing_key import sign

SECONDS = 10
SCHEMES = {"https": 443, "http": 80}
ACCEPTED = range(200, 300)
MOST_READ = 1000
HOLDS_SECONDS = 300
# Addresses that a gateway turns into older ones, which may be ours (RFC 6052, 8215).
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class NotAllowedTargetError(ValueError):
    """The address must not be called: it leads into our own network, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that has been checked: the host as written, and the one address to call."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def checked(target: str) -> Target:
    """Return the address to call; raises `NotAllowedTargetError`, also when one of several is ours.

    The name is looked up once, and the very address that was checked is the one that is called.
    """
    try:
        parts = urlsplit(target)
        port = parts.port or SCHEMES[parts.scheme]
        host = parts.hostname or ""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (KeyError, ValueError, OSError) as error:
        raise NotAllowedTargetError(f"{type(error).__name__}") from error
    addresses = [str(each[4][0]) for each in found]
    if parts.scheme != "https" and not settings.WEBHOOKS_ANYWHERE:
        raise NotAllowedTargetError("not https")
    if not addresses or not all(map(_is_allowed, addresses)):
        raise NotAllowedTargetError("not a public address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def call(target: str, subscription: str, body: Mapping[str, Any], now: datetime) -> str:
    """Tell a subscriber, and return "" when it was taken, else what went wrong in few words."""
    try:
        place = checked(target)
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
        "Host": place.host if place.port in SCHEMES.values() else f"{place.host}:{place.port}",
        "Authorization": f"Bearer {sign(claims)}",
        "User-Agent": "provning",
    }
    with _pool(place) as pool:
        answer = pool.request(
            "POST", place.path, body=content, headers=headers, redirect=False, preload_content=False
        )
        answer.read(MOST_READ)
        answer.close()
    return "" if answer.status in ACCEPTED else f"HTTP {answer.status}"


def _pool(place: Target) -> urllib3.HTTPConnectionPool:
    """Return a connection to the checked address, under the host's own name and certificate."""
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(place.address, place.port, timeout=SECONDS, retries=False)
    return urllib3.HTTPSConnectionPool(
        place.address,
        place.port,
        timeout=SECONDS,
        retries=False,
        server_hostname=place.host,
        assert_hostname=place.host,
    )


def _is_allowed(address: str) -> bool:
    if settings.WEBHOOKS_ANYWHERE:
        return True
    found = ipaddress.ip_address(address.partition("%")[0])
    if any(found in network for network in TRANSLATED if network.version == found.version):
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)
