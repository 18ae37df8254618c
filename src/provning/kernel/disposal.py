"""What may be disposed of, as every room tells of it: without personal data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Disposable:
    """One thing whose time has come: its key, what it is in Swedish, and the day it counts from."""

    key: str
    text: str
    day: date
