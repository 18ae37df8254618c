"""The machine: Python, folders and their rights, room on the disk, fonts, the clock."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from provning.audit.models import AuditEvent
from provning.catalogues.font_files import FONTS
from provning.operations.finding import Finding, fault, warning, well

LEAST_PYTHON = (3, 11)
FULL, NEARLY_FULL = 500_000_000, 5_000_000_000
"""Bytes free below which nothing can be relied on, and below which somebody should look."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
GIGABYTE = 1_000_000_000
APART = timedelta(minutes=1)


def python() -> Iterator[Finding]:
    """Look at the version that runs this."""
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < LEAST_PYTHON:
        yield fault(
            "python",
            _("Python %(version)s är för gammal.") % {"version": running},
            _("Installera Python 3.11 eller senare och ta bort mappen .venv."),
        )
    else:
        yield well("python", _("Python %(version)s") % {"version": running})


def folders() -> Iterator[Finding]:
    """Look whether the data folder can be written, and by its owner alone."""
    folder: Path = settings.DATA_DIR
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield fault(
            "folder",
            _("Mappen %(folder)s finns inte eller går inte att skriva i.") % {"folder": folder},
            _("Skapa den och ge den till programmets konto: install -d -m 700 -o provning MAPP"),
        )
        return
    open_to_others = [path for path in _private(folder) if path.stat().st_mode & OTHERS]
    if open_to_others:
        names = ", ".join(str(path) for path in open_to_others)
        yield fault(
            "folder_rights",
            _("Andra konton på datorn kommer åt %(names)s.") % {"names": names},
            _("Låt bara ägaren komma åt dem: chmod go-rwx %(names)s")
            % {"names": names.replace(",", "")},
        )
    else:
        yield well("folder", _("Mappen %(folder)s är programmets egen.") % {"folder": folder})


def _private(folder: Path) -> list[Path]:
    """Return what nobody else may read; a file in a closed folder is out of their reach."""
    keys = sorted((settings.SIGNING_DIR / "keys").glob("*.key"))
    found = [folder, folder / "secret-key", settings.BACKUP_DIR, *keys]
    return [path for path in found if path.exists()]


def disk() -> Iterator[Finding]:
    """Look how much room is left where the data lies."""
    folder: Path = settings.DATA_DIR
    free = shutil.disk_usage(folder).free if folder.is_dir() else 0
    text = _("%(free)s GB ledigt på disken med %(folder)s.") % {
        "free": number_format(free / GIGABYTE, 1),
        "folder": folder,
    }
    remedy = _("Frigör utrymme eller flytta PROVNING_DATA_DIR till en större disk.")
    if free < FULL:
        yield fault("disk", text, remedy)
    elif free < NEARLY_FULL:
        yield warning("disk", text, remedy)
    else:
        yield well("disk", text)


def fonts() -> Iterator[Finding]:
    """Look whether the fonts of the documents came along."""
    count = len([path for path in Path(FONTS).glob("*") if path.suffix in {".ttf", ".otf"}])
    if count:
        yield well("fonts", _("Dokumentens typsnitt finns (%(count)s).") % {"count": count})
    else:
        yield fault(
            "fonts",
            _("Dokumentens typsnitt saknas i %(folder)s.") % {"folder": FONTS},
            _("Installera programmet på nytt: det är inte helt."),
        )


def clock(now: datetime) -> Iterator[Finding]:
    """Hold the clock against the database's and against what has happened already."""
    theirs = _database_clock() or now
    last = AuditEvent.objects.order_by("-number").values_list("recorded_at", flat=True).first()
    remedy = _("Ställ datorns klocka: timedatectl set-ntp true")
    if abs(theirs - now) > APART:
        yield fault("clock", _("Datorns och databasens klockor går isär mer än en minut."), remedy)
    elif last and last - now > APART:
        text = _("Klockan är före det som redan har hänt: senaste händelsen är från %(moment)s.")
        yield fault("clock", text % {"moment": last.isoformat(timespec="minutes")}, remedy)
    else:
        yield well("clock", _("Klockan stämmer."))


def _database_clock() -> datetime | None:
    """Return what the database's own machine takes for the time; SQLite has none of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
