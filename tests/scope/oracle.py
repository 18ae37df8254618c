"""Who may read what, said once more in plain Python over a drawn municipality.

Nothing here comes from the program but the values of an actor: what it says must not be able to be
wrong in the same way as the program's own filters.
"""

from collections.abc import Iterable
from uuid import UUID

from provning.kernel.actors import Actor, Permission, ScopeKind
from tests.scope.drawn import Drawn, Group, Somebody


class Oracle:
    """What one actor may read in a town through a query that asks for one of some rights."""

    def __init__(self, town: Drawn, actor: Actor, rights: Iterable[Permission]) -> None:
        """Keep who asks for what."""
        self.town, self.actor, self.rights = town, actor, frozenset(rights)

    def ids(self) -> set[UUID]:
        """Return every id that an answer may hold."""
        units = {unit for unit in self.town.provider_of if self._at(unit, self.rights, own=True)}
        providers = {self.town.provider_of[unit] for unit in units}
        found = units | providers | {self.town.organiser_of[each] for each in providers}
        for group in self._groups():
            found |= {group.id, group.teacher, *group.placed, *group.placed.values()}
            found |= group.decisions
        found |= {group.request for group in self._asked()}
        return found | self.persons()

    def texts(self) -> set[str]:
        """Return the names and numbers that an answer may hold."""
        readable = self.ids()
        seen = [each for each in self.town.persons.values() if each.id in readable]
        texts = {text for each in seen if self._in_clear(each) for text in each.texts}
        return texts | {group.request_text for group in self._asked()}

    def groups(self) -> set[UUID]:
        """Return the groups that the actor reaches."""
        return {each.id for each in self._groups()}

    def persons(self) -> set[UUID]:
        """Return the persons that the actor reaches as persons, wherever they are placed."""
        return {each.id for each in self.town.persons.values() if self._reached(each)}

    def masked(self) -> set[UUID]:
        """Return those of the persons whose identity the actor does not see."""
        return {each for each in self.persons() if not self._in_clear(self.town.persons[each])}

    def _groups(self) -> list[Group]:
        rights = self.rights
        return [
            group
            for group in self.town.groups.values()
            if self._at(group.unit, rights, own=False)
            or (
                group.teacher == self.actor.person_id
                and any(
                    grant.scope.kind is ScopeKind.OWN_GROUPS and grant.scope.id == group.unit
                    for grant in self.actor.grants
                    if grant.permissions & rights
                )
            )
        ]

    def _asked(self) -> list[Group]:
        rights = self.rights & {Permission.SEND_REQUESTS, Permission.HANDLE_REQUESTS}
        return [
            each for each in self.town.groups.values() if self._at(each.unit, rights, own=False)
        ]

    def _reached(self, person: Somebody) -> bool:
        """Say whether a person is enrolled in reach, or waits for who registers to enrol them."""
        rights = self.rights & {Permission.VIEW_PERSONS, Permission.VIEW_AUDIT}
        everywhere = any(
            grant.scope.kind is ScopeKind.EVERYTHING and grant.permissions & rights
            for grant in self.actor.grants
        )
        nowhere = not person.enrolled and not person.serves
        registers = any(
            Permission.REGISTER_PERSONS in grant.permissions for grant in self.actor.grants
        )
        mine = self._providers(rights)
        return everywhere or bool(mine & person.enrolled) or (bool(mine) and nowhere and registers)

    def _in_clear(self, person: Somebody) -> bool:
        if not person.protected:
            return True
        right = frozenset({Permission.VIEW_PROTECTED})
        opened = self.actor.opened is None or person.id in self.actor.opened
        at_work = any(self._at(unit, right, own=False) for unit in person.serves)
        return opened and (at_work or bool(self._providers(right) & person.enrolled))

    def _providers(self, rights: frozenset[Permission]) -> set[UUID]:
        return {
            provider
            for unit, provider in self.town.provider_of.items()
            if self._at(unit, rights, own=False)
        }

    def _at(self, unit: UUID, rights: frozenset[Permission], *, own: bool) -> bool:
        """Say whether any grant with one of the rights covers the unit; `own` with own groups."""
        provider = self.town.provider_of[unit]
        covering = {
            (ScopeKind.EVERYTHING, None),
            (ScopeKind.ORGANISER, self.town.organiser_of[provider]),
            (ScopeKind.PROVIDER, provider),
            (ScopeKind.UNIT, unit),
        } | ({(ScopeKind.OWN_GROUPS, unit)} if own else set())
        return any(
            (grant.scope.kind, grant.scope.id) in covering
            for grant in self.actor.grants
            if grant.permissions & rights
        )
