"""Page tokens: opaque, signed, safe in an address as they are, and good for a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing

from provning.publishing.asking import AskedWronglyError, TokenExpiredError, Words
from provning.publishing.moments import moment_text, read_moment

DAY = 24 * 60 * 60
SALT = "provning.publishing.page"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the last row's sort value, None without a sort key, and its id."""

    value: Any
    key: UUID


def write_token(resource: str, words: Words, place: Place) -> str:
    """Return the token of the page after a place, with the question that it belongs to."""
    content = [resource, {name: list(texts) for name, texts in words.items()}]
    content += [_plain(place.value), place.key.hex]
    return _signer().sign_object(content, compress=True)


def read_token(
    resource: str, token: str, words: Words
) -> tuple[Mapping[str, Sequence[str]], Place]:
    """Return the question and the place of a token.

    `words` are the filters beside it: real clients send the same once more; others are a conflict.
    Raises `AskedWronglyError`, `TokenExpiredError`.
    """
    own, asked, value, key = _content(token)
    if own != resource:
        raise AskedWronglyError("pageToken hör till en annan lista.")
    for name, texts in words.items():
        if list(texts) != asked.get(name):
            raise AskedWronglyError(f"{name} är ett annat än när pageToken gavs.")
    return asked, Place(_value(value), UUID(hex=key))


def _content(token: str) -> tuple[str, dict[str, list[str]], Any, str]:
    try:
        own, asked, value, key = _signer().unsign_object(token.strip(), max_age=DAY)
    except signing.SignatureExpired as error:
        raise TokenExpiredError("pageToken har gått ut. Börja om från första sidan.") from error
    except (signing.BadSignature, ValueError) as error:
        raise AskedWronglyError("pageToken går inte att läsa.") from error
    return own, asked, value, key


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(sep="~", salt=SALT)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": moment_text(value)}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _value(stored: Any) -> Any:
    return read_moment(stored["at"]) if isinstance(stored, dict) else stored
