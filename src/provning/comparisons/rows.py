"""Comparisons as screens meet them, and mismatches as they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from provning.kernel.problems import Problem
from provning.reconciliation import Fault, Mismatch, MismatchKind, Period, Remark, Report, Side

UNREAD = "unread"
DATES = ("exam_date", "grade_date")
COUNTS = ("placements", "grades", "pairs", "waiting", "outside", "ordinary")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One of the files; `headers` wait to be matched when `problems` is not empty."""

    side: Side
    file_name: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One comparison; `counts` are the rows by kind, `summary` the report without its rows."""

    id: UUID
    place_name: str
    stored: bool
    term: str
    status: str
    status_label: str
    stalled: bool
    read: int
    files: tuple[FileLine, ...]
    faults: tuple[Problem, ...]
    counts: Mapping[str, int]
    summary: Report
    asked_at: datetime
    expires_on: date

    @property
    def running(self) -> bool:
        """Say whether a job works on it."""
        return self.status == "running"

    @property
    def title(self) -> str:
        """Return the names of the files."""
        return ", ".join(each.file_name for each in self.files)


def facts_of(each: Mismatch | Fault) -> dict[str, object]:
    """Return a mismatch or a fault as JSON."""
    if isinstance(each, Fault):
        return {"side": each.side.value, "row": each.row, "problem": each.problem.facts()}
    values = {field.name: getattr(each, field.name) for field in fields(each)}
    for name in DATES:
        values[name] = values[name].isoformat() if values[name] else None
    return {**values, "kind": each.kind.value, "advice": each.advice.facts()}


def mismatch_of(facts: Mapping[str, Any]) -> Mismatch:
    """Return a mismatch that was stored."""
    values = dict(facts)
    for name in DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["kind"] = MismatchKind(values["kind"])
    values["advice"] = Problem.from_facts(values["advice"])
    return Mismatch(**values)


def fault_of(facts: Mapping[str, Any]) -> Fault:
    """Return a fault that was stored."""
    return Fault(Side(facts["side"]), facts["row"], Problem.from_facts(facts["problem"]))


def answer_of(report: Report) -> dict[str, object]:
    """Return a report without its rows as JSON."""
    period = report.period
    return {
        **{name: getattr(report, name) for name in COUNTS},
        "period": [period.first.isoformat(), period.last.isoformat()] if period else None,
        "unread": [side.value for side in report.unread],
        "remarks": [each.problem.facts() for each in report.remarks],
        "counts": {kind.value: count for kind, count in report.counts.items()},
    }


def report_of(
    answer: Mapping[str, Any],
    mismatches: tuple[Mismatch, ...] = (),
    faults: tuple[Fault, ...] = (),
) -> Report:
    """Return a report that was stored, with the rows that are given."""
    if not answer:
        return Report(mismatches=(), faults=faults)
    days = answer["period"]
    return Report(
        mismatches=mismatches,
        faults=faults,
        remarks=tuple(Remark(Problem.from_facts(each)) for each in answer["remarks"]),
        period=Period(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None,
        unread=tuple(Side(each) for each in answer["unread"]),
        counts={MismatchKind(kind): count for kind, count in answer["counts"].items()},
        **{name: answer[name] for name in COUNTS},
    )
