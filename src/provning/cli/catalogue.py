"""`provning catalogue build|verify`: make a unit's grade catalogue, and prove what is stored."""

import argparse
import sys
from itertools import chain
from uuid import UUID

import django

from provning.cli.environment import expect_database, today, use_database_file
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.kernel.terms import Term

FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take which catalogue to make, or how much to prove."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="build|verify")
    build = ways.add_parser("build", help="skriv en enhets betygskatalog för en termin")
    build.add_argument("--unit", required=True, metavar="ENHET", help="skolenhetskod eller namn")
    build.add_argument("--term", required=True, metavar="TERMIN", help="HT26 eller VT27")
    build.add_argument("--teacher", metavar="NAMN", help="bara det som en lärare har beslutat")
    verify = ways.add_parser("verify", help="kontrollera alla lagrade dokument")
    for way in (build, verify):
        way.add_argument(
            "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
        )
    verify.add_argument(
        "--all", action="store_true", help="gör om också äldre versioner av sitt innehåll"
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry one of the two out; 1 when a catalogue cannot be made or a document does not hold."""
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    expect_database()
    return _verify(every=arguments.all) if arguments.way == "verify" else _build(arguments)


def _build(arguments: argparse.Namespace) -> int:
    """Make the catalogue and name its documents, or say every reason why not."""
    from provning.catalogues.actions import build_catalogue
    from provning.kernel.actors import system_actor

    try:
        term = Term.parse(arguments.term)
        unit_id = _unit(arguments.unit)
        made = build_catalogue(
            actor=system_actor("Prövning", "catalogue"),
            unit_id=unit_id,
            term=term,
            today=today(),
            teacher_id=_teacher(unit_id, term, arguments.teacher),
        )
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY
    except NotFoundError as error:
        print(error, file=sys.stderr)
        return FAULTY
    for each in made:
        print(f"{each.document_id}: {each.decisions} beslut, {each.pages} sidor, {each.stored_id}")
    return 0


def _unit(wanted: str) -> UUID:
    """Return the one unit with the code or name; `NotFoundError` says what there is instead."""
    from provning.kernel.actors import Permission, system_actor
    from provning.organisation.queries import units_for

    units = units_for(system_actor("Prövning", "catalogue"), Permission.MAKE_CATALOGUES)
    found = [unit for unit in units if wanted in {unit.code, unit.name, str(unit.id)}]
    if len(found) != 1:
        names = ", ".join(f"{unit.name} ({unit.code or unit.id})" for unit in found or units)
        message = f"Ange en av enheterna med kod eller id: {names}"
        raise NotFoundError(message)
    return found[0].id


def _teacher(unit_id: UUID, term: Term, wanted: str | None) -> UUID | None:
    """Return who decided under the name; `NotFoundError` says who there is instead."""
    from provning.catalogues.snapshots import deciders

    if not wanted:
        return None
    known = deciders(unit_id, term)
    found = [each for each in known if wanted in {each.name, str(each.person_id)}]
    if len(found) != 1:
        names = ", ".join(f"{each.name} ({each.person_id})" for each in found or known)
        message = f"Ange en av lärarna med namn eller id: {names}"
        raise NotFoundError(message)
    return found[0].person_id


def _verify(*, every: bool) -> int:
    """Check everything that is stored, and stop at the first thing that does not hold."""
    from provning.archive.verification import verify_lists
    from provning.catalogues.verification import verify_documents
    from provning.extracts.verification import verify_extracts

    count = remade = 0
    for checked in chain(verify_documents(every=every), verify_extracts(), verify_lists()):
        if checked.fault:
            print(f"Håller inte: {checked.name}: {checked.fault}. {count} före håller.")
            return FAULTY
        count += 1
        remade += checked.remade
    print(f"Allt håller: {count} dokument och versioner, {remade} gjorda om av sitt innehåll.")
    return 0
