"""`provning person`: everything about one person in one file, for whoever may ask the authority.

Förordning (2011:1108) 4 kap. 11 §: decisions can be compiled for each individual at once.
"""

import argparse
import os
import sys
from pathlib import Path
from uuid import UUID

import django

from provning.cli.environment import expect_database, today, use_database_file
from provning.kernel.actors import system_actor
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import NotFoundError, ProblemsFoundError

OPERATOR = system_actor("Driftansvarig", "person")
FORMS = {".json": "json", ".pdf": "pdf"}
NOT_UNDERSTOOD = 2
NOBODY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take whom the file is of, and where to write it."""
    parser.add_argument("--id", required=True, help="personnummer eller personens id")
    parser.add_argument("--out", required=True, metavar="FIL", help="slutar på .json eller .pdf")
    parser.add_argument(
        "--own",
        metavar="KONTROLL",
        help="gör personens eget registerutdrag; skriv hur personen har visat vem hen är",
    )
    parser.add_argument(
        "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when there is no such person, 2 when the words cannot be understood."""
    out = Path(arguments.out)
    form = FORMS.get(out.suffix.lower())
    if form is None:
        print("Filens namn ska sluta på .json eller .pdf.", file=sys.stderr)
        return NOT_UNDERSTOOD
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    expect_database()
    try:
        person_id = _person(arguments.id)
        content = (
            _compiled(person_id, form)
            if arguments.own is None
            else _own(person_id, form, arguments.own)
        )
    except ProblemsFoundError as error:
        print(" ".join(problem.text for problem in error.problems), file=sys.stderr)
        return NOT_UNDERSTOOD
    except NotFoundError:
        print("Ingen person har det numret eller det id:t.", file=sys.stderr)
        return NOBODY
    _write(out, content)
    print(f"Allt om personen står i {out}.")
    return 0


def _person(written: str) -> UUID:
    """Return whose id or number it is, a number that the person has had before too.

    A number is written down in the access log, as at every other place where one is searched for.
    """
    from provning.access.actions import log_number_search
    from provning.people.queries import person_by_number

    try:
        return UUID(written)
    except ValueError:
        number = parse_identity_number(written, today=today()).normal
    log_number_search(actor=OPERATOR, place="provning person", numbers=[number])
    found = person_by_number(number)
    if found is None:
        raise NotFoundError("person")
    return found


def _compiled(person_id: UUID, form: str) -> bytes:
    """Return the file; the trail is told that it was made."""
    from provning.archive.queries import with_deliveries
    from provning.extracts.actions import hand_out_compilation
    from provning.extracts.files import compilation_json, compilation_pdf
    from provning.feeds.queries import with_external, with_sent

    handed_out = hand_out_compilation(actor=OPERATOR, person_id=person_id, form=form)
    found = with_external(OPERATOR, with_deliveries(OPERATOR, handed_out))
    found = with_sent(OPERATOR, found)
    if form == "pdf":
        return compilation_pdf(found, today())
    return compilation_json(found, today()).encode()


def _own(person_id: UUID, form: str, checked: str) -> bytes:
    """Return the person's own extract; the trail is told how the identity was checked."""
    from provning.privacy.actions import make_own_extract
    from provning.privacy.own_extract import own_extract_json, own_extract_pdf

    found = make_own_extract(actor=OPERATOR, person_id=person_id, checked=checked, form=form)
    if form == "pdf":
        return own_extract_pdf(found, today())
    return own_extract_json(found, today()).encode()


def _write(out: Path, content: bytes) -> None:
    """Write a file that only its owner may read: it is full of personal data."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(out, flags, 0o600), "wb") as file:
        file.write(content)
