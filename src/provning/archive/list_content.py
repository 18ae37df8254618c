"""Följesedel: what goes with the papers of a delivery, as a frozen snapshot; pure.

Persons in the order of their identity numbers, the oldest first, as archivists ask: every line can
be ticked off. Protected persons stand in a list of their own, behind a cover without names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from provning.archive.papers import FinalPaper
from provning.archive.rules.periods import Period
from provning.catalogues.content import Row, Sheet, Snapshot
from provning.organisation.queries import UnitRow

COORDINATION = 60
DAY_AT = slice(6, 8)


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One catalogue version in the delivery."""

    document_id: str
    version: int
    term: str
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One decision: whose, where, and in which paper; the number is written ÅÅÅÅMMDD-NNNN."""

    number: int
    identity_number: str
    last_name: str
    first_name: str
    term: str
    group: str
    course: str
    document_id: str


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands above the list; `supplementary` says that the period has one before it."""

    document_id: str
    supplementary: bool
    protected: bool
    organiser: str
    provider: str
    unit: str
    unit_code: str
    period: str
    prepared_on: date
    prepared_by: str


@dataclass(frozen=True, slots=True)
class ListContent(Snapshot):
    """One list: its head, the papers it goes with and the decisions that are new in them."""

    WRITTEN_AS: ClassVar = "provning-foljesedel-1"

    head: ListHead
    papers: tuple[ListedPaper, ...]
    rows: tuple[ListedRow, ...]


def list_head(
    unit: UnitRow,
    period: Period,
    document_id: str,
    *,
    supplementary: bool,
    protected: bool,
    today: date,
    by: str,
) -> ListHead:
    """Return the head of a unit's list."""
    return ListHead(
        document_id=document_id,
        supplementary=supplementary,
        protected=protected,
        organiser=unit.organiser_name,
        provider=unit.provider_name,
        unit=unit.name,
        unit_code=unit.code,
        period=period.label,
        prepared_on=today,
        prepared_by=by,
    )


def list_content(
    head: ListHead, papers: Iterable[FinalPaper], delivered: Iterable[FinalPaper]
) -> ListContent:
    """Return the list of a part's papers: every row that no delivered paper has as it stands now.

    A rättelse changes the row of the decision it concerns, so that row is new too.
    """
    chosen = [each for each in papers if each.protected == head.protected]
    before = {_fact(row) for paper in delivered for row in _rows(paper)}
    lines = [
        (paper, sheet, row)
        for paper in chosen
        for sheet in paper.content.sheets
        for row in sheet.rows
        if _fact(row) not in before
    ]
    lines.sort(key=lambda line: _order(*line))
    return ListContent(
        head,
        tuple(_paper(each) for each in chosen),
        tuple(_listed(number, *line) for number, line in enumerate(lines, start=1)),
    )


def _fact(row: Row) -> tuple[object, ...]:
    """Return what makes a row the same as one in an earlier paper: all but its place there."""
    return (row.decision, row.grade, row.grade_date, row.marks, row.remarks)


def _rows(paper: FinalPaper) -> Iterable[Row]:
    return (row for sheet in paper.content.sheets for row in sheet.rows)


def _order(paper: FinalPaper, sheet: Sheet, row: Row) -> tuple[object, ...]:
    """Return a row's place: the oldest person first, then by term, course and decision."""
    return (
        born_key(row.identity_number),
        paper.term,
        sheet.course_code,
        sheet.group_name,
        row.grade_date,
        row.decision,
    )


def born_key(identity_number: str) -> tuple[str, str]:
    """Return what puts numbers in order of birth; a samordningsnummer has its day plus 60."""
    day = int(identity_number[DAY_AT])
    real = f"{day - COORDINATION if day > COORDINATION else day:02d}"
    return (f"{identity_number[:6]}{real}", identity_number)


def _paper(paper: FinalPaper) -> ListedPaper:
    return ListedPaper(
        paper.document_id, paper.version, paper.term.label, paper.pages, paper.sha256
    )


def _listed(number: int, paper: FinalPaper, sheet: Sheet, row: Row) -> ListedRow:
    return ListedRow(
        number=number,
        identity_number=row.identity_number,
        last_name=row.last_name,
        first_name=row.first_name,
        term=paper.term.label,
        group=sheet.group_name,
        course=sheet.course_name,
        document_id=paper.document_id,
    )
