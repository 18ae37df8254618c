"""An API client for the matrix."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from provning.clients.actions import create_client
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import PROGRAM, TODAY


def stored_client(unit: UUID) -> UUID:
    """Make a client that sees one unit's groups; returns its id."""
    return create_client(
        actor=PROGRAM,
        name=f"Klient {unit}",
        data_classes=["groups"],
        reach=[Scope(ScopeKind.UNIT, unit)],
        protected_persons="marked",
        submission=uuid4(),
        now=datetime.now(UTC),
        today=TODAY,
    ).client_id
