"""`migrate`, which makes the tables of an empty database at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ASKED = ("app_label", "fake", "plan", "check_unapplied")
"""What asks for something else than every migration."""


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the database has no table at all."""
    return not connection.introspection.table_names()


class Command(migrate.Command):
    """Django's own command, when there are no tables yet."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make every table at once, or what waits one after another."""
        connection = connections[options["database"]]
        if not any(options.get(name) for name in ASKED) and is_empty(connection):
            # It brings in most of the program, and every other start has its tables.
            from provning.operations.actions.schema import make_tables

            make_tables(connection)
        super().handle(*args, **options)
