"""`provning reconcile`: says whether two files agree, for those who have nothing else of ours.

Needs no database. Exit status 0 when they agree, 1 when they do not, 2 when a file could not be
read or its columns were not understood.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final, cast

from provning.cli.environment import CannotRunError, today
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.reconciliation import (
    COLUMNS,
    LIMIT_DAYS,
    Period,
    Report,
    Side,
    Source,
    grades_in,
    look_at,
    packaged_scales,
    persons_in,
    placements_in,
    reconcile,
)
from provning.reconciliation.outputs import (
    report_csv,
    report_json,
    report_text,
    write_report_workbook,
)

FORMS: Final = ("text", "csv", "xlsx", "json")
SUFFIXES: Final = {".txt": "text", ".csv": "csv", ".xlsx": "xlsx", ".json": "json"}
AGREE, DIFFER, UNREAD = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the two files, how to read them and where the answer goes."""
    parser.add_argument("--placements", required=True, metavar="FIL", help="CSV eller XLSX")
    parser.add_argument("--grades", required=True, metavar="FIL", help="Betyg XML, CSV eller XLSX")
    parser.add_argument(
        "--persons", metavar="FIL", help="CSV eller XLSX med personnummer och elev-id"
    )
    parser.add_argument("--columns", metavar="FIL", help="JSON som säger vilka kolumner som är vad")
    parser.add_argument("--out", metavar="FIL", help="skriv svaret här i stället för på skärmen")
    parser.add_argument("--format", choices=FORMS, help="annars efter filens namn, eller text")
    parser.add_argument("--from", dest="first", metavar="DATUM", help="första dag som jämförs")
    parser.add_argument("--to", dest="last", metavar="DATUM", help="sista dag som jämförs")
    parser.add_argument(
        "--days",
        type=int,
        default=LIMIT_DAYS,
        help="dagar från prövningen till sista dag för betyg",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare and write; 0 when the files agree, 1 when not, 2 when they could not be read."""
    form = _form(arguments.format, arguments.out)
    by_hand = _by_hand(arguments.columns)
    sources: dict[Side, Source] = {}
    try:
        for side in Side:
            path = getattr(arguments, side.value)
            if path:
                sources[side] = look_at(Path(path), side, by_hand.get(side.value))
        report = _compared(sources, arguments)
    except ProblemsFoundError as error:
        _complain(error.problems, sources.values())
        return UNREAD
    _write(report, form, arguments.out)
    if report.unread:
        return UNREAD
    return AGREE if report.agree else DIFFER


def _compared(sources: Mapping[Side, Source], arguments: argparse.Namespace) -> Report:
    """Read and compare the files."""
    day = today()
    persons = persons_in(sources[Side.PERSONS], today=day) if Side.PERSONS in sources else None
    return reconcile(
        placements_in(sources[Side.PLACEMENTS], today=day),
        grades_in(sources[Side.GRADES], today=day),
        today=day,
        courses=packaged_scales(),
        days=arguments.days,
        persons=persons,
        period=_period(arguments.first, arguments.last),
    )


def _period(first: str | None, last: str | None) -> Period | None:
    """Return the period that is asked for, if one is."""
    if not first and not last:
        return None
    try:
        return Period(
            date.fromisoformat(first) if first else date.min,
            date.fromisoformat(last) if last else date.max,
        )
    except ValueError as error:
        raise CannotRunError("Skriv datum som ÅÅÅÅ-MM-DD efter --from och --to.") from error


def _form(chosen: str | None, out: str | None) -> str:
    """Return the form of the answer: the one chosen, the one the file's name says, or text."""
    form = chosen or (SUFFIXES.get(Path(out).suffix.lower(), "text") if out else "text")
    if form == "xlsx" and not out:
        raise CannotRunError("En Excel-arbetsbok kan inte visas på skärmen. Ange en fil med --out.")
    return form


def _by_hand(path: str | None) -> Mapping[str, Mapping[str, str]]:
    """Return which heading is which column, for each file."""
    if not path:
        return {}
    try:
        found = json.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CannotRunError(f"{path} går inte att läsa som JSON: {error}") from error
    if not _is_mapping(found):
        raise CannotRunError(f"{path} ska se ut så här: {_sample()}")
    return cast("Mapping[str, Mapping[str, str]]", found)


def _is_mapping(found: object) -> bool:
    """Say whether headings are mapped to columns that there are, file by file."""
    names = {side.value: {column.name for column in COLUMNS[side]} | {""} for side in Side}
    return isinstance(found, dict) and all(
        side in names and isinstance(chosen, dict) and set(chosen.values()) <= names[side]
        for side, chosen in found.items()
    )


def _sample() -> str:
    """Return a mapping as an example."""
    return json.dumps({"placements": {"Elevens nr": "person_number"}}, ensure_ascii=False)


def _complain(problems: Iterable[Problem], sources: Iterable[Source]) -> None:
    """Say what is wrong, and for unknown headings what they can be."""
    for problem in problems:
        print(problem.text, file=sys.stderr)
    for source in sources:
        if source.problems and source.match:
            unknown = ", ".join(heading.text for heading in source.match.unknown) or "inga"
            names = ", ".join(f"{each.name} ({each.label})" for each in COLUMNS[source.side])
            print(f"{source.path}: okända rubriker: {unknown}.", file=sys.stderr)
            print(f"Ange vad de är med --columns FIL. Kolumner: {names}.", file=sys.stderr)
            print(f"Filen kan se ut så här: {_sample()}", file=sys.stderr)


def _write(report: Report, form: str, out: str | None) -> None:
    """Write the answer where it shall be; a file is for its owner alone, it has personal data."""
    if out is None:
        _fill(sys.stdout.buffer, report, form)
        sys.stdout.buffer.flush()
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        with os.fdopen(os.open(out, flags, 0o600), "wb") as file:
            _fill(file, report, form)
    except OSError as error:
        raise CannotRunError(f"{out} går inte att skriva: {error.strerror}.") from error
    answer = "Filerna stämmer." if report.agree else "Filerna stämmer inte."
    print(f"{answer} {len(report.mismatches)} avvikelser, se {out}.")


def _fill(file: BinaryIO, report: Report, form: str) -> None:
    """Write the answer in one of its forms."""
    if form == "xlsx":
        write_report_workbook(file, report)
    elif form == "csv":
        file.writelines(report_csv(report))
    else:
        pieces = report_json(report) if form == "json" else report_text(report)
        file.writelines(piece.encode() for piece in pieces)
