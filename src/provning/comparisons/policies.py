"""Who may compare, for whom; an answer is seen by nobody but who asked."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import providers_for, units_for

COMPARING: Final = Permission.VIEW_PERSONS
"""Whoever sees the persons of a provider may compare what is said of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A provider for whom files are compared."""

    organiser_id: UUID
    provider_id: UUID
    name: str


def places_for(actor: Actor) -> list[Place]:
    """Return for whom the actor may compare, in Swedish order; two queries."""
    places = {
        each.id: Place(each.organiser_id, each.id, each.name)
        for each in providers_for(actor, COMPARING)
    }
    for unit in units_for(actor, COMPARING):
        place = Place(unit.organiser_id, unit.provider_id, unit.provider_name)
        places.setdefault(unit.provider_id, place)
    return list(places.values())


def require_place(actor: Actor, provider_id: UUID) -> Place:
    """Return a place; raises `NotFoundError` when the actor does not reach it."""
    require(actor, COMPARING)
    for place in places_for(actor):
        if place.provider_id == provider_id:
            return place
    raise NotFoundError("provider")


def own_comparisons(actor: Actor, today: date) -> Q:
    """Return the filter over Comparison that keeps what the actor asked for and may still read."""
    if not actor.may(COMPARING):
        return Q(pk__in=())
    return Q(asked_by_account=actor.id, expires_on__gt=today)
