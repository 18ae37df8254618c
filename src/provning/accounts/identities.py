"""What an identity provider says of a person, read strictly: who it is, and how surely."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from provning.kernel.identity import NumberKind, parse_identity_number
from provning.kernel.problems import ProblemsFoundError

EPPN: Final = re.compile(r"([^\s@]{1,100})@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


class IdentityKind(StrEnum):
    """By what a person is known at a provider; an e-mail address is never one."""

    EPPN = "eppn"
    NUMBER = "personal_number"


@dataclass(frozen=True, slots=True)
class Identity:
    """One name of a person at a provider, in the one form it is stored and compared in."""

    kind: IdentityKind
    value: str


def read_identity(
    kind: IdentityKind, text: str, *, scopes: Iterable[str] = (), today: date
) -> Identity | None:
    """Return the identity in its one form, None when it is none or outside the provider's scopes.

    An EPPN is compared without regard to case; `scopes` are what may stand after its @ (SAML
    shibmd:Scope). One with signs that stand for letters (ſ for s, kelvin's sign for k) is none: it
    would be taken for somebody else's. A number is a personnummer or samordningsnummer that
    exists, as twelve digits.
    """
    text = text.strip()
    if kind is IdentityKind.EPPN:
        found = EPPN.fullmatch(text.lower())
        if unicodedata.normalize("NFKC", text) != text:
            return None
        return Identity(kind, found[0]) if found and found[2] in set(scopes) else None
    return _number(text, today)


def masked(kind: str, value: str) -> str:
    """Return the identity as it may be shown: a number without its last four digits."""
    return value if kind == IdentityKind.EPPN else f"{value[:8]}-****"


def level_of(said: Iterable[str], levels: Mapping[str, int]) -> int:
    """Return the assurance level of what was said of a sign-in; what is unknown or unsaid is 1.

    Of several the least: they speak of different times that somebody showed who they were.
    `levels` is the provider's configuration: acr value or AuthnContextClassRef to 1, 2 or 3.
    """
    return min((levels.get(each, 1) for each in said), default=1)


def _number(text: str, today: date) -> Identity | None:
    try:
        number = parse_identity_number(text, today=today)
    except ProblemsFoundError:
        return None
    if number.kind is NumberKind.TEMPORARY:
        return None
    return Identity(IdentityKind.NUMBER, number.normal)
