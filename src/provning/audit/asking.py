"""Asking the same again with other values: for the few questions that stand before every page.

Django words a question anew each time it is asked, which takes ten times as long as the database
takes to answer it. Here it is worded once, and only its values are sent again.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from provning.audit.inserting import stored

P = ParamSpec("P")
Rows = list[tuple[Any, ...]]
BY_PLACE = "what is worded once is asked with its arguments in their places"
# What stands for the value at a place while a question is worded; nobody asks for any of these.
MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=place + 1),
    date: lambda place: date(1, 1, place + 1),
    datetime: lambda place: datetime(1901, 1, 1, second=place, tzinfo=UTC),
    str: lambda place: f"\N{WHITE SQUARE}{place}",
}


def worded_once(build: Callable[P, QuerySet[Any, Any]]) -> Callable[P, Rows]:
    """Turn a function that builds a question into one that answers it with rows of its columns.

    `build` returns a `values_list`. Arguments that are ids, days, moments or texts are values and
    may be anything each time; every other argument shapes the question, which is worded once for
    each of them. Raises `TypeError` for arguments by keyword, and when a value is not sent as it is
    given.
    """
    put: Callable[..., QuerySet[Any, Any]] = build
    worded: dict[tuple[Any, ...], Question] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> Rows:
        if kwargs:
            raise TypeError(BY_PLACE)
        shape = (connection.vendor, *(type(x) if type(x) in MARKS else x for x in args))
        if shape not in worded:
            marked = [MARKS[type(x)](n) if type(x) in MARKS else x for n, x in enumerate(args)]
            worded[shape] = Question(put(*marked), marked)
        return worded[shape].answer(args)

    return ask


class Question:
    """A question in the words of the database, with the places where its values stand."""

    def __init__(self, asked: QuerySet[Model, Any], marked: list[Any]) -> None:
        """Word the question, and find the mark of each value."""
        compiler = asked.query.get_compiler(connection=connection)
        marks = {stored(x): n for n, x in enumerate(marked) if type(x) in MARKS}
        try:
            self._words, values = compiler.as_sql()
        except EmptyResultSet:  # Asked for nothing: there is nothing to send.
            self._words, self._values, self._read = "", [], []
            return
        self._values = [(marks.get(value), value) for value in values]
        lost = set(marks.values()).difference(place for place, _value in self._values)
        if lost:
            message = f"values {sorted(lost)} are not sent as they are given"
            raise TypeError(message)
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._read = [(place, *each) for place, each in compiler.get_converters(columns).items()]

    def answer(self, args: tuple[Any, ...]) -> Rows:
        """Return the rows for these values, each value as its column means it."""
        if not self._words:
            return []
        sent = [value if place is None else stored(args[place]) for place, value in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._words, sent)
            rows: Rows = cursor.fetchall()
        return [self._meant(row) for row in rows] if self._read else rows

    def _meant(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, readers, column in self._read:
            for read in readers:
                values[place] = read(values[place], column, connection)
        return tuple(values)
