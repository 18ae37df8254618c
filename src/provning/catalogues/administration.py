"""What whoever manages the organisation is told of catalogues: how many, never which."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.kernel.actors import Permission, ScopeKind
from provning.organisation.above import counter, declare_effect, declare_standing
from provning.organisation.policies_data import PolicyKey, PolicyValue

SEEN = frozenset({Permission.VIEW_CATALOGUES, Permission.VIEW_PROTECTED})
ONE = gettext_noop("{count} betygskatalog saknar underskrifter i dag.")
MANY = gettext_noop("{count} betygskataloger saknar underskrifter i dag.")


def unsigned_in_units(unit_ids: Collection[UUID], _last_day: date, _today: date) -> int:
    """Count the units' newest catalogues where a signature is missing."""
    return _unsigned(ScopeKind.UNIT, unit_ids)


def unsigned(organiser_id: UUID, _value: PolicyValue, _first_day: date, _today: date) -> int:
    """Count the organiser's newest catalogues where a signature is missing."""
    return _unsigned(ScopeKind.ORGANISER, [organiser_id])


def _unsigned(kind: ScopeKind, ids: Collection[UUID]) -> int:
    # Loaded by the first who asks: this module is loaded at every start.
    from provning.catalogues.queries.unsigned import unsigned_catalogues

    return len(unsigned_catalogues(counter(kind, ids, SEEN)))


declare_standing(ONE, MANY, hinders=False, count=unsigned_in_units)
declare_effect(PolicyKey.CATALOGUE_SIGNING, ONE, MANY, unsigned)
declare_effect(PolicyKey.CATALOGUE_PRINCIPAL, ONE, MANY, unsigned)
