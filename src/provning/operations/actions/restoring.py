"""Putting a backup back: checked before, loaded in one transaction, proved afterwards."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from provning.audit.actions import record
from provning.audit.queries import verify_chain
from provning.catalogues.verification import verify_documents
from provning.kernel.actors import Actor
from provning.operations.actions.loading import load
from provning.operations.actions.places import expect_empty, place
from provning.operations.actions.schema import has_schema, make_schema, remove_tables
from provning.operations.backups.faults import BackupError, damaged
from provning.operations.backups.parts import Whole, inspect
from provning.operations.backups.rows import (
    Migrations,
    content_hash,
    digests_of,
    expect_known,
    tables_of,
)
from provning.operations.events import BACKUP_RESTORED

OTHER_TABLES = (
    "Säkerhetskopian kommer från en annan version av programmet, och databasen {name} har redan "
    "innehåll ({table}). Skapa en ny tom databas, ange den i DATABASE_URL och återläs där."
)
Files = Callable[[Iterable[tuple[str, bytes]]], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and in Swedish what of it does not hold though it is as it was copied."""

    whole: Whole
    faults: list[str]


def restore_backup(
    *,
    actor: Actor,
    path: Path,
    key: str,
    replace: bool,
    put_files: Files,
    accept_faults: bool = False,
) -> Restored:
    """Make the configured database the one that was copied, and bring it up to this program.

    The whole file is read through first. A database that holds anything is left alone without
    `replace`. A backup of another kind of database, or of an older program, is fine. What is
    restored must have the content hash of the backup, an unbroken audit trail and whole documents;
    otherwise nothing is changed (with `accept_faults` what was broken when it was copied may stay
    so). Raises `BackupError`.
    """
    whole = inspect(path, key)
    loader = MigrationExecutor(None).loader
    expect_known(whole.head.migrations, loader.disk_migrations)
    if not replace:
        expect_empty(connection)
    try:
        with place(connection):
            faults = _fill(path, key, whole, put_files, accept_faults=accept_faults)
            _note(actor, path, whole)
    except DatabaseError as error:
        raise BackupError(f"Databasen tar inte emot säkerhetskopian: {error}".rstrip()) from error
    return Restored(whole, faults)


def _fill(
    path: Path, key: str, whole: Whole, put_files: Files, *, accept_faults: bool
) -> list[str]:
    """Load everything and prove it; an older backup is proved when it has been brought up."""
    head = whole.head
    ours = list(MigrationExecutor(connection).loader.disk_migrations)
    current = set(head.migrations) == set(ours)
    with _tables(head.migrations, current=current):
        return _load_and_prove(
            path, key, whole, put_files, current=current, accept_faults=accept_faults
        )


@contextmanager
def _tables(migrations: Migrations, *, current: bool) -> Iterator[None]:
    """Have the tables of a backup, for as long as everything goes well.

    PostgreSQL is filled where it is. What cannot be done there in one transaction, because tables
    have to be made or changed, is done in an empty database alone, which is empty again after a
    failure: what was there is never lost before its replacement is proved.
    """
    made = not has_schema(connection, migrations)
    in_place = connection.vendor == "postgresql"
    if in_place and (made or not current):
        expect_empty(connection, OTHER_TABLES)
    if made:
        make_schema(connection, migrations)
    try:
        yield
    except BaseException:
        if in_place and made:
            remove_tables(connection)
        raise


def _load_and_prove(
    path: Path, key: str, whole: Whole, put_files: Files, *, current: bool, accept_faults: bool
) -> list[str]:
    """Load the rows and prove them, before they are committed where no table has to be changed."""
    head = whole.head
    with transaction.atomic():
        tables = tables_of(connection, head.migrations)
        put_files(load(connection, path, key, whole, tables))
        if content_hash(digests_of(tables, connection)) != whole.manifest.content:
            raise damaged(path.name, "innehållet blev ett annat i databasen")
        faults = _proved(accept_faults=accept_faults) if current else []
    if not current:
        call_command("migrate", verbosity=0)
        faults = _proved(accept_faults=accept_faults)
    return faults


def _proved(*, accept_faults: bool) -> list[str]:
    """Return what does not hold; raises `BackupError` for it unless it is accepted."""
    report = verify_chain()
    faults = [f"Händelseloggen: {report.fault}"] if report.fault else []
    faults += [f"{each.name}: {each.fault}" for each in verify_documents() if each.fault]
    if faults and not accept_faults:
        raise BackupError(
            "Säkerhetskopian är hel, men det som kopierades håller inte:\n"
            + "\n".join(faults)
            + "\nIngenting är återläst. Ta en äldre kopia, eller återläs ändå med --accept-faults."
        )
    return faults


@transaction.atomic
def _note(actor: Actor, path: Path, whole: Whole) -> None:
    """Tell the trail of the restored database where it comes from."""
    made_at = datetime.fromisoformat(whole.head.made_at)
    content = whole.manifest.content
    record(
        BACKUP_RESTORED,
        actor=actor,
        subjects=[("backup", content[:60])],
        after={"file": path.name, "made_at": made_at, "content": content},
    )
