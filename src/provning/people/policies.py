"""Who may change which person, enrol with which provider and employ at which unit."""

from uuid import UUID

from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.models import Provider
from provning.organisation.queries import provider_scope
from provning.people.models import Person
from provning.people.queries.masking import rows_of
from provning.people.queries.persons import person_scope, persons_in_scope, staff_scope
from provning.people.queries.serving import KEEPERS

REGISTER = Permission.REGISTER_PERSONS


def registered_person(actor: Actor, person_id: UUID) -> Person:
    """Return a person the actor may change, locked; `NotFoundError` when out of scope."""
    require(actor, REGISTER)
    found = persons_in_scope(actor, REGISTER).select_for_update(of=("self",))
    person = found.filter(pk=person_id).first()
    if person is None:
        raise NotFoundError
    return person


def kept_person(actor: Actor, person_id: UUID) -> Person:
    """Return a person whose name and protection the actor keeps, locked.

    That is whom they register, and staff in their scope who is no student; a protected one of these
    only for who sees the identity. Raises `NotFoundError` for anybody else.
    """
    if not actor.may(Permission.MANAGE_ORGANISATION):
        require(actor, REGISTER)
    one = Person.objects.filter(pk=person_id)
    locked = one.select_for_update(of=("self",))
    if person := locked.filter(person_scope(actor, REGISTER)).first():
        return person
    person = locked.filter(staff_scope(actor, *KEEPERS)).first()
    if person is None or rows_of(actor, one)[0].masked:
        raise NotFoundError
    return person


def enrolling_providers(actor: Actor, provider_ids: set[UUID]) -> dict[UUID, Provider]:
    """Return the providers that the actor may enrol with; `NotFoundError` when one is not."""
    require(actor, REGISTER)
    scope = provider_scope(actor, REGISTER, "")
    found = Provider.objects.filter(scope, pk__in=provider_ids).distinct()
    providers = {provider.pk: provider for provider in found.prefetch_related("units")}
    if providers.keys() != provider_ids:
        raise NotFoundError
    return providers
