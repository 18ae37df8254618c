"""A short trail to read and to tamper with."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from provning.audit.actions import record
from provning.audit.guards import remove_guards
from provning.audit.models import AuditEvent
from provning.audit.registry import register_event
from provning.kernel.actors import system_actor

DONE = register_event("test_done", "Något gjordes: {what}")
OTHER = register_event("test_other", "Något annat gjordes")
ACTOR = system_actor("Testet", "test")


def record_one(what: str = "provet", *, name: str = DONE, key: object = "1") -> AuditEvent:
    """Append one event in a transaction of its own."""
    with transaction.atomic():
        return record(name, actor=ACTOR, subjects=[("thing", key)], after={"what": what})


@dataclass(frozen=True, slots=True)
class Trail:
    """A chain of five events, numbered 1-5."""

    events: list[AuditEvent]

    def tamper(self, sql: str, *parameters: str | int) -> None:
        """Run SQL as somebody would who has first taken the guards away."""
        remove_guards(connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)


@pytest.fixture
def trail(db: None) -> Trail:
    """Return five events about five things."""
    return Trail([record_one(f"sak {number}", key=number) for number in range(1, 6)])
