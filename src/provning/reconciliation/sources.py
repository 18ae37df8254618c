"""The two files as they lie on disk: what kind they are, how their columns were understood."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from provning.courses.register_files import read_register
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import Problem, ProblemsFoundError, refuse_if
from provning.reconciliation.cells import Cells
from provning.reconciliation.grades import grades_of, grades_of_xml
from provning.reconciliation.groups import bare_identifier
from provning.reconciliation.headings import GRADE_COLUMNS, PERSON_COLUMNS, PLACEMENT_COLUMNS
from provning.reconciliation.placements import placements_of
from provning.reconciliation.rows import Fault, Grade, Placement, Side
from provning.tables import Column, Match, Table, find_header, open_table

COLUMNS: Final[Mapping[Side, tuple[Column, ...]]] = {
    Side.PLACEMENTS: PLACEMENT_COLUMNS,
    Side.GRADES: GRADE_COLUMNS,
    Side.PERSONS: PERSON_COLUMNS,
}
XML_STARTS: Final = (b"<?xml", b"<betyg", b"<!doctype xml")
SNIFFED: Final = 512


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has been looked at; a Betyg XML has neither table nor columns.

    `problems` are those of the headings: reading can begin when there are none.
    """

    side: Side
    path: Path
    table: Table | None = None
    match: Match | None = None
    problems: tuple[Problem, ...] = ()


def look_at(path: Path, side: Side, by_hand: Mapping[str, str] | None = None) -> Source:
    """Look at a file's kind and headings; raises `ProblemsFoundError` when it is unreadable.

    `by_hand` says which heading is which column (see `provning.tables.match_columns`).
    """
    if side is Side.GRADES and _is_xml(path):
        return Source(side, path)
    table = open_table(path)
    match, _ = find_header(table.rows(), COLUMNS[side], by_hand)
    return Source(side, path, table, match, tuple(column_problems(match, side)))


def column_problems(match: Match, side: Side) -> Iterator[Problem]:
    """Give what is wrong with a file's headings: reading can begin when there is nothing."""
    yield from match.problems
    yield from _absent(match, side)


def placements_in(source: Source, *, today: date) -> Iterator[Placement | Fault]:
    """Give the placements of a file; raises `ProblemsFoundError` for its headings' problems."""
    refuse_if(source.problems)
    if source.table and source.match:
        header = source.match.header.number
        rows = (row for row in source.table.rows() if row.number > header)
        yield from placements_of(source.match, rows, today=today)


def grades_in(source: Source, *, today: date) -> Iterator[Grade | Fault]:
    """Give the grades of a table or a Betyg XML, as `placements_in` does."""
    refuse_if(source.problems)
    if source.table and source.match:
        header = source.match.header.number
        rows = (row for row in source.table.rows() if row.number > header)
        yield from grades_of(source.match, rows, today=today)
    else:
        with source.path.open("rb") as stream:
            yield from grades_of_xml(stream)


def persons_in(source: Source, *, today: date) -> dict[str, str]:
    """Return the identity number of each identifier; raises `ProblemsFoundError` for any fault."""
    refuse_if(source.problems)
    numbers: dict[str, str] = {}
    faults: list[Problem] = []
    if source.table and source.match:
        for row in source.table.rows():
            if row.number > source.match.header.number:
                cells = Cells(source.side, source.match, row, today)
                number, identifier = cells.number(), bare_identifier(cells.text("person_id"))
                faults += [fault.problem for fault in cells.faults]
                if number and identifier:
                    numbers[identifier] = number
    if faults:
        raise ProblemsFoundError(faults)
    return numbers


@cache
def packaged_scales() -> Mapping[str, ScaleFamily]:
    """Return each course's scale by `course_key`, from the register that comes with the program."""
    courses = read_register().by_key
    return MappingProxyType({key: course.scale_family for key, course in courses.items()})


def _is_xml(path: Path) -> bool:
    """Say whether a file begins as XML; one that cannot be opened is left to the table reader."""
    try:
        with path.open("rb") as file:
            start = file.read(SNIFFED)
    except OSError:
        return False
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(XML_STARTS)


def _absent(match: Match, side: Side) -> Iterator[Problem]:
    """Ask for the columns of which one at least must be there."""
    if side is not Side.PERSONS and not {"person_number", "person_id"} & set(match.places):
        message = (
            "Ingen kolumn säger vem raden gäller. Välj för hand vilken kolumn som är personnummer"
            " eller elev-id."
        )
        yield Problem("reconcile-no-person-column", "file", message)
    if side is Side.PLACEMENTS and not {"first_day", "exam_date"} & set(match.places):
        message = (
            "Ingen kolumn har prövningens datum. Välj för hand vilken kolumn som är fr.o.m. eller"
            " prövningsdatum."
        )
        yield Problem("reconcile-no-date-column", "file", message)
