"""Taking a backup while everything runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from provning import __version__
from provning.audit.actions import record
from provning.kernel.actors import Actor
from provning.operations.backups.faults import BackupError
from provning.operations.backups.frame import new_file
from provning.operations.backups.next_keys import last_keys
from provning.operations.backups.parts import Head, Manifest, Writer, inspect
from provning.operations.backups.rows import applied, lines_of, tables_of
from provning.operations.backups.snapshot import snapshot
from provning.operations.events import BACKUP_TAKEN


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that lies there, whole; `size` in bytes."""

    path: Path
    size: int
    manifest: Manifest


def take_backup(
    *, actor: Actor, path: Path, key: str, files: Mapping[str, Path], now: datetime
) -> Taken:
    """Write everything the database holds, as of one moment, and the files into one new file.

    The file is read back before this returns. `files` are names in the backup with where they lie;
    "" as key leaves the backup readable for whoever has the file. Raises `BackupError`.
    """
    try:
        with new_file(path, key) as stream, snapshot(connection):
            migrations = applied(connection)
            tables = tables_of(connection, migrations)
            head = Head(
                program=__version__,
                made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
                database=connection.vendor,
                migrations=migrations,
                columns={table.name: table.columns for table in tables},
                next_keys=last_keys(connection, tables),
            )
            writer = Writer(stream, head)
            for table in tables:
                writer.table(table.name, table.columns, lines_of(table, connection))
            for name, place in sorted(files.items()):
                writer.file(name, place.read_bytes())
            manifest = writer.close()
    except FileExistsError as error:
        raise BackupError(f"{path} finns redan. Ange ett annat namn.") from error
    except OSError as error:
        raise BackupError(f"{path} går inte att skriva: {error.strerror}.") from error
    if inspect(path, key).manifest != manifest:
        raise BackupError(f"{path} blev inte som den skulle. Ta kopian på nytt.")
    _note(actor, path, manifest)
    return Taken(path, path.stat().st_size, manifest)


@transaction.atomic
def _note(actor: Actor, path: Path, manifest: Manifest) -> None:
    """Tell the trail: everything about everybody has been copied."""
    record(
        BACKUP_TAKEN,
        actor=actor,
        subjects=[("backup", manifest.content[:60])],
        after={"file": path.name, "content": manifest.content, "rows": manifest.rows},
    )
