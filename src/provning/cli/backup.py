"""`provning backup`: everything the installation holds in one file, while it runs."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

from provning.cli.environment import CannotRunError, expect_database
from provning.operations.backups.faults import BackupError

FAULTY = 1
ENDING = ".backup"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to write, what to take along, and how many to keep."""
    parser.add_argument(
        "--out", type=Path, metavar="FIL", help="filen; annars en ny i PROVNING_BACKUP_DIR"
    )
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="ta med nycklarna för underskrifter och inloggning; kräver kryptering",
    )
    parser.add_argument(
        "--keep", type=int, metavar="ANTAL", help="ta bort de äldsta i mappen utöver så många"
    )


def run(arguments: argparse.Namespace) -> int:
    """Take the backup and say what it holds; 1 with the reason when it cannot be taken."""
    django.setup()
    from django.conf import settings

    expect_database()
    if arguments.with_keys and not settings.BACKUP_KEY:
        message = "Nycklar tas bara med i en krypterad kopia. Ange PROVNING_BACKUP_KEY_FILE."
        raise CannotRunError(message)
    if arguments.keep is not None and arguments.keep < 1:
        raise CannotRunError("Minst en säkerhetskopia behålls: ange --keep 1 eller mer.")
    now = datetime.now(UTC)
    path = arguments.out or _new_name(settings.BACKUP_DIR, now)
    try:
        _take(path, now, with_keys=arguments.with_keys)
    except BackupError as error:
        print(error, file=sys.stderr)
        return FAULTY
    if arguments.keep:
        _clear(path.parent, arguments.keep)
    return 0


def _new_name(folder: Path, now: datetime) -> Path:
    """Return a name by the moment, in the folder of backups, which is made for its owner alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"Mappen {folder} kan inte användas: {error.strerror}."
        raise CannotRunError(message) from error
    return folder / f"provning-{now:%Y%m%dT%H%M%SZ}{ENDING}"


def _take(path: Path, now: datetime, *, with_keys: bool) -> None:
    from django.conf import settings

    from provning.kernel.actors import system_actor
    from provning.operations.actions import take_backup
    from provning.operations.backups.beside import files_beside

    taken = take_backup(
        actor=system_actor("Prövning", "backup"),
        path=path,
        key=settings.BACKUP_KEY,
        files=files_beside(settings.DATA_DIR, settings.SIGNING_DIR, with_keys=with_keys),
        now=now,
    )
    sealed = "krypterad" if settings.BACKUP_KEY else "inte krypterad"
    print(f"{taken.path}: {taken.manifest.rows} rader, {taken.size} byte, {sealed}")
    print(f"Innehållets kontrollsumma: {taken.manifest.content}")


def _clear(folder: Path, keep: int) -> None:
    """Remove the oldest by name, which tells the moment."""
    for old in sorted(folder.glob(f"provning-*Z{ENDING}"))[:-keep]:
        old.unlink()
        print(f"{old} är borttagen")
