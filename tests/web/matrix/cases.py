"""Somebody's new number, not yet approved, a protected person and staff, for the matrix."""

from uuid import UUID, uuid4

from provning.exams.actions import place_student
from provning.people.models import Duty
from provning.privacy.actions import propose_number
from tests.builders import PROGRAM, TODAY, Town
from tests.web.stage import EXAM_DAY

PROTECTED_NAME = "Hemligsson"


def place_protected(town: Town, provider: UUID, group_id: UUID) -> None:
    """Place a protected person in a group."""
    hidden = town.person("Dold", PROTECTED_NAME, at=provider, protection="Sekretessmarkering")
    place_student(
        actor=PROGRAM, group_id=group_id, person_id=hidden.id, exam_date=EXAM_DAY, today=TODAY
    )


def duty_of(teacher: UUID) -> UUID:
    """Return the teacher's duty."""
    return Duty.objects.get(person=teacher).id


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
