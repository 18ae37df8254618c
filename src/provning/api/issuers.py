"""Tokens that others issue: signed by a key in the issuer's published key set."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
import urllib3
from django.conf import settings

from provning.outbound import (
    Limits,
    NotAllowedTargetError,
    RefusedAnswerError,
    TooLargeError,
    checked,
    fetched,
    host_as_written,
)

ASYMMETRIC = frozenset({"ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "EdDSA"})
LEEWAY_SECONDS = 30
KEYS_HOLD_SECONDS = 300
FETCH_SECONDS = 5
MOST_READ = 1_000_000
NOT_FETCHED = (
    NotAllowedTargetError,
    RefusedAnswerError,
    TooLargeError,
    TimeoutError,
    urllib3.exceptions.HTTPError,
    ValueError,
)


class IssuersUnreadableError(Exception):
    """The file that `PROVNING_TOKEN_ISSUERS` names cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Somebody whose tokens are believed: where the keys are, and what a token has to say.

    `identity_claim` holds the name that a client is registered under (`ApiClient.subject`).
    `access_type` and `location` ask for an entry of the claim `requested_access`, as Skolverket's
    client sends it; empty asks for nothing.
    """

    name: str
    issuer: str
    keys: str
    algorithms: tuple[str, ...]
    audience: str
    identity_claim: str
    access_type: str
    location: str


def subject_of(token: str) -> tuple[str, str] | None:
    """Return the issuer's name and what it calls the client; None when the token is not valid."""
    for issuer in _issuers():
        claims = _claims(issuer, token)
        subject = claims.get(issuer.identity_claim) if claims else None
        if claims and isinstance(subject, str) and subject and _gives_access(issuer, claims):
            return issuer.name, subject
    return None


def looks_external(token: str) -> bool:
    """Say whether a token has the three parts of a signed one; ours has none."""
    return token.count(".") == 2  # noqa: PLR2004 # header, claims, signature


def _claims(issuer: Issuer, token: str) -> dict[str, Any] | None:
    try:
        key = _key(issuer.keys, token)
        options = {"require": ["exp"], "verify_aud": bool(issuer.audience)}
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=list(issuer.algorithms),
            audience=issuer.audience or None,
            issuer=issuer.issuer or None,
            leeway=LEEWAY_SECONDS,
            options=options,  # type: ignore[arg-type] # the stub asks for a TypedDict of its own
        )
    except jwt.PyJWTError:
        return None
    return claims


def _gives_access(issuer: Issuer, claims: Mapping[str, Any]) -> bool:
    if not issuer.access_type:
        return True
    entries = claims.get("requested_access")
    return isinstance(entries, list) and any(
        isinstance(entry, dict)
        and entry.get("type") == issuer.access_type
        and (not issuer.location or issuer.location in (entry.get("locations") or ()))
        for entry in entries
    )


def _key(keys: str, token: str) -> jwt.PyJWK:
    """Return the key a token names; raises `jwt.PyJWTError` when there is none."""
    if keys.startswith(("https://", "http://")):
        return _client(keys).get_signing_key_from_jwt(token)
    kid = jwt.get_unverified_header(token).get("kid")
    known = jwt.PyJWKSet.from_json(Path(keys).read_text("utf-8"))
    for key in known.keys:
        if key.key_id == kid:
            return key
    raise jwt.PyJWKSetError("no such key")


class _KeySet(jwt.PyJWKClient):
    """A key set at an address that may be called, read as little and as long as needed.

    The library's own reading follows redirects, to whatever address.
    """

    def fetch_data(self) -> Any:
        """Return the key set; raises `jwt.PyJWTError` when it cannot be had."""
        try:
            place = checked(self.uri, anywhere=host_as_written(self.uri) in settings.FEED_HOSTS)
            found = json.loads(b"".join(fetched(place, Limits(MOST_READ, FETCH_SECONDS), {})))
        except NOT_FETCHED as error:
            raise jwt.PyJWKClientConnectionError(type(error).__name__) from error
        if self.jwk_set_cache is not None:
            self.jwk_set_cache.put(found)
        return found


@lru_cache
def _client(url: str) -> jwt.PyJWKClient:
    return _KeySet(url, lifespan=KEYS_HOLD_SECONDS)


def _issuers() -> tuple[Issuer, ...]:
    path: str = settings.TOKEN_ISSUERS
    return read_issuers(path, Path(path).stat().st_mtime_ns) if path else ()


@lru_cache(maxsize=8)
def read_issuers(path: str, _changed: int = 0) -> tuple[Issuer, ...]:
    """Return the issuers of a file; raises `IssuersUnreadableError`."""
    try:
        entries = json.loads(Path(path).read_text("utf-8"))
        return tuple(_issuer(entry) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}: {type(error).__name__}: {error}"
        raise IssuersUnreadableError(message) from error


def _issuer(entry: Mapping[str, Any]) -> Issuer:
    algorithms = tuple(entry.get("algorithms", ("ES256",)))
    if not algorithms or not set(algorithms) <= ASYMMETRIC:
        raise ValueError(f"algorithms: {sorted(ASYMMETRIC)}")
    return Issuer(
        entry["name"],
        entry.get("issuer", ""),
        entry["keys"],
        algorithms,
        entry.get("audience", ""),
        entry.get("identity_claim", "sub"),
        entry.get("access_type", ""),
        entry.get("location", ""),
    )
