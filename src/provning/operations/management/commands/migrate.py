"""`migrate`, which makes the tables of an empty database at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from provning.operations.actions.schema import is_empty, make_tables

ASKED = ("app_label", "fake", "plan", "check_unapplied")
"""What asks for something else than every migration."""


class Command(migrate.Command):
    """Django's own command, when there are no tables yet."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make every table at once, or what waits one after another."""
        connection = connections[options["database"]]
        if not any(options.get(name) for name in ASKED) and is_empty(connection):
            make_tables(connection)
        super().handle(*args, **options)
