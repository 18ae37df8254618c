"""`provning audit verify`: walk the whole chain and name the first link that does not hold."""

import argparse
from pathlib import Path

import django

from provning.cli.environment import CannotRunError, use_database_file

BROKEN = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do with the trail, and which database when it is not the configured one."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="verify")
    verify = ways.add_parser("verify", help="kontrollera att kedjan är hel")
    verify.add_argument(
        "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 when a link is broken or a guard is missing, 2 without a trail."""
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    _expect_a_trail()
    from provning.audit.queries import verify_chain

    report = verify_chain()
    if report.fault:
        where = "" if report.broken_at is None else f" Första brutna länken: {report.broken_at}."
        print(f"Kedjan håller inte: {report.fault}.{where} {report.events} händelser före är hela.")
        return BROKEN
    print(f"Kedjan är hel: {report.events} händelser, senaste kontrollsumma {report.head}")
    return 0


def _expect_a_trail() -> None:
    """Refuse a database that is not there or not ours; looking must not make one."""
    from django.db import DatabaseError, connection

    from provning.audit.models import AuditEvent

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not Path(name).is_file():
        message = f"Databasen {name} finns inte. Ange en annan med --database."
        raise CannotRunError(message)
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        message = f"Databasen {name} går inte att läsa: {error}".rstrip()
        raise CannotRunError(message) from error
    if AuditEvent._meta.db_table not in tables:
        message = f"Databasen {name} har ingen händelselogg. Ange en annan med --database."
        raise CannotRunError(message)
