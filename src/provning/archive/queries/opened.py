"""That what lies in the protected part of an archive's file is opened for a reason, and noted."""

from uuid import UUID

from provning.exams.models import Placement
from provning.kernel.actors import SYSTEM, Actor
from provning.kernel.problems import NotOpenedError
from provning.kernel.seen import note_read
from provning.people.models import Person


def require_opened(actor: Actor, key: UUID, unit_id: UUID, *, year: int) -> None:
    """Raise `NotOpenedError` unless the document is open, and note whom it may give in clear.

    Those are the protected persons with a decision in the unit that year.
    """
    if not actor.has_opened(key):
        raise NotOpenedError(key)
    if actor.role == SYSTEM:
        return
    placed = Placement.objects.filter(
        group__unit_id=unit_id, group__year=year, decisions__isnull=False
    ).exclude(person__protection=Person.Protection.NONE)
    note_read((each, True) for each in placed.values_list("person_id", flat=True).distinct())
