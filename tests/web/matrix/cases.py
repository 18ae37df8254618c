"""Somebody's new number, proposed and not yet approved, for the matrix."""

from uuid import UUID, uuid4

from provning.privacy.actions import propose_number
from tests.builders import PROGRAM, TODAY, Town


def identity_case(town: Town, provider: UUID) -> UUID:
    """Store the proposal and return its id."""
    case = propose_number(
        actor=PROGRAM,
        person_id=town.person("Nu", "Nummer", at=provider).id,
        identity_number=next(town.numbers),
        reason="Skatteverket har tilldelat nytt nummer",
        submission=uuid4(),
        today=TODAY,
    )
    return case.pk
