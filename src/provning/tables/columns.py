"""Which column of a file is which: headers recognised by their words, the rest by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from provning.kernel.problems import Problem
from provning.kernel.swedish import search_words
from provning.tables.rows import Row, column_letters

FIELD: Final = "file"
SEARCHED_ROWS: Final = 30
IGNORED: Final = ""
"""What a heading is mapped to by hand when its column shall not be used."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a reader wants: its name in the code, on screen, and in other systems.

    `headings` are compared by their words: case, spaces and signs do not count.
    """

    name: str
    label: str
    headings: tuple[str, ...] = ()
    required: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """Return what a heading that means this column becomes."""
        return frozenset(heading_key(each) for each in (self.name, self.label, *self.headings))


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a file: its place counted from 0 and its text as written."""

    place: int
    text: str

    @property
    def letters(self) -> str:
        """Return what Excel calls the column."""
        return column_letters(self.place)


@dataclass(frozen=True, slots=True)
class Match:
    """How a file's headings were understood.

    `places` tells where each found column stands, `unknown` which headings mean nothing here,
    `missing` which required columns were not found. No problems means that reading can begin.
    """

    header: Row
    places: Mapping[str, int]
    unknown: tuple[Heading, ...] = ()
    missing: tuple[Column, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def text(self, row: Row, name: str) -> str:
        """Return a row's text in a column, "" when the file has no such column."""
        place = self.places.get(name)
        return "" if place is None else row.cell(place)

    def texts(self, row: Row) -> dict[str, str]:
        """Return a row's texts by the columns' names."""
        return {name: row.cell(place) for name, place in self.places.items()}

    def stray(self, row: Row) -> Problem | None:
        """Return the problem of a row with something outside the headings: its cells moved."""
        if not any(row.cells[len(self.header.cells) :]):
            return None
        message = (
            "Rad {row} har fler celler än rubrikraden, så cellerna kan ha hamnat i fel kolumn."
            " Kontrollera om ett skiljetecken står inne i en text."
        )
        return Problem("table-row-wider", FIELD, message, params={"row": row.number})


def heading_key(text: str) -> str:
    """Return the words of a heading run together: "Fr.o.m." and "FROM" are alike."""
    return "".join(search_words(text))


def match_columns(
    header: Row, columns: Sequence[Column], by_hand: Mapping[str, str] | None = None
) -> Match:
    """Find the columns by a header row; `by_hand` goes before what the words say.

    `by_hand` has headings (compared by their words) or column letters as keys, and as values the
    name of a column or `IGNORED`.
    """
    chosen = {heading_key(key): name for key, name in (by_hand or {}).items()}
    taken = {name for each in _headings(header) if (name := _chosen(each, chosen))}
    known = {
        key: column.name for column in columns for key in column.keys if column.name not in taken
    }
    found: dict[str, list[Heading]] = {}
    unknown = []
    for heading in _headings(header):
        name = _chosen(heading, chosen)
        if name is None:
            name = known.get(heading_key(heading.text))
        if name is None:
            unknown.append(heading)
        elif name:
            found.setdefault(name, []).append(heading)
    for column in columns:
        _prefer_label(column, found, unknown)
    missing = tuple(each for each in columns if each.required and each.name not in found)
    return Match(
        header,
        {name: headings[0].place for name, headings in found.items()},
        tuple(sorted(unknown, key=lambda heading: heading.place)),
        missing,
        (*_doubled(found, columns), *map(_missing, missing)),
    )


def find_header(
    rows: Iterable[Row], columns: Sequence[Column], by_hand: Mapping[str, str] | None = None
) -> tuple[Match, Iterator[Row]]:
    """Find the header among the first rows and return it with the rows after it.

    A report often has a title above its table: the row with most known headings is the header, the
    first one when several have as many.
    """
    remaining = iter(rows)
    first = list(islice(remaining, SEARCHED_ROWS))
    matches = [match_columns(row, columns, by_hand) for row in first] or [
        match_columns(Row(1, ()), columns, by_hand)
    ]
    best = max(matches, key=lambda match: len(match.places))
    return best, _after(best.header.number, first, remaining)


def _after(number: int, first: Iterable[Row], remaining: Iterator[Row]) -> Iterator[Row]:
    """Give the rows below the header."""
    yield from (row for row in first if row.number > number)
    yield from remaining


def _headings(header: Row) -> list[Heading]:
    """Return the headings that have a text."""
    return [Heading(place, text) for place, text in enumerate(header.cells) if text]


def _chosen(heading: Heading, by_hand: Mapping[str, str]) -> str | None:
    """Return what a heading was said to be by hand, by its text or its letters."""
    by_text = by_hand.get(heading_key(heading.text))
    return by_hand.get(heading_key(heading.letters)) if by_text is None else by_text


def _prefer_label(column: Column, found: dict[str, list[Heading]], unknown: list[Heading]) -> None:
    """Let the heading that is the column's own label go before those that may mean it too."""
    headings = found.get(column.name, [])
    own = [each for each in headings if heading_key(each.text) == heading_key(column.label)]
    if len(own) == 1 < len(headings):
        found[column.name] = own
        unknown += [each for each in headings if each not in own]


def _doubled(found: Mapping[str, list[Heading]], columns: Iterable[Column]) -> Iterator[Problem]:
    """Refuse two columns that say the same: nobody can know which is right."""
    labels = {column.name: column.label for column in columns}
    for name, headings in found.items():
        if len(headings) > 1:
            message = "Kolumnerna {columns} är båda {label}. Välj för hand vilken som ska användas."
            written = " och ".join(f"{each.letters} ({each.text})" for each in headings)
            params = {"columns": written, "label": labels.get(name, name)}
            yield Problem("table-column-twice", FIELD, message, params=params)


def _missing(column: Column) -> Problem:
    """Ask for a column that cannot be done without."""
    message = "Kolumnen {label} hittades inte. Välj för hand vilken kolumn det är."
    return Problem("table-column-missing", FIELD, message, params={"label": column.label})
