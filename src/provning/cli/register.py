"""`provning register load`: bring the course register up to date from files."""

import argparse
import sys
from pathlib import Path

import django

from provning.kernel.problems import ProblemsFoundError

FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder to load from."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="load")
    load = ways.add_parser("load", help="läs in en mapp med registrets fem filer")
    load.add_argument("folder", type=Path, metavar="MAPP", help="mappen med filerna")


def run(arguments: argparse.Namespace) -> int:
    """Load the files and say what changed; 1 with every fault when they cannot be used."""
    django.setup()
    from provning.cli.environment import today
    from provning.cli.serve import prepare_database
    from provning.courses.actions import load_register
    from provning.kernel.actors import system_actor

    prepare_database()
    actor = system_actor("Prövning", "register")
    try:
        load = load_register(actor=actor, today=today(), directory=arguments.folder)
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY
    print(
        f"{load.created} nya kurser, {load.changed} ändrade, {load.unchanged} oförändrade, "
        f"{load.retired} har blivit historiska."
    )
    return 0
