"""Database triggers that refuse to change or remove what must stay as it was written.

The same guarantee on SQLite and PostgreSQL: the refusal comes from the database itself, so it holds
for every program that opens it, not only for this one. SQLite drops a table's triggers when a later
migration rebuilds the table: such a migration ends with `register` once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import ProjectState

# The bits of pg_trigger.tgtype.
_ROW, _BEFORE = 1, 2
_VERBS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_RETURNED = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: on which table and verb, when it fires, and what it says.

    `condition` is SQL over OLD and NEW, the same text on both databases, and may hold subqueries;
    "" means always. `vendors` are the databases that need it.
    """

    name: str
    table: str
    verb: str
    message: str
    condition: str = ""
    vendors: tuple[str, ...] = ("sqlite", "postgresql")


class GuardStep(RunPython):
    """A migration step that asks for no model.

    Django's own builds every model of the program anew before each such step, in case it does.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 # the signature is Django's
    ) -> None:
        """Carry the step out with the models as they happen to stand."""
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self.code(from_state.apps, schema_editor)


GUARDS: dict[str, Guard] = {}


def insert_only(table: str, *keys: str) -> list[Guard]:
    """Return the guards that make a table insert-only.

    `keys` are the table's unique keys, each as SQL over the stored row and NEW (see `no_replace`).
    """
    message = f"{table} is insert-only"
    return [
        Guard(f"{table}_no_update", table, "UPDATE", message),
        Guard(f"{table}_no_delete", table, "DELETE", message),
        no_replace(table, *keys),
    ]


def no_replace(table: str, *keys: str) -> Guard:
    """Return the guard against INSERT OR REPLACE, which in SQLite removes rows without a trigger.

    Each key is a condition such as "id = NEW.id"; one for every unique constraint of the table.
    """
    any_key = " OR ".join(f"({key})" for key in keys)
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {any_key})"
    return Guard(
        f"{table}_no_replace", table, "INSERT", f"{table} has this row", taken, ("sqlite",)
    )


def remember(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    """Make guards known to this process, so that their absence is seen; each room does it."""
    chosen = tuple(guards)
    GUARDS.update({guard.name: guard for guard in chosen})
    return chosen


def register(guards: Iterable[Guard]) -> GuardStep:
    """Return a migration step that creates the guards, and remember them for `install_guards`."""
    chosen = remember(guards)

    def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in chosen:
            _install(editor.connection, guard)

    def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for guard in chosen:
            _remove(editor.connection, guard)

    return GuardStep(forwards, backwards, elidable=False)


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Create every registered guard again (after a test's flush, or a restore)."""
    for guard in GUARDS.values():
        _install(connection, guard)


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Drop every registered guard; only tests and restore have a reason to."""
    for guard in GUARDS.values():
        _remove(connection, guard)


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the guards that the database lacks or has in another form: somebody has opened it up."""
    expected = {
        trigger: shape
        for guard in GUARDS.values()
        if connection.vendor in guard.vendors
        for trigger, shape in _shapes(connection.vendor, guard).items()
    }
    present = _present(connection)
    return sorted(name for name, shape in expected.items() if present.get(name) != shape)


def _install(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    _remove(connection, guard)
    if connection.vendor in guard.vendors:
        create = _sqlite_trigger if connection.vendor == "sqlite" else _postgresql_triggers
        _run(connection, create(guard))


def _remove(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {guard.name}"])
    else:
        names = _triggers(guard)
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON {guard.table}" for name in names])


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_trigger(guard: Guard) -> list[str]:
    when = f" WHEN ({guard.condition})" if guard.condition else ""
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} FOR EACH ROW{when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    ]


def _postgresql_triggers(guard: Guard) -> list[str]:
    function = f"{guard.name}_fn"
    statements = [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$guard${_body(guard)}$guard$"
    ]
    for name, verb in _triggers(guard).items():
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {guard.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {function}()"
        )
    return statements


def _triggers(guard: Guard) -> dict[str, str]:
    """Return PostgreSQL's triggers and their verbs: TRUNCATE goes past every row trigger."""
    triggers = {guard.name: guard.verb}
    if guard.verb == "DELETE" and not guard.condition:
        triggers[f"{guard.name}_all"] = "TRUNCATE"
    return triggers


def _body(guard: Guard) -> str:
    """Return the function; PostgreSQL takes no subquery in WHEN, so the condition stands here."""
    refusal = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation';"
    if not guard.condition:
        return f" BEGIN {refusal} END "
    returned = _RETURNED[guard.verb]
    return f" BEGIN IF ({guard.condition}) THEN {refusal} END IF; RETURN {returned}; END "


def _shapes(vendor: str, guard: Guard) -> dict[str, tuple[object, ...]]:
    """Return what the database's own tables say of a guard that stands as it was built."""
    if vendor == "sqlite":
        return {guard.name: (guard.table, _sqlite_trigger(guard)[0])}
    body = _body(guard)
    return {
        name: (guard.table, _BEFORE | _VERBS[verb] | (verb != "TRUNCATE") * _ROW, body)
        for name, verb in _triggers(guard).items()
    }


def _present(connection: BaseDatabaseWrapper) -> dict[str, tuple[object, ...]]:
    """Return the triggers that fire, in the form of `_shapes`."""
    query = (
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname, c.relname, t.tgtype, p.prosrc FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL"
        " AND t.tgattr = '' AND pg_table_is_visible(c.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
