"""The database itself refuses; no program goes past it, and a weakened guard is noticed."""

import pytest
from django.db import IntegrityError, connection, transaction

from provning.audit.guards import (
    GUARDS,
    Guard,
    install_guards,
    missing_guards,
    remember,
    remove_guards,
)
from provning.audit.models import AuditEvent, AuditSubject
from tests.audit.conftest import Trail

pytestmark = pytest.mark.django_db

POSTGRESQL = connection.vendor == "postgresql"
# PostgreSQL empties no table that has foreign keys left to check.
SETTLED = ["SET CONSTRAINTS ALL IMMEDIATE"] * POSTGRESQL
WRITTEN_OVER = (
    """
    INSERT INTO audit_auditevent SELECT * FROM audit_auditevent
    ON CONFLICT (number) DO UPDATE SET reason = 'fusk'
    """
    if POSTGRESQL
    else "INSERT OR REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent"
)
NAME = "audit_auditevent_no_delete"
WEAKENINGS = (
    {
        "it says nothing": [
            "CREATE FUNCTION silent() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN OLD; END $$",
            f"DROP TRIGGER {NAME} ON audit_auditevent",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON audit_auditevent FOR EACH ROW"
            " EXECUTE FUNCTION silent()",
        ],
        "it waits for a condition": [
            f"DROP TRIGGER {NAME} ON audit_auditevent",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON audit_auditevent FOR EACH ROW"
            f" WHEN (OLD.number = 0) EXECUTE FUNCTION {NAME}_fn()",
        ],
        "it is switched off": [f"ALTER TABLE audit_auditevent DISABLE TRIGGER {NAME}"],
        "it stands on another table": [
            f"DROP TRIGGER {NAME} ON audit_auditevent",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON audit_auditsubject FOR EACH ROW"
            f" EXECUTE FUNCTION {NAME}_fn()",
        ],
    }
    if POSTGRESQL
    else {
        "it says nothing": [
            f"DROP TRIGGER {NAME}",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON audit_auditevent BEGIN SELECT 1; END",
        ],
        "it waits for a condition": [
            f"DROP TRIGGER {NAME}",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON audit_auditevent FOR EACH ROW"
            " WHEN (OLD.number = 0) BEGIN SELECT RAISE(ABORT, ''); END",
        ],
        "it is gone": [f"DROP TRIGGER {NAME}"],
    }
)


def run(*statements: str) -> None:
    """Run raw SQL, as another program would."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refused(*statements: str) -> bool:
    """Say whether the database refuses the statements."""
    try:
        run(*statements)
    except IntegrityError:
        return True
    return False


def test_every_guard_stands_after_the_migrations() -> None:
    assert missing_guards(connection) == []
    assert "audit_auditevent_no_update" in GUARDS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET id = id",
        "UPDATE audit_auditsubject SET key = key WHERE key = '2'",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_auditsubject WHERE key = '2'",
        WRITTEN_OVER,
        *(["TRUNCATE audit_auditevent CASCADE", "TRUNCATE audit_auditsubject"] * POSTGRESQL),
    ],
)
def test_the_trail_refuses_change_and_removal(trail: Trail, statement: str) -> None:
    assert refused(*SETTLED, statement)
    assert list(AuditEvent.objects.values_list("reason")) == [("",)] * len(trail.events)
    assert AuditSubject.objects.count() == len(trail.events)


def test_an_instance_can_neither_be_saved_again_nor_deleted(trail: Trail) -> None:
    event = trail.events[0]
    event.reason = "efteråt"

    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditSubject.objects.filter(event=event).delete()


def test_removed_guards_are_named_and_can_be_put_back() -> None:
    remove_guards(connection)
    names = missing_guards(connection)
    install_guards(connection)

    assert "audit_auditevent_no_delete" in names
    assert "grading_gradedecision_no_update" in names
    assert missing_guards(connection) == []


@pytest.mark.parametrize("how", list(WEAKENINGS))
def test_a_weakened_guard_counts_as_missing(how: str) -> None:
    run(*WEAKENINGS[how])

    assert missing_guards(connection) == [NAME]


def test_a_guard_with_a_subquery_refuses_only_what_it_names() -> None:
    guard = Guard(
        "guard_sample_used",
        "guard_sample",
        "UPDATE",
        "guard_sample is used",
        "EXISTS (SELECT 1 FROM guard_use u WHERE u.sample = OLD.id)",
    )
    run(
        "CREATE TABLE guard_sample (id integer PRIMARY KEY, note text)",
        "CREATE TABLE guard_use (sample integer)",
        "INSERT INTO guard_sample VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO guard_use VALUES (1)",
    )
    remember([guard])
    try:
        install_guards(connection)
        assert missing_guards(connection) == []
        assert refused("UPDATE guard_sample SET note = 'c' WHERE id = 1")
        assert not refused("UPDATE guard_sample SET note = 'c' WHERE id = 2")
    finally:
        del GUARDS[guard.name]
