"""The answer as a file: CSV, XLSX, JSON or text, each with every mismatch and what to do."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO, Final

from provning.kernel.problems import Problem
from provning.reconciliation.rows import Fault, Mismatch, Report, Side
from provning.tables import Cell, csv_chunks, write_sheets

Words = Callable[[str], str]
"""Translates a Swedish text or template."""

HEADING_LABELS: Final = {
    "kind": "Avvikelse",
    "number": "Personnummer",
    "person_id": "Elev-id",
    "name": "Namn",
    "course": "Kurskod",
    "exam_date": "Prövningsdatum",
    "grade_date": "Betygsdatum",
    "placement_group": "Grupp i placeringen",
    "grade_group": "Grupp i betyget",
    "value": "Betyg",
    "placement_teacher": "Lärare i placeringen",
    "grade_teacher": "Lärare i betyget",
    "days": "Dagar efter sista dag",
    "placement_row": "Rad i placeringarna",
    "grade_row": "Rad i betygen",
    "advice": "Vad du gör",
    "source": "Källa",
}
FAULT_LABELS: Final = {
    "file": "Fil",
    "row": "Rad",
    "problem": "Vad som är fel",
    "source": "Källa",
}
SHEET_LABELS: Final = {
    "mismatches": "Avvikelser",
    "faults": "Kunde inte läsas",
    "summary": "Sammanfattning",
    "fault": "Raden kunde inte läsas",
}
SUMMARY_LABELS: Final = {
    "answer": "Resultat",
    "agree": "Filerna stämmer",
    "differ": "Filerna stämmer inte",
    "period": "Period",
    "placements": "Placeringar",
    "grades": "Betyg",
    "pairs": "Placeringar med sitt betyg",
    "waiting": "Placeringar som väntar på betyg",
    "outside": "Prövningsbetyg utanför perioden",
    "ordinary": "Rader som inte är prövning",
    "unread": "Rader som inte kunde läsas",
    "mismatches": "Avvikelser",
    "remark": "Anmärkning",
}
HEADINGS: Final = tuple(HEADING_LABELS.values())
COUNTED: Final = ("placements", "grades", "pairs", "waiting", "outside", "ordinary")
PLACES: Final = {Side.PLACEMENTS: "placement_row", Side.GRADES: "grade_row"}


def swedish(text: str) -> str:
    """Return a text as it is."""
    return text


def mismatch_cells(each: Mismatch, words: Words = swedish) -> tuple[Cell, ...]:
    """Return a mismatch as the cells under `HEADINGS`."""
    return (
        words(each.kind.label),
        shown_number(each.number),
        each.person_id,
        each.name,
        each.course,
        each.exam_date,
        each.grade_date,
        each.placement_group,
        each.grade_group,
        each.value,
        each.placement_teacher,
        each.grade_teacher,
        each.days or None,
        each.placement_row,
        each.grade_row,
        sentence(each.advice, words),
        each.advice.source,
    )


def fault_cells(each: Fault, words: Words = swedish) -> tuple[Cell, ...]:
    """Return a fault as the cells under `FAULT_LABELS`."""
    source = each.problem.source
    return (words(each.side.label), each.row, sentence(each.problem, words), source)


def sentence(problem: Problem, words: Words = swedish) -> str:
    """Return a problem's message, translated before it is filled."""
    return words(problem.message).format(**problem.params)


def shown_number(number: str) -> str:
    """Return an identity number as people read it, which Excel does not take for a number."""
    return f"{number[:8]}-{number[8:]}" if number else ""


def report_csv(report: Report, words: Words = swedish) -> Iterator[bytes]:
    """Give the answer as CSV; rows that could not be read stand last."""
    rows: Iterator[Sequence[Cell]] = (mismatch_cells(each, words) for each in report.mismatches)
    return csv_chunks([words(each) for each in HEADINGS], _with_faults(rows, report, words))


def _with_faults(
    rows: Iterable[Sequence[Cell]], report: Report, words: Words
) -> Iterator[Sequence[Cell]]:
    """Give the faults after the mismatches, in the same columns."""
    yield from rows
    for each in report.faults:
        cells: dict[str, Cell] = dict.fromkeys(HEADING_LABELS)
        cells["kind"] = f"{words(SHEET_LABELS['fault'])} ({words(each.side.label)})"
        cells[PLACES.get(each.side, "grade_row")] = each.row
        cells["advice"] = sentence(each.problem, words)
        cells["source"] = each.problem.source
        yield list(cells.values())


