"""What a command sets in the environment before the settings are read."""

import logging
import os
import secrets
import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

ANOTHER = (
    "En ny installation får sin databas av ./prov serve. "
    "En annan anges med PROVNING_DATA_DIR eller DATABASE_URL."
)
ANSWERS_WITHIN = 30
"""So many seconds a database server that starts beside the program may take."""


class CannotRunError(Exception):
    """A command cannot begin; the message says why and what to do, for the terminal."""


def use_database_file(path: str | Path) -> None:
    """Make one SQLite file the database of this process, whatever the installation's own is."""
    # A file with the address goes before the address itself: the installation's would be used.
    os.environ.pop("DATABASE_URL_FILE", None)
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(path).resolve()}"


def data_directory() -> Path:
    """Return where an installation keeps its files: `var` unless the environment says another."""
    return Path(os.environ.get("PROVNING_DATA_DIR") or "var")


def use_data_directory(path: str | Path) -> Path:
    """Keep everything of this process under one directory.

    A missing one is made, for its owner alone: personal data will lie in it. Raises
    `CannotRunError` when it cannot be made.
    """
    directory = Path(path).resolve()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"Katalogen {directory} kan inte användas: {error.strerror}."
        raise CannotRunError(message) from error
    os.environ["PROVNING_DATA_DIR"] = str(directory)
    return directory


def keep_secret_key(directory: Path) -> None:
    """Give the installation a secret key of its own, unless the environment has one."""
    if os.environ.get("PROVNING_SECRET_KEY") or os.environ.get("PROVNING_SECRET_KEY_FILE"):
        return
    path = directory / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    os.environ["PROVNING_SECRET_KEY"] = path.read_text(encoding="ascii")


def use_kept_key(directory: Path) -> None:
    """Use the installation's secret key where it has one, and make none."""
    if (directory / "secret-key").is_file() and os.access(directory / "secret-key", os.R_OK):
        keep_secret_key(directory)


def log_everything() -> None:
    """Have a line written for every request and job, unless the environment says otherwise."""
    os.environ.setdefault("PROVNING_LOG_LEVEL", "INFO")


def today() -> date:
    """Return the day in Sweden, or the one that the settings hold the clock at."""
    held: str = settings.TODAY
    return date.fromisoformat(held) if held else timezone.localdate()


def wait_for_database() -> None:
    """Wait for a database server that is still starting, as beside containers and after a restart.

    Raises `CannotRunError` with what it said last when it never answers.
    """
    from django.db import OperationalError, connection

    patience = ANSWERS_WITHIN if connection.vendor == "postgresql" else 0
    for left in range(patience, -1, -1):
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if not left:
                name = connection.settings_dict["NAME"]
                message = f"Databasen {name} svarar inte: {error}".rstrip()
                raise CannotRunError(message) from error
            if left == patience:
                logging.getLogger("provning.serve").warning("waiting for the database")
            time.sleep(1)
        else:
            return


def expect_database() -> None:
    """Refuse a database that is not there or not ours; looking must not make one."""
    from django.db import DatabaseError, connection

    from provning.audit.models import AuditEvent

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not Path(name).is_file():
        message = f"Databasen {name} finns inte. {ANOTHER}"
        raise CannotRunError(message)
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        message = f"Databasen {name} går inte att läsa: {error}".rstrip()
        raise CannotRunError(message) from error
    if AuditEvent._meta.db_table not in tables:
        message = f"Databasen {name} har ingen händelselogg. {ANOTHER}"
        raise CannotRunError(message)
