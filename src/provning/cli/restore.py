"""`provning restore`: put a backup back, or only check that one holds."""

import argparse
import sys
from pathlib import Path

import django

from provning.cli.environment import data_directory, use_data_directory
from provning.operations.backups.faults import BackupError

FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take which file, and what may be overwritten."""
    parser.add_argument("file", type=Path, metavar="FIL", help="säkerhetskopian")
    parser.add_argument(
        "--check", action="store_true", help="kontrollera bara att kopian är hel; rör ingen databas"
    )
    parser.add_argument(
        "--replace", action="store_true", help="ersätt en databas som redan har innehåll"
    )
    parser.add_argument(
        "--accept-faults",
        action="store_true",
        help="återläs också det som var trasigt redan när det kopierades",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry it out and say what was restored; 1 with the reason when it cannot be."""
    if not arguments.file.is_file():
        print(f"{arguments.file} finns inte.", file=sys.stderr)
        return FAULTY
    use_data_directory(data_directory())
    django.setup()
    try:
        return _check(arguments.file) if arguments.check else _restore(arguments)
    except BackupError as error:
        print(error, file=sys.stderr)
        return FAULTY


def _check(path: Path) -> int:
    from django.conf import settings

    from provning.operations.backups.parts import inspect

    whole = inspect(path, settings.BACKUP_KEY)
    print(f"{path} är hel: {whole.manifest.rows} rader, tagen {whole.head.made_at}")
    print(f"Innehållets kontrollsumma: {whole.manifest.content}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from provning.kernel.actors import system_actor
    from provning.operations.actions import restore_backup
    from provning.operations.backups.beside import put_beside

    restored = restore_backup(
        actor=system_actor("Prövning", "restore"),
        path=arguments.file,
        key=settings.BACKUP_KEY,
        replace=arguments.replace,
        put_files=lambda files: put_beside(settings.DATA_DIR, settings.SIGNING_DIR, files),
        accept_faults=arguments.accept_faults,
    )
    manifest = restored.whole.manifest
    print(f"Återläst: {manifest.rows} rader från {restored.whole.head.made_at}")
    print(f"Innehållets kontrollsumma: {manifest.content}, samma som i kopian")
    for fault in restored.faults:
        print(f"Håller inte, som i originalet: {fault}", file=sys.stderr)
    if not restored.faults:
        print("Händelseloggen och alla lagrade dokument håller.")
    return 0
