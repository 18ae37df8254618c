"""Judging a prövning for a file: its line, or why there is none, and what to look at. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from provning.kernel.grade_scales import scale_for
from provning.kernel.identity import IdentityNumber, NumberKind, parse_identity_number
from provning.kernel.terms import Season, Term
from provning.reporting.layout import Column, Layout, RowsOf
from provning.reporting.rules import findings
from provning.reporting.rules.findings import Finding, Severity
from provning.reporting.source import FileFacts, SourceRow
from provning.reporting.writing import CodeKey, Line, line_of

WITHOUT_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class View:
    """What a file is judged by: layout, term, codes and local rules, on the day.

    `columns` are the layout's on the day, read once for many rows.
    `days` is how many days the organiser allows for a grade. `protected_in` says that protected
    persons stand in the file, `trials_in` that prövningar stand there at all.
    """

    layout: Layout
    columns: tuple[Column, ...]
    term: Term
    codes: Mapping[CodeKey, str]
    facts: FileFacts
    today: date
    days: int
    protected_in: bool
    trials_in: bool

    def in_period(self, day: date) -> bool:
        """Say whether the authority counts the day to the term."""
        first, last = self.layout.period(self.term)
        return first <= day <= last


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its line, None when it is not in the file, and what was found in it."""

    row: SourceRow
    line: Line | None
    findings: tuple[Finding, ...]


def judge(row: SourceRow, view: View) -> Judged:
    """Return the row's line and findings; rows of other levels have neither."""
    if view.layout.levels and row.level not in view.layout.levels:
        return Judged(row, None, ())
    number = _read(row)
    left_out = tuple(_left_out(row, number, view))
    found = [
        *left_out,
        *_number(row, number, view),
        *_dates(row, view),
        *_grade(row, view),
        *_group(row),
    ]
    asked = view.layout.rows is RowsOf.PLACEMENTS or row.grade
    if left_out or not asked or not view.in_period(row.exam_date):
        return Judged(row, None, tuple(_only_to_look_at(each) for each in found))
    line = line_of(row, view.columns, view.codes, view.facts)
    return Judged(row, line, (*found, *_columns(row, view, line)))


def _only_to_look_at(finding: Finding) -> Finding:
    """Return what was found in a row that is not in the file: it stops nothing."""
    if finding.severity is not Severity.STOP:
        return finding
    return replace(finding, severity=Severity.CHECK)


def _left_out(row: SourceRow, number: IdentityNumber | None, view: View) -> Iterator[Finding]:
    """Give why the row stays out of the file."""
    if row.protected and not view.protected_in:
        yield findings.protected_left_out(row)
    elif number and number.kind.value not in view.layout.identity:
        yield findings.number_manual(row, view.layout.receiver)


def _number(row: SourceRow, number: IdentityNumber | None, view: View) -> Iterator[Finding]:
    """Give what is to be said of who it is."""
    if row.protected and view.protected_in:
        yield findings.protected_included(row)
    if number is None:
        yield findings.number_missing(row)
        return
    if number.kind.value not in view.layout.identity:
        return
    if number.kind is NumberKind.TEMPORARY:
        if view.layout.temporary and not re.fullmatch(view.layout.temporary, number.normal):
            yield findings.number_form(row, view.layout.receiver)
        else:
            yield findings.number_temporary(row)
    elif number.birth_date is None:
        yield findings.number_odd(row)


def _dates(row: SourceRow, view: View) -> Iterator[Finding]:
    """Give what is to be said of when it was."""
    term = Term(row.year, Season(row.season))
    if not term.contains(row.exam_date):
        yield findings.date_outside_term(row, term)
    elif not row.start_date <= row.exam_date <= row.end_date:
        yield findings.date_outside_group(row)
    if not view.in_period(row.exam_date):
        other = view.term.next() if row.exam_date > view.term.first_day else view.term.previous()
        yield findings.counted_elsewhere(row, view.layout, other)
    elif term != view.term:
        yield findings.counted_here(row, view.layout, term)


def _grade(row: SourceRow, view: View) -> Iterator[Finding]:
    """Give what is to be said of the grade, or of why there is none."""
    if row.grade:
        scale = scale_for(row.scale_family, row.exam_date)
        if scale is None or row.grade not in scale.values:
            yield findings.outside_scale(row)
        if row.outcome:
            yield findings.grade_and_outcome(row)
    elif not row.outcome:
        last_day = row.exam_date + timedelta(days=view.days)
        if row.exam_date >= view.today:
            yield findings.exam_ahead(row)
        elif last_day < view.today:
            yield findings.grade_late(row, last_day)
        else:
            yield findings.grade_waiting(row, last_day)


def _group(row: SourceRow) -> Iterator[Finding]:
    """Give what is to be said of the group and of others like the row."""
    if not row.supervised:
        yield findings.teacher_missing(row)
    if row.has_twin:
        yield findings.twin(row)


def _columns(row: SourceRow, view: View, line: Line) -> Iterator[Finding]:
    """Give what does not fit, and what is blank although the column is there for it."""
    unfit = {column.name for column in line.unfit}
    for column, cell in zip(view.columns, line.cells, strict=True):
        if not cell and column.value in BLANK:
            yield BLANK[column.value](row, column)
        elif column.name in unfit and (cell or column.value != WITHOUT_NUMBER):
            yield findings.unfit(row, column, cell)


def _no_points(row: SourceRow, column: Column) -> Finding:
    return findings.points_missing(row, required=column.required)


def _no_provider_number(row: SourceRow, _column: Column) -> Finding:
    return findings.provider_number_missing(row)


def _no_unit_code(row: SourceRow, _column: Column) -> Finding:
    return findings.unit_code_missing(row)


BLANK: Mapping[str, Callable[[SourceRow, Column], Finding]] = {
    "points": _no_points,
    "provider_number": _no_provider_number,
    "unit_code": _no_unit_code,
}
"""What is said of a blank in each column that should not be blank."""


def _read(row: SourceRow) -> IdentityNumber | None:
    """Return the stored number with its parts; it was checked when it was stored."""
    return parse_identity_number(row.number, today=date.max) if row.number else None
