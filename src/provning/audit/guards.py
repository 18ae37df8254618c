"""Database triggers that refuse to change or remove what must stay as it was written.

The same guarantee on SQLite and PostgreSQL: the refusal comes from the database itself, so it holds
for every program that opens it, not only for this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: on which table and verb, when it fires, and what it says.

    `condition` is SQL over OLD and NEW, the same text on both databases; "" means always.
    """

    name: str
    table: str
    verb: str
    message: str
    condition: str = ""


GUARDS: dict[str, Guard] = {}


def insert_only(table: str) -> list[Guard]:
    """Return the guards that make a table insert-only."""
    message = f"{table} is insert-only"
    return [
        Guard(f"{table}_no_{verb.lower()}", table, verb, message) for verb in ("UPDATE", "DELETE")
    ]


def register(guards: Iterable[Guard]) -> RunPython:
    """Return a migration step that creates the guards, and remember them for `install_guards`."""
    chosen = list(guards)
    GUARDS.update({guard.name: guard for guard in chosen})

    def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in chosen:
            _run(editor.connection, _create(editor.connection.vendor, guard))

    def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in chosen:
            _run(editor.connection, _drop(editor.connection.vendor, guard))

    return RunPython(forwards, backwards, elidable=False)


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Create every registered guard again (after a test's flush, or a restore)."""
    for guard in GUARDS.values():
        _run(connection, _create(connection.vendor, guard))


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Drop every registered guard; only tests and restore have a reason to."""
    for guard in GUARDS.values():
        _run(connection, _drop(connection.vendor, guard))


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the guards that the database lacks: somebody has opened it up."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(GUARDS) - present)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _create(vendor: str, guard: Guard) -> list[str]:
    when = f"WHEN ({guard.condition})" if guard.condition else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.verb} ON {guard.table} "
            f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        ]
    function = f"{guard.name}_fn"
    statements = [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{guard.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION {function}()",
    ]
    if guard.verb == "DELETE" and not guard.condition:
        statements += [
            f"DROP TRIGGER IF EXISTS {guard.name}_all ON {guard.table}",
            f"CREATE TRIGGER {guard.name}_all BEFORE TRUNCATE ON {guard.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        ]
    return statements


def _drop(vendor: str, guard: Guard) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {guard.name}"]
    return [
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"DROP TRIGGER IF EXISTS {guard.name}_all ON {guard.table}",
    ]
