"""Calls out of the installation: where they may go, and no further than they may go."""

from provning.outbound.fetching import Limits, RefusedAnswerError, TooLargeError, fetched
from provning.outbound.targets import (
    NotAllowedTargetError,
    Target,
    checked,
    host_as_written,
    pool_of,
)

__all__ = [
    "Limits",
    "NotAllowedTargetError",
    "RefusedAnswerError",
    "Target",
    "TooLargeError",
    "checked",
    "fetched",
    "host_as_written",
    "pool_of",
]
