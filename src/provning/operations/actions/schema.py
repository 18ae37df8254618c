"""Bringing a database's tables to the state that a backup was taken in."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from provning.operations.backups.rows import Migrations


def has_schema(connection: BaseDatabaseWrapper, migrations: Migrations) -> bool:
    """Say whether the database has had exactly these migrations."""
    return set(MigrationExecutor(connection).loader.applied_migrations) == set(migrations)


def make_schema(connection: BaseDatabaseWrapper, migrations: Migrations) -> None:
    """Remove every table there is and make those of the migrations."""
    remove_tables(connection)
    executor = MigrationExecutor(connection)
    wanted = set(migrations)
    nodes = executor.loader.graph.node_map
    last = [
        each
        for each in migrations
        if not any(child.key in wanted for child in nodes[each].children)
    ]
    executor.migrate(last)


def remove_tables(connection: BaseDatabaseWrapper) -> None:
    """Remove every table; SQLite is given a new file instead."""
    names = connection.introspection.table_names()
    if connection.vendor != "postgresql" or not names:
        return
    listed = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {listed} CASCADE")
