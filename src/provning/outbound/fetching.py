"""Fetching what stands at a checked address: so much, so long, and never from another place."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provning.outbound.targets import Target, pool_of

PIECE = 65_536
FOUND = 200
WAIT_SECONDS = 15


class RefusedAnswerError(Exception):
    """The other side answered with another status than 200; a redirect is never followed."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(status)
        self.status = status


class TooLargeError(Exception):
    """The other side sent more than is read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read, in bytes, and how long it may take altogether, in seconds."""

    most: int
    seconds: float


def fetched(place: Target, limits: Limits, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Give what the address answers, in pieces.

    Raises `RefusedAnswerError`, `TooLargeError`, `TimeoutError`, and `urllib3`'s `HTTPError` when
    the other side cannot be reached or breaks off.
    """
    ends = time.monotonic() + limits.seconds
    sent = {"Host": place.host_header, "User-Agent": "provning", "Accept-Encoding": "identity"}
    with pool_of(place, min(WAIT_SECONDS, limits.seconds)) as pool:
        answer = pool.request(
            "GET", place.path, headers={**sent, **headers}, redirect=False, preload_content=False
        )
        try:
            if answer.status != FOUND:
                raise RefusedAnswerError(answer.status)
            read = 0
            # One read of the socket at a time: a slow sender is found out between any two.
            while piece := answer.read1(PIECE):
                read += len(piece)
                if read > limits.most:
                    raise TooLargeError
                if time.monotonic() > ends:
                    raise TimeoutError
                yield piece
        finally:
            answer.close()
