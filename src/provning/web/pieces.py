"""Small values that components show: built by views, so that templates hold no logic."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: how many, what, why and by when, and one action.

    `state` is a status code (open, soon, late); give `primary` to the worst one only.
    """

    count: int
    title: str
    text: str
    state: str = "open"
    url: str = ""
    action: str = ""
    primary: bool = False
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One sentence of a history: when, who did what, why; `turn` marks what changed a decision."""

    when: datetime | date
    text: str
    why: str = ""
    turn: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that remains or is done before a step: its state in code and word, and for whom."""

    state: str
    word: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of an object; tabs are links."""

    label: str
    url: str
    current: bool = False
    count: str | int = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a combobox; with `why_not` it is shown but cannot be chosen."""

    key: str
    text: str
    note: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, and the address without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name being built: its text, where it comes from, and how sure it is.

    `state` is "fixed" for the prefix, "missing" for what has not been chosen, "" otherwise.
    """

    text: str
    origin: str
    state: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a confirm page asks: the question as title, the answer as button, and what follows."""

    question: str
    answer: str
    consequences: tuple[str, ...] = ()
    url: str = ""
    back_url: str = ""
    back_text: str = ""
    danger: bool = True
    fields: dict[str, str] = field(default_factory=dict)