def write_report_workbook(file: BinaryIO, report: Report, words: Words = swedish) -> None:
    """Write the answer as XLSX: mismatches, rows that could not be read, and the summary."""
    write_sheets(
        file,
        [
            (
                words(SHEET_LABELS["mismatches"]),
                [words(each) for each in HEADINGS],
                (mismatch_cells(each, words) for each in report.mismatches),
            ),
            (
                words(SHEET_LABELS["faults"]),
                [words(each) for each in FAULT_LABELS.values()],
                (fault_cells(each, words) for each in report.faults),
            ),
            (words(SHEET_LABELS["summary"]), ["", ""], summary(report, words)),
        ],
    )


def summary(report: Report, words: Words = swedish) -> list[tuple[str, Cell]]:
    """Return what was compared, line by line, then each kind with its number and the remarks."""
    period = f"{report.period.first}–{report.period.last}" if report.period else ""
    values: dict[str, Cell] = {
        "answer": words(SUMMARY_LABELS["agree" if report.agree else "differ"]),
        "period": period,
        **{name: getattr(report, name) for name in COUNTED},
        "unread": len(report.faults),
        "mismatches": len(report.mismatches),
    }
    lines = [(words(SUMMARY_LABELS[name]), value) for name, value in values.items()]
    lines += [(words(kind.label), count) for kind, count in report.counts.items()]
    remark = words(SUMMARY_LABELS["remark"])
    return lines + [(remark, sentence(each.problem, words)) for each in report.remarks]


def report_text(report: Report) -> Iterator[str]:
    """Give the answer as lines to read: the summary, then the mismatches kind by kind."""
    for label, value in summary(report):
        yield f"{label.removesuffix(':')}: {value}\n"
    for kind, mismatches in groupby(report.mismatches, key=lambda each: each.kind):
        yield f"\n{kind.label} ({report.counts[kind]})\n"
        for each in mismatches:
            who = " ".join(part for part in (shown_number(each.number), each.name) if part)
            yield f"  {who or each.person_id}, {each.course}: {each.advice.text}\n"
    if report.faults:
        yield "\nKunde inte läsas\n"
    for fault in report.faults:
        yield f"  {fault.side.label}, rad {fault.row}: {fault.problem.text}\n"


def report_json(report: Report) -> Iterator[str]:
    """Give the answer as JSON, for programs: dates as ISO, numbers with twelve characters."""
    period = report.period
    head = {
        "agree": report.agree,
        "period": {"first": period.first, "last": period.last} if period else None,
        **{name: getattr(report, name) for name in COUNTED},
        "counts": {kind.value: count for kind, count in report.counts.items()},
        "remarks": [_problem(each.problem) for each in report.remarks],
    }
    yield _json(head)[:-2]
    yield from _list("unreadable", map(_fault, report.faults))
    yield from _list("mismatches", map(_mismatch, report.mismatches))
    yield "\n}\n"


def _list(name: str, items: Iterable[dict[str, object]]) -> Iterator[str]:
    """Give a list of objects, one at a time."""
    yield f',\n  "{name}": ['
    separator = "\n    "
    for item in items:
        yield separator + _json(item).replace("\n", "\n    ")
        separator = ",\n    "
    yield "]" if separator == "\n    " else "\n  ]"


def _json(item: object) -> str:
    """Return an object as JSON text with dates in ISO form."""
    return json.dumps(item, ensure_ascii=False, indent=2, default=str)


def _problem(problem: Problem) -> dict[str, object]:
    """Return a problem as an object."""
    return {"code": problem.code, "message": problem.text, "source": problem.source}


def _fault(each: Fault) -> dict[str, object]:
    """Return a fault as an object."""
    return {"file": each.side.value, "row": each.row, **_problem(each.problem)}


def _mismatch(each: Mismatch) -> dict[str, object]:
    """Return a mismatch as an object."""
    return {
        "kind": each.kind.value,
        "person_number": each.number,
        "person_id": each.person_id,
        "name": each.name,
        "course": each.course,
        "exam_date": each.exam_date,
        "grade_date": each.grade_date,
        "placement_group": each.placement_group,
        "grade_group": each.grade_group,
        "value": each.value,
        "placement_teacher": each.placement_teacher,
        "grade_teacher": each.grade_teacher,
        "days_past": each.days or None,
        "placement_row": each.placement_row,
        "grade_row": each.grade_row,
        **_problem(each.advice),
    }
