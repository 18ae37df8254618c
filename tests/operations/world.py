"""An installation with something of everything that matters: grades, documents, a long trail."""

from datetime import UTC, datetime
from pathlib import Path

from provning.archive.actions import build_packages
from provning.kernel.actors import system_actor
from provning.operations.actions import Restored, Taken, restore_backup, take_backup
from tests.archive.world import Shelf, shelf
from tests.grading.world import HT26

NOW = datetime(2027, 1, 20, 3, 30, tzinfo=UTC)
KEEPER = system_actor("Prövning", "backup")


def build_installation() -> Shelf:
    """Store a unit whose catalogue is printed, signed, delivered and packed for the archive."""
    stage = shelf()
    stage.delivered()
    build_packages(actor=stage.receiver, unit_id=stage.unit_id, term=HT26)
    return stage


def back_up(path: Path, key: str = "", **files: Path) -> Taken:
    """Take a backup of what there is."""
    return take_backup(actor=KEEPER, path=path, key=key, files=files, now=NOW)


def put_back(
    path: Path, key: str = "", *, replace: bool = True, accept_faults: bool = False
) -> tuple[Restored, dict[str, bytes]]:
    """Restore a backup; returns the files it brought too."""
    files: dict[str, bytes] = {}
    restored = restore_backup(
        actor=KEEPER,
        path=path,
        key=key,
        replace=replace,
        put_files=files.update,
        accept_faults=accept_faults,
    )
    return restored, files
