"""Whether a version's document speaks of somebody whose identity is protected."""

from datetime import date

from provning.catalogues.models import GradeCatalogue
from provning.exams.models import Placement
from provning.kernel.identity import parse_identity_number
from provning.people.models import Person, PersonNumber


def speaks_of_protected(catalogue: GradeCatalogue) -> bool:
    """Say whether the document names somebody who is protected, now or when it was made."""
    if catalogue.part == GradeCatalogue.Part.PROTECTED:
        return True
    placed = Placement.objects.filter(
        group__unit_id=catalogue.unit_id,
        group__year=catalogue.year,
        group__season=catalogue.season,
    ).exclude(person__protection=Person.Protection.NONE)
    # Who becomes protected may get a new number: the document has the one of its day.
    numbers = PersonNumber.objects.filter(person__in=placed.values("person_id"))
    shown = {
        parse_identity_number(number, today=date.max).display
        for number in numbers.values_list("number", flat=True)
    }
    return any(number in catalogue.content for number in shown)
