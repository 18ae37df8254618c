"""Of whom among the protected a version's document speaks, and that it is opened for a reason."""

from datetime import date
from uuid import UUID

from provning.catalogues.models import GradeCatalogue
from provning.exams.models import Placement
from provning.kernel.actors import SYSTEM, Actor
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import NotOpenedError
from provning.kernel.seen import note_read
from provning.people.models import Person, PersonNumber


def speaks_of_protected(catalogue: GradeCatalogue) -> bool:
    """Say whether the document names somebody who is protected, now or when it was made."""
    return catalogue.part == GradeCatalogue.Part.PROTECTED or bool(protected_in(catalogue))


def require_opened(actor: Actor, catalogue: GradeCatalogue) -> None:
    """Raise `NotOpenedError` when the document asks for a reason, and note whom it gives in clear.

    A program is asked for none, and what the program itself reads on its way is not noted.
    """
    persons = protected_in(catalogue)
    speaks = catalogue.part == GradeCatalogue.Part.PROTECTED or bool(persons)
    if speaks and not actor.has_opened(catalogue.id):
        raise NotOpenedError(catalogue.id)
    if actor.role != SYSTEM:
        note_read((each, True) for each in persons)


def protected_in(catalogue: GradeCatalogue) -> set[UUID]:
    """Return the persons protected today whose number stands in the document; one query."""
    placed = Placement.objects.filter(
        group__unit_id=catalogue.unit_id,
        group__year=catalogue.year,
        group__season=catalogue.season,
    ).exclude(person__protection=Person.Protection.NONE)
    # Who becomes protected may get a new number: the document has the one of its day.
    numbers = PersonNumber.objects.filter(person__in=placed.values("person_id"))
    return {
        person_id
        for person_id, number in numbers.values_list("person_id", "number")
        if parse_identity_number(number, today=date.max).display in catalogue.content
    }
