"""`provning report`: a draft of a file for an authority, whole or not at all."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import django

from provning.cli.environment import expect_database, today, use_database_file
from provning.kernel.actors import Permission, system_actor
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Term

if TYPE_CHECKING:
    from provning.reporting.control_rows import ControlList
    from provning.reporting.models import AuthorityExtract

OPERATOR = system_actor("Driftansvarig", "report")
TARGETS = ("scb", "uhr", "csn")
FAULTY, NOT_UNDERSTOOD = 1, 2
MARK = "Utkast, layout ej verifierad mot myndighetens beskrivning."
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take which file of which term, and where to write it."""
    parser.add_argument("target", choices=TARGETS, metavar="|".join(TARGETS), help="myndighet")
    parser.add_argument("--term", required=True, help="termin, till exempel HT26")
    parser.add_argument("--out", required=True, type=Path, metavar="FIL", help="där filen lämnas")
    parser.add_argument("--organiser", default="", metavar="NAMN", help="när det finns flera")
    parser.add_argument(
        "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 with why on standard error when nothing is made, 2 for wrong words."""
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    expect_database()
    organiser_id = _organiser(arguments.organiser)
    if organiser_id is None:
        print("Skriv vilken huvudman med --organiser NAMN.", file=sys.stderr)
        return NOT_UNDERSTOOD
    try:
        term = Term.parse(arguments.term)
    except ProblemsFoundError as error:
        print(error.problems[0].text, file=sys.stderr)
        return NOT_UNDERSTOOD
    return _make(organiser_id, arguments.target, term, arguments.out)


def _make(organiser_id: UUID, name: str, term: Term, out: Path) -> int:
    """Make the draft, and say what to look at in it."""
    from provning.reporting.actions import make_authority_extract
    from provning.reporting.layout import Target
    from provning.reporting.queries import control_list

    target = Target(name)
    _say(control_list(OPERATOR, organiser_id=organiser_id, target=target, term=term, today=today()))
    try:
        made = make_authority_extract(
            actor=OPERATOR, organiser_id=organiser_id, target=target, term=term, today=today()
        )
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY
    _write(made, out)
    return 0


def _write(made: "AuthorityExtract", out: Path) -> None:
    """Hand the file out, for its owner alone to read; the trail is told."""
    from provning.reporting.actions import read_authority_extract
    from provning.reporting.layout import Target, layout_of
    from provning.reporting.rules import code_unknown

    file = read_authority_extract(actor=OPERATOR, extract_id=made.id)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(out, flags, 0o600), "wb") as written:
        written.write(file.content)
    print(MARK, file=sys.stderr)
    layout = layout_of(Target(made.kind))
    for key in blanks_of(made):
        print(code_unknown(key, layout).text, file=sys.stderr)
    print(f"{out}: {made.document_id}, {made.rows} rader, SHA-256 {file.sha256}")


def blanks_of(made: "AuthorityExtract") -> list[tuple[str, str]]:
    """Return the codes that were not known when a draft was made."""
    from provning.reporting.queries import authority_extract_for

    return list(authority_extract_for(OPERATOR, made.id).blanks)


def _say(found: "ControlList") -> None:
    """Say what to look at, the worst first; persons are not named on a terminal."""
    for each in found.findings[:SHOWN]:
        row = each.row
        print(f"{row.group_name} {row.exam_date}: {each.problem.text}", file=sys.stderr)
    more = len(found.findings) - SHOWN
    if more > 0:
        print(f"… och {more} till, se kontrollistan på skärmen.", file=sys.stderr)


def _organiser(named: str) -> UUID | None:
    """Return the organiser of the name, the only one when none is named; None when it is unsure."""
    from provning.organisation.queries import organisers_for

    found = [
        key
        for key, name in organisers_for(OPERATOR, Permission.MAKE_REPORTS)
        if not named or name.casefold() == named.casefold()
    ]
    return found[0] if len(found) == 1 else None
