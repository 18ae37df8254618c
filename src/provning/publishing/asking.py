"""What a call asks for, read from the words of its address; and what cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from provning.publishing.moments import read_day, read_moment

MOST_ROWS = 1000
TRUE, FALSE = {"true", "1"}, {"false", "0", ""}
Words = Mapping[str, Sequence[str]]


class AskedWronglyError(ValueError):
    """A filter, id or token cannot be used; the message says which and what to send."""


class TokenExpiredError(AskedWronglyError):
    """A page token was good once, and is no longer."""


Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One word that a call may send: how its values are read, and whether it may have several."""

    read: Reader
    many: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A call's question: filters by name, order, and what is to come along.

    `words` are the raw values that filtered, for the page token; `limit` and the token are not
    part of them.
    """

    values: Mapping[str, Any]
    sortkey: str = ""
    expand: frozenset[str] = frozenset()
    names: bool = False
    limit: int = MOST_ROWS
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


COMMON_WORDS = ("sortkey", "expand", "expandReferenceNames")


def read_uuid(text: str) -> UUID:
    """Read an id; raises `AskedWronglyError`."""
    try:
        return UUID(text.strip())
    except ValueError as error:
        raise AskedWronglyError(f"{text!r} är inget id.") from error


def read_text(text: str) -> str:
    """Take a text as it is; raises `AskedWronglyError` for what no database stores."""
    if "\x00" in text:
        raise AskedWronglyError("Texten har ett nolltecken.")
    return text


def read_a_day(text: str) -> Any:
    """Read a day; raises `AskedWronglyError`."""
    day = read_day(text)
    if day is None:
        raise AskedWronglyError(f"{text!r} är ingen dag. Skriv den som 2026-11-24.")
    return day


def read_a_moment(text: str) -> Any:
    """Read a moment; raises `AskedWronglyError`."""
    moment = read_moment(text)
    if moment is None:
        message = f"{text!r} är ingen tidpunkt. Skriv den som 2026-11-24T10:30:00+01:00."
        raise AskedWronglyError(message)
    return moment


def one_of(*choices: str) -> Reader:
    """Return a reader of one of the choices."""

    def read(text: str) -> str:
        if text not in choices:
            raise AskedWronglyError(f"{text!r} finns inte. Välj bland: {', '.join(choices)}.")
        return text

    return read


def question_of(
    words: Words, parameters: Mapping[str, Parameter], sortkeys: Sequence[str]
) -> Question:
    """Read a question; words that nobody has heard of say nothing. Raises `AskedWronglyError`."""
    values = {
        name: _value(name, words[name], parameter)
        for name, parameter in parameters.items()
        if words.get(name)
    }
    kept = {name: list(words[name]) for name in (*parameters, *COMMON_WORDS) if words.get(name)}
    return Question(
        values,
        _sortkey(words, sortkeys),
        frozenset(words.get("expand", ())),
        names=_truth(words, "expandReferenceNames"),
        limit=read_limit(words),
        words=kept,
    )


def read_limit(words: Words) -> int:
    """Return how many rows are wanted, never more than we give; raises `AskedWronglyError`."""
    text = _last(words, "limit")
    if not text:
        return MOST_ROWS
    if not text.isascii() or not text.isdigit() or not text.strip("0"):
        raise AskedWronglyError("limit ska vara ett heltal från 1.")
    return min(int(text[-9:]) if len(text.lstrip("0")) <= 9 else MOST_ROWS, MOST_ROWS)  # noqa: PLR2004 # digits of a number that fits anywhere


def _value(name: str, texts: Sequence[str], parameter: Parameter) -> Any:
    try:
        read = [parameter.read(text) for text in texts]
    except AskedWronglyError as error:
        raise AskedWronglyError(f"{name}: {error}") from error
    return read if parameter.many else read[-1]


def _sortkey(words: Words, sortkeys: Sequence[str]) -> str:
    asked = _last(words, "sortkey")
    if asked and asked not in sortkeys:
        raise AskedWronglyError(f"sortkey: {asked!r} finns inte. Välj bland {', '.join(sortkeys)}.")
    return asked


def _truth(words: Words, name: str) -> bool:
    text = _last(words, name).lower()
    if text not in TRUE | FALSE:
        raise AskedWronglyError(f"{name} ska vara true eller false.")
    return text in TRUE


def _last(words: Words, name: str) -> str:
    texts = words.get(name) or [""]
    return texts[-1]
