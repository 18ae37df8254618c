"""Who may bring in files of which kind, for whom; and who sees what came of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from provning.accounts.policies import require
from provning.imports.kind import ImportKind
from provning.imports.kinds import KINDS
from provning.imports.models import StagedImport
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import organisers_for, providers_for, units_for

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Place:
    """For whom a file is brought in: an organiser, or one of its providers."""

    organiser_id: UUID
    provider_id: UUID | None
    name: str

    @property
    def key(self) -> str:
        """Return the id that a form carries."""
        return str(self.provider_id or self.organiser_id)


def places_for(actor: Actor, kind: ImportKind) -> list[Place]:
    """Return for whom the actor may bring in files of the kind, in Swedish order; two queries."""
    if kind.wide:
        return [Place(key, None, name) for key, name in organisers_for(actor, kind.permission)]
    providers = {
        each.id: Place(each.organiser_id, each.id, each.name)
        for each in providers_for(actor, kind.permission)
    }
    for unit in units_for(actor, kind.permission):
        # A teacher's own groups lie in a unit, whose provider the file then belongs to.
        place = Place(unit.organiser_id, unit.provider_id, unit.provider_name)
        providers.setdefault(unit.provider_id, place)
    return list(providers.values())


def require_place(actor: Actor, kind: ImportKind, key: str) -> Place:
    """Return a place by its key; raises `NotFoundError` when the actor does not reach it."""
    require(actor, kind.permission)
    for place in places_for(actor, kind):
        if place.key == key:
            return place
    raise NotFoundError("place")


def import_scope(actor: Actor) -> Q:
    """Return the filter over StagedImport that keeps what the actor may see.

    That is what the actor has brought in, and what lies wholly within the reach of the right that
    the kind asks for: a teacher's own groups reach no file of others.
    """
    found = NOTHING
    for kind in KINDS.values():
        if actor.may(kind.permission):
            reached = Q(uploaded_by_account=actor.id) | _reach(actor, kind)
            found |= Q(kind=kind.key) & reached
    return found


def holds_at(actor: Actor, permission: Permission, staged: StagedImport) -> bool:
    """Say whether the actor holds the right over the whole place that the file was brought in for.

    The same right at another provider says nothing of this one's persons.
    """
    places = {
        Scope(ScopeKind.EVERYTHING),
        Scope(ScopeKind.ORGANISER, staged.organiser_id),
        Scope(ScopeKind.PROVIDER, staged.provider_id),
    }
    return not places.isdisjoint(actor.scopes(permission))


def _reach(actor: Actor, kind: ImportKind) -> Q:
    reached = NOTHING
    for scope in actor.scopes(kind.permission):
        if scope.kind is ScopeKind.EVERYTHING:
            reached |= Q(pk__isnull=False)
        elif scope.kind is ScopeKind.ORGANISER:
            reached |= Q(organiser_id=scope.id)
        elif scope.kind is ScopeKind.PROVIDER:
            reached |= Q(provider_id=scope.id)
    return reached
