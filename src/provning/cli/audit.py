"""`provning audit verify`: walk the whole chain, then hold every decision against it."""

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
    """Print what was found; 1 when a link, guard or decision does not hold, 2 without a trail."""
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
    return _decisions()


def _decisions() -> int:
    """Print whether every decision is what the trail says; the chain itself holds by now."""
    from provning.grading.queries import verify_decisions

    report = verify_decisions()
    for each in report.faults:
        print(f"Beslutet {each.decision_id} håller inte: {each.fault}.")
    print(f"{report.holding} beslut svarar mot loggen, {len(report.faults)} gör det inte.")
    return BROKEN if report.faults else 0
