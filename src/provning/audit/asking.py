"""Asking the same again with other values: for the questions that nearly every page asks.

Django words a question anew each time it is asked, which takes ten times as long as the database
takes to answer it. Here it is worded once, and only its values are sent again.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable

from provning.audit.inserting import stored
from provning.kernel.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")
BY_PLACE = "what is worded once is asked with its arguments in their places"
NOT_AS_GIVEN = "a value is not sent as it is given: the question is worded anew each time"
FIRST_MARKS = (0, 100_000)
# More shapes than any installation has roles; beyond them everything is worded anew.
MOST_SHAPES = 500
# A question with more ids than these costs more to answer than to word, and would be kept for each
# number of them.
MOST_PLACES = 600
# What stands for the value at a place while a question is worded; nobody asks for any of these.
MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=place + 1),
    date: lambda place: date.fromordinal(place + 1),
    datetime: lambda place: datetime(1901, 1, 1, tzinfo=UTC) + timedelta(seconds=place),
    # With what anything that changes a text would change.
    str: lambda place: f" \N{WHITE SQUARE}aÅ-{place} ",
}


def worded_once(build: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Turn a function that builds a question into one that answers it with a list.

    Ids, days, moments and texts, also those of an actor, are values that may be anything each time,
    and `build` looks at none of them. Every other argument, and an actor's rights, shape the
    question, which is worded once for each shape. Annotations stand last in a `values_list`.
    Raises `TypeError` for arguments by keyword. Where a value is not sent as it is given, what is
    made of it would be kept for everybody: that shape is worded anew each time, with a warning.
    """
    put: Callable[..., QuerySet[Any, R]] = build
    worded: dict[tuple[Any, ...], Question[R]] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        if kwargs:
            raise TypeError(BY_PLACE)
        if len(args) > MOST_PLACES:
            return list(put(*args))
        shape = (connection.vendor, *(_shape(each) for each in args))
        question = worded.get(shape)
        if question is None:
            if len(worded) >= MOST_SHAPES:
                worded.clear()
            question = worded[shape] = Question(put, args)
        return question.answer(_values(args)) if question.is_steady else list(put(*args))

    return ask


def evened(ids: Iterable[UUID]) -> list[UUID]:
    """Return ids, the last again and again up to a power of two: few lengths, few questions."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) < MOST_SHAPES:
        wanted += wanted[-1:] * ((1 << (len(wanted) - 1).bit_length()) - len(wanted))
    return wanted


def _shape(value: Any) -> Any:
    """Return what of an argument shapes the question: all but its values."""
    if type(value) in MARKS:
        return type(value)
    if not isinstance(value, Actor):
        return value
    grants = tuple(
        (each.role, each.scope.kind, each.scope.id is None, each.permissions)
        for each in value.grants
    )
    opened = None if value.opened is None else len(value.opened)
    return (Actor, value.role, grants, value.person_id is None, opened)


def _values(args: Iterable[Any]) -> list[Any]:
    """Return the values of the arguments, one after another."""
    found: list[Any] = []
    for each in args:
        if type(each) in MARKS:
            found.append(each)
        elif isinstance(each, Actor):
            ids = (grant.scope.id for grant in each.grants)
            own = (each.id, each.name, each.person_id, *ids, *(each.opened or ()))
            found += [value for value in own if value is not None]
    return found


def _marked(value: Any, places: Iterator[int]) -> Any:
    """Return an argument with a mark in the place of each of its values, in their order."""
    if value is None:
        return None
    if type(value) in MARKS:
        return MARKS[type(value)](next(places))
    if not isinstance(value, Actor):
        return value
    actor = replace(value, id=_marked("", places), name=_marked("", places))
    actor = replace(actor, person_id=_marked(value.person_id, places))
    scopes = [replace(each.scope, id=_marked(each.scope.id, places)) for each in value.grants]
    grants = tuple(
        replace(grant, scope=scope, delegated_by="")
        for grant, scope in zip(value.grants, scopes, strict=True)
    )
    opened = None
    if value.opened is not None:
        opened = frozenset(_marked(each, places) for each in value.opened)
    return replace(actor, grants=grants, opened=opened)


class Wording(Generic[R]):
    """A question as Django words it with marks for values: the words, and what is sent with them.

    `values` are pairs: the place whose value is sent, None for what is always the same, and that.
    """

    def __init__(self, put: Callable[..., QuerySet[Any, R]], args: Any, first: int) -> None:
        """Ask with marks counted from `first`; words are "" for a question that asks nothing."""
        places = count(first)
        marked = [_marked(each, places) for each in args]
        self.asked = put(*marked)
        self.compiler = self.asked.query.get_compiler(connection=connection)
        try:
            self.words, values = self.compiler.as_sql()
        except EmptyResultSet:
            self.words, values = "", ()
        place_of = {stored(mark): place for place, mark in enumerate(_values(marked))}
        self.values = [(place_of.get(value), value) for value in values]

    @property
    def always(self) -> tuple[str, list[tuple[bool, Any]]]:
        """Return what is the same whatever the values are: the words, and what is no place."""
        kept = [(place is None, value if place is None else None) for place, value in self.values]
        return self.words, kept


class Question(Generic[R]):
    """A question in the words of the database, with the places where its values stand."""

    def __init__(self, put: Callable[..., QuerySet[Any, R]], args: Any) -> None:
        """Word the question twice, with other marks: it is steady when only the marks differ."""
        self._worded, other = (Wording(put, args, first) for first in FIRST_MARKS)
        self.is_steady = self._worded.always == other.always
        if not self.is_steady:
            warnings.warn(NOT_AS_GIVEN, RuntimeWarning, stacklevel=4)
        compiler = self._worded.compiler
        in_columns = self._worded.asked._iterable_class is ValuesListIterable  # noqa: SLF001 # no public word says that rows are asked for
        self._gives_columns = in_columns and not (self._worded.words and compiler.has_extra_select)
        columns = [column for column, *_ in (compiler.select or ())[: compiler.col_count]]
        readers = compiler.get_converters(columns)
        self._read = [(place, *each) for place, each in readers.items()]

    def answer(self, given: list[Any]) -> list[R]:
        """Return what the question gives for these values, as Django makes it from the answer."""
        words, values = self._worded.words, self._worded.values
        if not words:
            return []
        sent = [value if place is None else stored(given[place]) for place, value in values]
        if self._gives_columns:
            return self._columns(sent)
        worded = copy(self._worded.compiler)
        worded.as_sql = lambda *_args, **_kwargs: (words, sent)
        asked = self._worded.asked.all()
        # Django makes models of an answer only by way of the question's own compiler.
        asked.query.get_compiler = lambda *_args, **_kwargs: worded  # type: ignore[method-assign] # for this copy alone
        return list(asked)

    def _columns(self, sent: list[Any]) -> list[Any]:
        """Return the rows of columns, each value as its column means it."""
        with connection.cursor() as cursor:
            cursor.execute(self._worded.words, sent)
            rows = cursor.fetchall()
        return [self._meant(row) for row in rows] if self._read else rows

    def _meant(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, readers, column in self._read:
            for read in readers:
                values[place] = read(values[place], column, connection)
        return tuple(values)
