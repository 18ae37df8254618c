"""Two files of other systems with twelve planted mismatches, each of which must be found once."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Final

from provning.cli.rehearse.log import Log, check
from provning.reconciliation import (
    MismatchKind,
    Report,
    Side,
    grades_in,
    look_at,
    packaged_scales,
    placements_in,
    reconcile,
)
from provning.reconciliation.outputs import report_json
from provning.tables import Cell, csv_chunks, write_workbook

SOURCE: Final = "Manual s. 3"
READ_ON: Final = date(2026, 7, 1)
DAY: Final = date(2026, 5, 12)
LATER: Final = DAY + timedelta(days=3)
GROUP: Final = "PRÖ:KC26VTMAT03B"
TEACHER: Final = "Karin Wallgren"
FIRST, LAST = date(2026, 1, 12), date(2026, 6, 12)
ORDINARY: Final = "KC26VTMAT03B"
PLACEMENTS: Final = "avstamning-placeringar.csv"
GRADES: Final = "avstamning-betyg.xlsx"
PLACEMENT_HEADINGS: Final = (
    "Personnummer", "Namn", "Kurskod", "Grupp", "Fr.o.m.", "T.o.m.", "Status",
    "Gruppens fr.o.m.", "Gruppens t.o.m.", "Betygsättande lärare",
)  # fmt: skip
GRADE_HEADINGS: Final = (
    "Personnummer", "Kurskod", "Betyg", "Betygsdatum", "Prövning", "Betygsgrupp", "Lärare",
)  # fmt: skip

# What differs from a right placement and a right grade, None where the row is left out.
Changes = dict[str, Cell] | None
PLANTED: Final[tuple[tuple[MismatchKind | None, Changes, Changes], ...]] = (
    (None, {}, {}),
    (MismatchKind.DATE, {}, {"Betygsdatum": LATER}),
    (MismatchKind.GRADE_ALONE, None, {}),
    (MismatchKind.PLACEMENT_ALONE, {}, None),
    (MismatchKind.DAYS, {"T.o.m.": LATER}, {}),
    (MismatchKind.OUTSIDE_GROUP, {"Gruppens t.o.m.": DAY - timedelta(days=1)}, {}),
    (
        MismatchKind.OUTSIDE_TERM,
        {"Grupp": "PRÖ:KC25HTMAT03B", "Gruppens fr.o.m.": None, "Gruppens t.o.m.": None},
        {"Betygsgrupp": "PRÖ:KC25HTMAT03B"},
    ),
    (MismatchKind.PREFIX_MISSING, {"Grupp": ORDINARY}, {"Betygsgrupp": ORDINARY}),
    (MismatchKind.PREFIX_NEAR, {"Grupp": "PRO:KC26VTMAT03B"}, {}),
    (MismatchKind.NOT_TRIAL, {}, {"Prövning": "Nej"}),
    (MismatchKind.SCALE, {}, {"Betyg": "G"}),
    (MismatchKind.TEACHER, {}, {"Lärare": "Bengt Ask"}),
)
TWICE: Final = MismatchKind.GRADE_TWICE


def rehearse_reconciliation(directory: Path, log: Log) -> None:
    """Write the two files, compare them, and check that each mismatch is found once."""
    numbers = _numbers()
    placements: list[Sequence[Cell]] = []
    grades: list[Sequence[Cell]] = []
    for kind, placed, graded in (*PLANTED, (TWICE, {}, {})):
        number = next(numbers)
        if placed is not None:
            placements.append(_row(PLACEMENT_HEADINGS, _placement(number) | placed))
        if graded is not None:
            row = _row(GRADE_HEADINGS, _grade(number) | graded)
            grades += [row, row] if kind is TWICE else [row]
    with (directory / PLACEMENTS).open("wb") as file:
        file.writelines(csv_chunks(PLACEMENT_HEADINGS, placements))
    with (directory / GRADES).open("wb") as file:
        write_workbook(file, "Betyg", GRADE_HEADINGS, grades)
    report = _compared(directory / PLACEMENTS, directory / GRADES)
    expected = {kind: 1 for kind, _, _ in PLANTED if kind} | {TWICE: 1}
    check("avvikelser", dict(report.counts), expected)
    check("rader som inte kunde läsas", report.faults, ())
    (directory / "reconcile.json").write_text("".join(report_json(report)), encoding="utf-8")
    log.step(SOURCE, f"avstämning: {len(expected)} planterade avvikelser funna, var och en en gång")
    _own(directory, log)


def _own(directory: Path, log: Log) -> None:
    """Compare the rehearsal's own tables: they agree, and whose number is hidden is not guessed."""
    report = _compared(directory / "placements.csv", directory / "grades.csv")
    check("egna avvikelser", report.mismatches, ())
    unread = [each.side for each in report.faults]
    check("rader med dolt personnummer", unread, [Side.PLACEMENTS, Side.GRADES])
    log.step(SOURCE, f"avstämning: våra egna {report.pairs} placeringar och betyg stämmer")


def _compared(placements: Path, grades: Path) -> Report:
    """Return what the reconciliation says about two files."""
    return reconcile(
        placements_in(look_at(placements, Side.PLACEMENTS), today=READ_ON),
        grades_in(look_at(grades, Side.GRADES), today=READ_ON),
        today=READ_ON,
        courses=packaged_scales(),
    )


def _row(headings: Sequence[str], cells: dict[str, Cell]) -> list[Cell]:
    """Return the cells in the order of the headings."""
    return [cells[heading] for heading in headings]


def _placement(number: str) -> dict[str, Cell]:
    """Return a right placement."""
    values = (
        number, "Prövling, Prov", "MATMAT03b", GROUP, DAY, DAY, "Prövning", FIRST, LAST, TEACHER,
    )  # fmt: skip
    return dict(zip(PLACEMENT_HEADINGS, values, strict=True))


def _grade(number: str) -> dict[str, Cell]:
    """Return the right grade of a right placement."""
    values = (number, "MATMAT03b", "C", DAY, "Ja", GROUP, TEACHER)
    return dict(zip(GRADE_HEADINGS, values, strict=True))


def _numbers() -> Iterator[str]:
    """Give official test numbers as people write them."""
    text = resources.files("provning.cli.demo").joinpath("persons.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield f"{row['number'][:8]}-{row['number'][8:]}"
