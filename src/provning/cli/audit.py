"""`provning audit verify`: walk the whole chain and name the first link that does not hold."""

import argparse

import django

from provning.cli.environment import expect_database, use_database_file

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
    expect_database()
    from provning.audit.queries import verify_chain

    report = verify_chain()
    if report.fault:
        where = "" if report.broken_at is None else f" Första brutna länken: {report.broken_at}."
        print(f"Kedjan håller inte: {report.fault}.{where} {report.events} händelser före är hela.")
        return BROKEN
    print(f"Kedjan är hel: {report.events} händelser, senaste kontrollsumma {report.head}")
    return 0
