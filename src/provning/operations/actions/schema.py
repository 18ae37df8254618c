"""Making the tables of a database that has none: today's, or those of a backup.

Migrations one after another build most tables several times, and Django every model many times:
five seconds. An empty database gets the tables as the last migration leaves them, all at once. That
both ways give the same is tested, so a migration is written as if this were not here.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor

from provning.operations.backups.rows import Migrations

OURS = "provning."
OF_ROWS = {("comparisons", "0002_files_in_pieces")}
"""Migrations of ours whose Python moves rows, of which an empty database has none."""


def make_tables(connection: BaseDatabaseWrapper, targets: Iterable[tuple[str, str]] = ()) -> None:
    """Make the tables of an empty database as migrations leave them: the targets', or all.

    All or nothing: one transaction, with the guards and the note of which migrations it has had.
    What Python of others' migrations does is done to rows, and left out.
    """
    executor = MigrationExecutor(connection)
    last = list(targets) or executor.loader.graph.leaf_nodes()
    executor.recorder.ensure_schema()
    plan = [migration for migration, _backwards in executor.migration_plan(last, clean_start=True)]
    state = executor.loader.project_state(last)
    with connection.schema_editor(atomic=True) as editor:
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration in plan:
            for operation in _of_tables(migration):
                operation.database_forwards(migration.app_label, editor, state, state)
            executor.record_migration(migration)  # type: ignore[call-arg, arg-type] # stubs of an older Django


def _of_tables(migration: Migration) -> list[RunPython]:
    """Return what a migration of ours does to tables that have no rows, in Python."""
    key = (migration.app_label, migration.name)
    if not type(migration).__module__.startswith(OURS) or key in OF_ROWS:
        return []
    return [each for each in migration.operations if isinstance(each, RunPython)]


def has_schema(connection: BaseDatabaseWrapper, migrations: Migrations) -> bool:
    """Say whether the database has had exactly these migrations."""
    return set(MigrationExecutor(connection).loader.applied_migrations) == set(migrations)


def make_schema(connection: BaseDatabaseWrapper, migrations: Migrations) -> None:
    """Remove every table there is and make those of the migrations."""
    remove_tables(connection)
    wanted = set(migrations)
    nodes = MigrationExecutor(connection).loader.graph.node_map
    last = [
        each
        for each in migrations
        if not any(child.key in wanted for child in nodes[each].children)
    ]
    make_tables(connection, last)


def remove_tables(connection: BaseDatabaseWrapper) -> None:
    """Remove every table; SQLite is given a new file instead."""
    names = connection.introspection.table_names()
    if connection.vendor != "postgresql" or not names:
        return
    listed = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {listed} CASCADE")
