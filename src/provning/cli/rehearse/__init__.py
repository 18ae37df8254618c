"""`provning rehearse`: the manual's whole routine without a browser, checked step by step."""

import argparse
import os
import shutil
from pathlib import Path

import django

from provning.cli.environment import use_data_directory, use_database_file
from provning.cli.serve import prepare_database

DATABASE = "rehearsal.sqlite3"
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to leave the files."""
    parser.add_argument("--out", required=True, metavar="KATALOG", help="där filerna lämnas")


def run(arguments: argparse.Namespace) -> int:
    """Carry the routine out on a new database; 0 only when every step was checked."""
    directory = use_data_directory(arguments.out)
    _clear(directory)
    # An installation's own keys sign nothing here.
    os.environ.pop("PROVNING_SIGNING_DIR", None)
    use_database_file(directory / DATABASE)
    django.setup()
    prepare_database()
    from provning.cli.rehearse.log import Log, StepFailedError
    from provning.cli.rehearse.routine import rehearse

    with (directory / "log.txt").open("w", encoding="utf-8") as file:
        log = Log(file)
        try:
            rehearse(directory, log)
        except StepFailedError as error:
            log.failed(str(error))
            return FAILED
    return 0


def _clear(directory: Path) -> None:
    """Remove what an earlier rehearsal left in the directory: only its own kinds of files."""
    names = (
        "groups.csv",
        "placements.csv",
        "grades.csv",
        "person.json",
        "log.txt",
        "reconcile.json",
        "betyg.xml",
        "betygsdokument.xml",
        "ims.xml",
        "scb-utkast.csv",
    )
    patterns = (f"{DATABASE}*", "betygskatalog-*.pdf", "utdrag-*.pdf", "avstamning-*", *names)
    for old in (path for pattern in patterns for path in directory.glob(pattern)):
        old.unlink()
    for folder in ("sip", "signing"):
        shutil.rmtree(directory / folder, ignore_errors=True)
