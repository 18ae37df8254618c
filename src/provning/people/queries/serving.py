"""One of the staff, for who keeps their name and protection."""

from uuid import UUID

from django.db.models import QuerySet

from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import unit_scope
from provning.people.models import Duty, Person
from provning.people.queries.masking import rows_of
from provning.people.queries.persons import serving_scope, staff_scope
from provning.people.rows import PersonRow, ServedUnit, StaffMember

KEEPERS = (Permission.MANAGE_ORGANISATION, Permission.REGISTER_PERSONS)
"""The rights to the name and the protection of staff who are no students; either is enough.

Who keeps the organisation gives the duties. Who registers persons for the organiser may also see
protected identities there, and is who can end a protection when nobody else may see it.
"""


def staff_member(actor: Actor, person_id: UUID) -> StaffMember:
    """Return somebody who serves or has served within reach; three queries at most.

    Raises `NotFoundError` for anybody else, also a student whom the actor registers.
    """
    serving = Person.objects.filter(serving_scope(actor, *KEEPERS), pk=person_id)
    rows = rows_of(actor, serving)
    if not rows:
        raise NotFoundError("person")
    [row] = rows
    found = Person.objects.filter(staff_scope(actor, *KEEPERS), pk=person_id)
    protection = None if row.masked else found.values_list("protection", flat=True).first()
    return StaffMember(row, protection or "", protection is not None, _duties(actor, person_id))


def staff_reached(actor: Actor) -> QuerySet[Person, UUID]:
    """Return the ids of the staff whose name and protection the actor keeps, to narrow by."""
    found = Person.objects.filter(staff_scope(actor, *KEEPERS))
    return found.values_list("pk", flat=True)


def protected_staff(actor: Actor) -> list[PersonRow]:
    """Return the staff with a protected identity whom the actor may ask to see; one query.

    No search finds them, since they are no students: this list is the way to them.
    """
    found = Person.objects.filter(staff_scope(actor, Permission.VIEW_PROTECTED))
    hidden = found.exclude(protection=Person.Protection.NONE).order_by("case_number")
    return rows_of(actor, hidden)


def _duties(actor: Actor, person_id: UUID) -> tuple[ServedUnit, ...]:
    organised, registered = (unit_scope(actor, each) for each in KEEPERS)
    found = Duty.objects.filter(person=person_id).select_related("unit")
    reached = found.filter(organised) | found.filter(registered)
    return tuple(
        ServedUnit(each.unit_id, each.unit.name, each.role, each.start_date, each.end_date)
        for each in reached.order_by("-start_date", "pk").distinct()
    )
