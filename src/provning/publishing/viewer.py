"""Who looks: a client with its places, and the classes of data that this call may show."""

from dataclasses import dataclass

from django.db.models import Q

from provning.clients.rows import ClientRow
from provning.kernel.actors import Scope, ScopeKind

NOWHERE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Viewer:
    """A client, and what its token was issued for."""

    client: ClientRow
    data_classes: frozenset[str]

    def may_see(self, data_class: str) -> bool:
        """Say whether the call may show a class of data."""
        return data_class in self.data_classes

    @property
    def sees_all(self) -> bool:
        """Say whether every place is the client's."""
        return Scope(ScopeKind.EVERYTHING) in self.client.reach

    def masks(self, protection: str) -> bool:
        """Say whether a person with the protection is shown without name and number."""
        return protection != "Ingen" and not self.client.sees_protected

    def within(self, *, organiser: str, provider: str, unit: str) -> Q:
        """Return the condition for what lies in the client's places, by the paths to each kind.

        An empty path is the row itself.
        """
        paths = {
            ScopeKind.ORGANISER: organiser or "pk",
            ScopeKind.PROVIDER: provider or "pk",
            ScopeKind.UNIT: unit or "pk",
        }
        found = NOWHERE
        for scope in self.client.reach:
            if scope.kind is ScopeKind.EVERYTHING:
                return Q()
            if scope.kind in paths:
                found |= Q(**{paths[scope.kind]: scope.id})
        return found

    def within_unit(self, prefix: str) -> Q:
        """Return the condition over a path to a school unit, "" on units themselves."""
        lead = f"{prefix}__" if prefix else ""
        return self.within(
            organiser=f"{lead}provider__organiser", provider=f"{lead}provider", unit=prefix
        )

    def shown(self, prefix: str) -> Q:
        """Return the condition that keeps persons, at the path, whom the client may know of."""
        return Q(**{f"{prefix}protection": "Ingen"}) if self.client.hides_protected else Q()
