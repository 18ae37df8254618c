"""What the commands that write a file for another system share."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import django

from provning.cli.environment import CannotRunError, expect_database, use_database_file
from provning.kernel.actors import Actor, system_actor
from provning.kernel.problems import ProblemsFoundError

if TYPE_CHECKING:
    from provning.feeds.actions import Handing

RECEIVER_LENGTH = 200
OPERATOR: Actor = system_actor("Driftansvarig", "feeds")
REFUSED = 1


def add_file_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to write, and which database to read."""
    parser.add_argument("--out", required=True, metavar="FIL", help="filen som skrivs")
    parser.add_argument(
        "--receiver",
        default="",
        metavar="NAMN",
        help="vem som får filen; annars den som läser filen med det namnet",
    )
    parser.add_argument(
        "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
    )


def add_interval_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the interval that picks the students."""
    parser.add_argument(
        "--from", dest="start", required=True, metavar="TID", help="2026-01-01T00:00"
    )
    parser.add_argument(
        "--to", dest="end", required=True, metavar="TID", help="till och med, 2026-06-30T23:59"
    )


def handing_of(arguments: argparse.Namespace) -> "Handing":
    """Return who gets the file; a file that is written each night is to whoever reads its place."""
    from provning.feeds.actions import Handing

    name = Path(arguments.out).name
    return Handing(arguments.receiver or f"Den som läser {name}"[:RECEIVER_LENGTH], name)


def write_feed(arguments: argparse.Namespace, make: Callable[[], Iterable[bytes]]) -> int:
    """Write the file that `make` gives and keeps as sent; 1 and why when it cannot be asked so."""
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    expect_database()
    out = Path(arguments.out)
    try:
        size = _write(out, make)
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return REFUSED
    print(f"{out}: {size} byte")
    return 0


def _write(out: Path, make: Callable[[], Iterable[bytes]]) -> int:
    """Write whole or not at all, for the owner alone: a file broken off looks like removed grades.

    That it was taken out is kept when it stands whole beside its place, and not otherwise; it gets
    its name after that, so that no file is out which nobody knows of. Returns the size in bytes.
    """
    from django.db import transaction

    if out.is_dir():
        message = f"{out} är en mapp. Skriv filens namn också."
        raise CannotRunError(message)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with transaction.atomic():
            size = _write_pieces(beside, make())
        beside.replace(out)
    except OSError as error:
        message = f"Filen {out} kan inte skrivas: {error.strerror}."
        raise CannotRunError(message) from error
    finally:
        beside.unlink(missing_ok=True)
    return size


def _write_pieces(path: Path, pieces: Iterable[bytes]) -> int:
    """Write the pieces to a file of its owner's alone."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        size = sum(file.write(piece) for piece in pieces)
        file.flush()
        os.fsync(file.fileno())
        return size
