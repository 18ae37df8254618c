"""Reading the lists, within what the actor may see."""

from uuid import UUID

from django.db.models import Count, Q

from provning.accounts.policies import require
from provning.kernel.actors import Actor
from provning.people.queries import persons_for, persons_reached
from provning.privacy.models import Carrier
from provning.privacy.policies import SEE, followed_person
from provning.privacy.rows import CarrierRow, FollowUp


def follow_ups(actor: Actor) -> list[FollowUp]:
    """Return the persons with a list, those with something left first; two queries."""
    require(actor, SEE)
    found = Carrier.objects.filter(person__in=persons_reached(actor, SEE)).values("person")
    counted = found.annotate(total=Count("pk"), open=Count("pk", filter=Q(done_at__isnull=True)))
    rows = list(counted)
    persons = persons_for(actor, [row["person"] for row in rows])
    listed = [
        FollowUp(persons[row["person"]], row["total"], row["open"])
        for row in rows
        if row["person"] in persons
    ]
    return sorted(listed, key=lambda each: (-each.open, each.person.case_number))


def carriers_for(actor: Actor, person_id: UUID) -> list[CarrierRow]:
    """Return a person's list, what remains first; `NotFoundError` when out of scope."""
    followed_person(actor, person_id)
    found = Carrier.objects.filter(person=person_id).order_by("done_at", "kind", "label")
    rows = [
        CarrierRow(
            each.id,
            each.kind,
            str(Carrier.Kind(each.kind).label),
            each.key,
            each.label,
            each.found_at,
            each.done_at,
            each.done_by_name,
            each.note,
        )
        for each in found
    ]
    return sorted(rows, key=lambda row: row.done_at is not None)
