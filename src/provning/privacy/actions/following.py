"""The lists of what carries a person who has become protected: made, and worked off."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.audit.actions import Occurrence, record, record_many
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, refuse_if
from provning.people.queries import person_for
from provning.privacy import events
from provning.privacy.carriers import carriers_of
from provning.privacy.compiling import compile_own_extract
from provning.privacy.models import Carrier
from provning.privacy.own_extract import OwnExtract
from provning.privacy.policies import followed_person
from provning.privacy.rules import checked_problems, note_problems, nothing_marked


@transaction.atomic
def follow_protection(*, actor: Actor, person_ids: Iterable[UUID]) -> None:
    """List everything that carries persons who have just become protected.

    A thing that was listed before, when the identity was protected at another time, is to be seen
    to again only when it is new.
    """
    occurrences = []
    for person_id in person_ids:
        made = _listed(person_id)
        if made:
            subjects = (("person", person_id),)
            after = {"count": len(made)}
            occurrences.append(Occurrence(events.CARRIERS_LISTED, subjects, None, after))
    if occurrences:
        record_many(actor=actor, occurrences=occurrences)


@transaction.atomic
def handle_carriers(
    *, actor: Actor, person_id: UUID, carrier_ids: Iterable[UUID], note: str
) -> int:
    """Say what has been done with some of the list; what is done already is left alone.

    Returns how many lines it was. Raises `NotFoundError` when the person is out of scope.
    """
    followed_person(actor, person_id)
    remaining = Carrier.objects.select_for_update().filter(person=person_id, done_at__isnull=True)
    wanted = list(remaining.filter(pk__in=list(carrier_ids)))
    refuse_if([*note_problems(note), *([] if wanted else [nothing_marked()])])
    for each in wanted:
        each.done_at, each.done_by_name, each.note = datetime.now(UTC), actor.name, note.strip()
    Carrier.objects.bulk_update(wanted, ["done_at", "done_by_name", "note"])
    record(
        events.CARRIERS_HANDLED,
        actor=actor,
        subjects=[("person", person_id), *(("carrier", each.pk) for each in wanted)],
        after={"count": len(wanted)},
        reason=note.strip(),
    )
    return len(wanted)


def _listed(person_id: UUID) -> list[Carrier]:
    """Store the lines that the list lacks."""
    known = set(Carrier.objects.filter(person=person_id).values_list("kind", "key"))
    at = datetime.now(UTC)
    return Carrier.objects.bulk_create(
        Carrier(person_id=person_id, kind=each.kind, key=each.key, label=each.label, found_at=at)
        for each in carriers_of(person_id)
        if (each.kind, each.key) not in known
    )


@transaction.atomic
def make_own_extract(*, actor: Actor, person_id: UUID, checked: str, form: str) -> OwnExtract:
    """Return everything the huvudman holds of a person, for the person, and tell the trail.

    `checked` is how the person has shown who they are, `form` the kind of file, pdf or json. Raises
    `NotFoundError` when the person is out of scope, or is masked for the actor.
    """
    require(actor, Permission.REGISTER_PERSONS)
    if person_for(actor, person_id, Permission.REGISTER_PERSONS).masked:
        raise NotFoundError("person")
    refuse_if(checked_problems(checked))
    found = compile_own_extract(actor, person_id)
    record(
        events.OWN_EXTRACT_MADE,
        actor=actor,
        subjects=[("person", person_id)],
        after={"format": form, "decisions": len(found.compiled.decisions)},
        reason=checked.strip(),
    )
    return found
