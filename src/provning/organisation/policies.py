"""Who may change which organiser, provider and unit."""

from uuid import UUID

from provning.accounts.policies import may_everywhere, require
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.organisation.queries import organiser_scope, provider_scope, unit_scope

MANAGE = Permission.MANAGE_ORGANISATION


def require_everywhere(actor: Actor) -> None:
    """Raise `NotAllowedError` unless the actor manages the whole installation."""
    if not may_everywhere(actor, MANAGE):
        raise NotAllowedError(MANAGE.value)


def managed_organiser(actor: Actor, organiser_id: UUID) -> Organiser:
    """Return the organiser, locked for change; `NotFoundError` when it is out of scope."""
    require(actor, MANAGE)
    found = Organiser.objects.select_for_update(of=("self",)).filter(
        organiser_scope(actor, MANAGE, "")
    )
    organiser = found.filter(pk=organiser_id).first()
    if organiser is None:
        raise NotFoundError
    return organiser


def managed_provider(actor: Actor, provider_id: UUID) -> Provider:
    """Return the provider, locked for change; `NotFoundError` when it is out of scope."""
    require(actor, MANAGE)
    found = Provider.objects.select_for_update(of=("self",)).filter(
        provider_scope(actor, MANAGE, "")
    )
    provider = found.filter(pk=provider_id).first()
    if provider is None:
        raise NotFoundError
    return provider


def managed_unit(actor: Actor, unit_id: UUID) -> SchoolUnit:
    """Return the unit, locked for change; `NotFoundError` when it is out of scope."""
    require(actor, MANAGE)
    found = SchoolUnit.objects.select_for_update(of=("self",)).select_related("provider")
    unit = found.filter(unit_scope(actor, MANAGE, ""), pk=unit_id).first()
    if unit is None:
        raise NotFoundError
    return unit
