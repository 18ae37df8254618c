"""Grades fetched from another system's address, as the file that it would have been."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import urllib3
from django.conf import settings

from provning.feeds import fetch_rules
from provning.kernel.problems import ProblemsFoundError
from provning.outbound import (
    Limits,
    NotAllowedTargetError,
    RefusedAnswerError,
    Target,
    TooLargeError,
    checked,
    fetched,
    host_as_written,
)

SECONDS = 120
# A refused connection is a ConnectTimeoutError too in urllib3's classes; nobody waited for it.
TIMEOUTS = (TimeoutError, urllib3.exceptions.ReadTimeoutError)


@dataclass(frozen=True, slots=True)
class Fetch:
    """What is being fetched: a name for the file, without question and password; its pieces."""

    file_name: str
    pieces: Iterator[bytes]


def fetch(address: str, most: int, *, field: str, seconds: float = SECONDS) -> Fetch:
    """Return what an address answers, at most so many bytes; `field` is where the problems stand.

    Only public addresses with TLS, and the hosts that `PROVNING_FEED_HOSTS` names. A redirect is
    refused. Raises `ProblemsFoundError`, as the pieces do while they are read.
    """
    try:
        place = checked(address, anywhere=host_as_written(address) in settings.FEED_HOSTS)
    except NotAllowedTargetError as error:
        raise ProblemsFoundError([fetch_rules.address_refused(field)]) from error
    name = f"{place.host_header}{place.path.partition('?')[0]}"
    pieces = _pieces(place, Limits(most, seconds), _password(address), field)
    return Fetch(name, pieces)


def _password(address: str) -> dict[str, str]:
    """Return the header of the user and password that an address holds, if it does."""
    parts = urlsplit(address)
    if not parts.username:
        return {}
    both = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return urllib3.make_headers(basic_auth=both)


def _pieces(place: Target, limits: Limits, headers: dict[str, str], field: str) -> Iterator[bytes]:
    """Give the pieces; what goes wrong is said so that somebody can do something about it."""
    try:
        yield from fetched(place, limits, headers)
    except RefusedAnswerError as error:
        raise ProblemsFoundError([fetch_rules.answer_refused(error.status, field)]) from error
    except TooLargeError as error:
        raise ProblemsFoundError([fetch_rules.too_large(limits.most, field)]) from error
    except (TimeoutError, urllib3.exceptions.HTTPError) as error:
        if isinstance(error, TIMEOUTS):
            raise ProblemsFoundError([fetch_rules.too_slow(field)]) from error
        raise ProblemsFoundError([fetch_rules.unreachable(place.host, field)]) from error
