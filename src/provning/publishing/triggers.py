"""Triggers that keep the stamps: every program that writes the registers moves them.

A stamp moves when something the thing publishes changes, and when somebody comes to see it anew. A
thing may get a tombstone when somebody may cease to see it. On PostgreSQL the triggers fire at the
commit and take one lock, so that the moments follow the order of the commits; SQLite has one writer
at a time by itself.
"""

from collections.abc import Iterator
from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from provning.publishing.watches import EXISTING, MARK, WATCHES, Watch

LOCK: Final = 7_201_112
"""Any number works as long as every trigger takes the same."""
PRESENT: Final = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master"
    " WHERE type = 'trigger' AND name LIKE 'publishing_%'",
    "postgresql": "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND t.tgname LIKE 'publishing_%'",
}
"""Name, table and text of the triggers that are there."""
NOW: Final = {
    # As Django writes a moment, which SQLite compares letter by letter.
    "sqlite": "replace(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000', '.000000', '')",
    "postgresql": "clock_timestamp()",
}


def install(using: str) -> None:
    """Put every trigger in place that is not there as it should be, and stamp what has no stamp."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        present = {name: (table, text) for name, table, text in cursor.fetchall()}
        wanted = {f"publishing_{number:02}": watch for number, watch in enumerate(WATCHES)}
        for name in present.keys() - wanted.keys():
            cursor.execute(_drop(connection, name, present[name][0]))
        for name, watch in wanted.items():
            if present.get(name) != (watch.table, _text(connection, name, watch)):
                for statement in _trigger(connection, name, watch):
                    cursor.execute(statement)
        for resource, selects in EXISTING.items():
            for select in selects:
                cursor.execute(_backfill(connection, resource, select))


def _trigger(connection: BaseDatabaseWrapper, name: str, watch: Watch) -> list[str]:
    """Return the statements that put a trigger in place, whatever was there."""
    drop, text = _drop(connection, name, watch.table), _text(connection, name, watch)
    if connection.vendor == "sqlite":
        return [drop, text]
    condition = _condition(watch, "IS DISTINCT FROM")
    when = f" WHEN ({condition})" if condition else ""
    return [
        drop,
        f"CREATE OR REPLACE FUNCTION {name}_fn() RETURNS trigger LANGUAGE plpgsql AS "
        f"$stamp${text}$stamp$",
        f"CREATE CONSTRAINT TRIGGER {name} AFTER {watch.verb} ON {watch.table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW{when} EXECUTE FUNCTION {name}_fn()",
    ]


def _drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    return f"DROP TRIGGER IF EXISTS {name}{on}"


def _text(connection: BaseDatabaseWrapper, name: str, watch: Watch) -> str:
    """Return what the database keeps of a trigger: the whole, or its function's body.

    The body begins with when the trigger fires, so that another moment makes another text.
    """
    if connection.vendor == "sqlite":
        condition = _condition(watch, "IS NOT")
        when = f" WHEN {condition}" if condition else ""
        steps = "; ".join(_steps(watch, NOW["sqlite"]))
        return (
            f"CREATE TRIGGER {name} AFTER {watch.verb} ON {watch.table} FOR EACH ROW{when} "
            f"BEGIN {steps}; END"
        )
    steps = "; ".join(_steps(watch, "moment"))
    return (
        f"/* {watch.verb} {_condition(watch, 'IS DISTINCT FROM')} */ "
        f"DECLARE moment timestamptz; BEGIN PERFORM pg_advisory_xact_lock({LOCK}); "
        f"moment := clock_timestamp(); {steps}; RETURN NULL; END"
    )


def _condition(watch: Watch, differs: str) -> str:
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in watch.columns)
    parts = [f"({part})" for part in (changed, watch.condition) if part]
    return " AND ".join(parts)


def _steps(watch: Watch, moment: str) -> Iterator[str]:
    for resource, ids in watch.concerns:
        if watch.act == MARK:
            yield (
                "INSERT INTO publishing_stamp (resource, key, created, modified) "
                f"SELECT '{resource}', found.id, {moment}, {moment} FROM ({ids}) AS found "
                "WHERE true ON CONFLICT (resource, key) DO UPDATE SET modified = excluded.modified"
            )
        else:
            yield (
                "INSERT INTO publishing_tombstone (resource, key, deleted, provider_id, unit_id) "
                f"SELECT '{resource}', found.id, {moment}, {watch.place[0]}, {watch.place[1]} "
                f"FROM ({ids}) AS found"
            )


def _backfill(connection: BaseDatabaseWrapper, resource: str, select: str) -> str:
    moment = NOW[connection.vendor]
    return (
        "INSERT INTO publishing_stamp (resource, key, created, modified) "
        f"SELECT '{resource}', found.id, {moment}, {moment} FROM ({select}) AS found "
        "WHERE true ON CONFLICT (resource, key) DO NOTHING"
    )
