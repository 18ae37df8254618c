"""Who takes grades out to other systems, and whose grades stay behind."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.organisation.models import Organiser
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import PolicyBook, organiser_scope
from provning.people.models import Person

EXCHANGE = Permission.EXCHANGE_GRADES
INCLUDED = "included"
EXCHANGE_PATHS = ("/api/skolplattform/betyg", "/api/ss12000/v2.0/grades")
"""Where programs ask for grades by the list; the addresses are the contracts' own."""


def require_exchange(actor: Actor) -> None:
    """Raise `NotAllowedError` unless the actor takes out grades to other systems somewhere."""
    require(actor, EXCHANGE)


def including_protected(on: date) -> list[UUID]:
    """Return the organisers whose custom lets protected persons be in files; two queries."""
    ids = list(Organiser.objects.values_list("pk", flat=True))
    book = PolicyBook(ids, [PolicyKey.FEED_PROTECTED])
    return [each for each in ids if book.value(each, PolicyKey.FEED_PROTECTED, on) == INCLUDED]


def shown_persons(organisers: Iterable[UUID] | None, person: str, organiser: str) -> Q:
    """Return the condition for persons that may be in a file.

    `person` and `organiser` are paths to them; protected persons only at these organisers, None
    for all.
    """
    if organisers is None:
        return Q()
    path = f"{person}__protection" if person else "protection"
    return Q(**{path: Person.Protection.NONE}) | Q(**{f"{organiser}__in": list(organisers)})


def organisers_of(actor: Actor) -> set[UUID]:
    """Return the organisers for whom the actor exchanges files; one query."""
    found = Organiser.objects.filter(organiser_scope(actor, EXCHANGE, ""))
    return set(found.values_list("pk", flat=True))
