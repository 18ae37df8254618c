"""Addresses that others have written: which may be called, and a connection to the checked one."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3

SCHEMES = {"https": 443, "http": 80}
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

    @property
    def host_header(self) -> str:
        """Return the host as a request names it."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return named if self.port == SCHEMES[self.scheme] else f"{named}:{self.port}"


def checked(target: str, *, anywhere: bool = False) -> Target:
    """Return the address to call; raises `NotAllowedTargetError`, also when one of several is ours.

    The name is looked up once, and the very address that was checked is the one that is called.
    `anywhere` lets addresses of the own network through, and calls without TLS.
    """
    try:
        parts = urlsplit(target)
        port = parts.port or SCHEMES[parts.scheme]
        host = parts.hostname or ""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (KeyError, ValueError, OSError) as error:
        raise NotAllowedTargetError(f"{type(error).__name__}") from error
    addresses = [str(each[4][0]) for each in found]
    if parts.scheme != "https" and not anywhere:
        raise NotAllowedTargetError("not https")
    if not addresses or not (anywhere or all(map(_is_public, addresses))):
        raise NotAllowedTargetError("not a public address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def host_as_written(address: str) -> str:
    """Return the host of an address, with its port when one is written; "" for no address."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def pool_of(place: Target, seconds: float) -> urllib3.HTTPConnectionPool:
    """Return a connection to the checked address, under the host's own name and certificate.

    `seconds` is how long each wait may be. Nothing is tried twice.
    """
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(place.address, place.port, timeout=seconds, retries=False)
    return urllib3.HTTPSConnectionPool(
        place.address,
        place.port,
        timeout=seconds,
        retries=False,
        server_hostname=place.host,
        assert_hostname=place.host,
    )


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if any(found in network for network in TRANSLATED if network.version == found.version):
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)
