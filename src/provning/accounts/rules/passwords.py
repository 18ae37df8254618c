"""What makes a password hard to guess; pure but for Django's list of common ones."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from provning.kernel.problems import Problem

POLICY: Final = "Policy"
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
FEWEST_LETTERS: Final = 5
LONG_ENOUGH_TO_TELL: Final = 4
GUESSED: Final = """
sommar sommaren vinter vintern höst hösten vår våren januari februari mars april maj
juni juli augusti september oktober november december måndag tisdag onsdag torsdag
fredag lösenord losenord password passord hejhej hejsan hemligt hemlig välkommen
valkommen sverige stockholm komvux skolan lärare larare rektor betyg prövning provning
"""
WEAK_WORDS: Final = frozenset(GUESSED.split())
"""Words that guessers put years and marks around; a password of them alone is no secret."""


def password_problems(password: str, username: str, own: Iterable[str] = ()) -> list[Problem]:
    """Say why a password is too easy to guess, or too long to hash.

    `own` are the holder's name and e-mail address.
    """
    if len(password) < SHORTEST_PASSWORD:
        message = "Lösenordet har {length} tecken. Välj ett med minst {shortest}."
        params = {"length": len(password), "shortest": SHORTEST_PASSWORD}
        return [Problem("password-short", "password", message, POLICY, params)]
    if len(password) > LONGEST_PASSWORD:
        message = "Lösenordet är längre än {longest} tecken. Välj ett kortare."
        params = {"longest": LONGEST_PASSWORD}
        return [Problem("password-long", "password", message, POLICY, params)]
    if username and username.casefold() in password.casefold():
        message = "Lösenordet innehåller användarnamnet. Välj ett annat."
        return [Problem("password-username", "password", message, POLICY)]
    if _holds_own(password, own):
        message = "Lösenordet innehåller ditt namn eller din e-postadress. Välj ett annat."
        return [Problem("password-own", "password", message, POLICY)]
    if _is_common(password):
        message = "Lösenordet är ett av de vanligaste. Välj ett annat."
        return [Problem("password-common", "password", message, POLICY)]
    return []


def _holds_own(password: str, own: Iterable[str]) -> bool:
    words = {word for text in own for word in re.findall(r"\w+", text.casefold())}
    return any(len(word) >= LONG_ENOUGH_TO_TELL and word in password.casefold() for word in words)


def _is_common(password: str) -> bool:
    if len(set(password.casefold())) < FEWEST_LETTERS:
        return True
    words = re.findall(r"[^\W\d_]+", password.casefold())
    if all(word in WEAK_WORDS for word in words):
        return True
    try:
        _common_passwords().validate(password)
    except ValidationError:
        return True
    return False


@cache
def _common_passwords() -> CommonPasswordValidator:
    """Return Django's list of them, unpacked once: each time it would take 20,000 lines."""
    return CommonPasswordValidator()
