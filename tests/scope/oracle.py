"""Who may read what, said once more in plain Python over a drawn municipality.

Nothing here comes from the program but the values of an actor: what it says must not be able to be
wrong in the same way as the program's own filters.
"""

from collections.abc import Iterable
from functools import cache, cached_property
from uuid import UUID

from provning.kernel.actors import Actor, Permission, ScopeKind
from tests.scope.drawn import Drawn, Group, Paper, Somebody

P = Permission
Rights = frozenset[Permission]
OF_PERSONS: Rights = frozenset({P.VIEW_PERSONS, P.VIEW_AUDIT, P.VIEW_PROTECTED, P.REGISTER_PERSONS})
"""The rights that reach persons as such, and not only as placed in a group."""
AT_UNIT = {
    "record": frozenset({P.VIEW_CATALOGUES, P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES}),
    "content": frozenset({P.VIEW_CATALOGUES}),
    "copy": frozenset({P.VIEW_CATALOGUES}),
    "order": frozenset({P.VIEW_CATALOGUES}),
    "signature": frozenset({P.VIEW_CATALOGUES}),
    "signing": frozenset({P.VIEW_CATALOGUES}),
    "delivery": frozenset({P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES}),
    "list": frozenset({P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES}),
    "listed": frozenset({P.SEND_DELIVERIES, P.RECEIVE_DELIVERIES}),
    "package": frozenset({P.RECEIVE_DELIVERIES}),
    "packed": frozenset({P.RECEIVE_DELIVERIES}),
    "extract_order": frozenset({P.ISSUE_EXTRACTS}),
    "extract": frozenset({P.VIEW_CATALOGUES, P.ISSUE_EXTRACTS}),
    "extract_name": frozenset({P.VIEW_CATALOGUES, P.ISSUE_EXTRACTS}),
}
BYTES = {"content", "listed", "packed"}
"""What is inside of documents, beside that they are there."""
AT_ORGANISER = {
    "report": P.VIEW_REPORTS,
    "report_order": P.VIEW_REPORTS,
    "sent": P.VIEW_REPORTS,
    "disposal": P.DISPOSE,
}
OWN = {"import": P.REGISTER_PERSONS, "comparison": P.VIEW_PERSONS}
ABOUT = {"access": {P.VIEW_AUDIT}, "carrier": {P.VIEW_PROTECTED}, "case": {P.REGISTER_PERSONS}}


class Oracle:
    """What one actor may read in a town through a query that asks for one of some rights."""

    def __init__(self, town: Drawn, actor: Actor, rights: Iterable[Permission]) -> None:
        """Keep who asks for what."""
        self.town, self.actor, self.rights = town, actor, frozenset(rights)
        self._at = cache(self._covers)

    @cached_property
    def ids(self) -> set[UUID]:
        """Return every id that an answer may hold."""
        units = {unit for unit in self.town.provider_of if self._at(unit, self.rights, own=True)}
        providers = {self.town.provider_of[unit] for unit in units}
        found = units | providers | {self.town.organiser_of[each] for each in providers}
        for group in self._groups:
            found |= {group.id, group.teacher, *group.placed, *group.placed.values()}
            found |= set(group.decided)
        found |= {group.request for group in self._asked}
        return found | {each.id for each in self._papers} | self.persons

    @cached_property
    def texts(self) -> set[str]:
        """Return the names, numbers and words that an answer may hold."""
        seen = [each for each in self.town.persons.values() if each.id in self.ids]
        texts = {text for each in seen if self.in_clear(each) for text in each.texts}
        texts |= {word for each in self._papers for word in each.words}
        return texts | {group.request_text for group in self._asked}

    @property
    def groups(self) -> set[UUID]:
        """Return the groups that the actor reaches."""
        return {each.id for each in self._groups}

    @cached_property
    def persons(self) -> set[UUID]:
        """Return the persons that the actor reaches as persons, wherever they are placed."""
        rights = self.rights & OF_PERSONS
        return {each.id for each in self.town.persons.values() if self._reached(each, rights)}

    @property
    def masked(self) -> set[UUID]:
        """Return those of the persons whose identity the actor does not see."""
        return {each for each in self.persons if not self.in_clear(self.town.persons[each])}

    @cached_property
    def _groups(self) -> list[Group]:
        rights = self.rights
        return [
            group
            for group in self.town.groups.values()
            if self._at(group.unit, rights, own=False) or self._teaches(group, rights)
        ]

    def _teaches(self, group: Group, rights: Rights) -> bool:
        return group.teacher == self.actor.person_id and any(
            grant.scope.kind is ScopeKind.OWN_GROUPS and grant.scope.id == group.unit
            for grant in self.actor.grants
            if grant.permissions & rights
        )

    @cached_property
    def _asked(self) -> list[Group]:
        rights = self.rights & {P.SEND_REQUESTS, P.HANDLE_REQUESTS}
        return [
            each for each in self.town.groups.values() if self._at(each.unit, rights, own=False)
        ]

    @cached_property
    def _papers(self) -> list[Paper]:
        return [each for each in self.town.papers if self._reads(each)]

    def _reads(self, paper: Paper) -> bool:
        """Say whether a thing is the actor's to read, by the sort of thing it is."""
        if paper.kind in AT_UNIT:
            return self._at_unit(paper) or self._signs(paper)
        if paper.kind in AT_ORGANISER:
            return self._wide(self.rights & {AT_ORGANISER[paper.kind]}, organiser=paper.at)
        if paper.kind in ABOUT:
            return self._is_about(paper)
        if paper.kind == "access_list":
            return self._wide(self.rights & {P.VIEW_AUDIT})
        if paper.kind in {"account", "client"}:
            return self._administers(paper)
        return self._brought_in(paper)

    def _at_unit(self, paper: Paper) -> bool:
        rights = self.rights & AT_UNIT[paper.kind]
        person = self.town.persons[paper.person] if paper.person else None
        if person and not self.in_clear(person):
            # Who issues sees that there is an extract of somebody, not of whom.
            rights &= {P.ISSUE_EXTRACTS} if paper.kind == "extract_name" else frozenset()
        sees = not paper.secret or self._at(paper.at, frozenset({P.VIEW_PROTECTED}), own=False)
        return sees and self._is_open(paper) and self._at(paper.at, rights, own=False)

    def _is_open(self, paper: Paper) -> bool:
        """Say whether no reason is asked: nobody here has opened a document."""
        return not (paper.secret and paper.kind in BYTES) or self.actor.opened is None

    def _signs(self, paper: Paper) -> bool:
        """Say whether everything in it is what the actor signs."""
        mine = paper.signer is not None and paper.signer == self.actor.person_id
        rights = self.rights & {P.SIGN_CATALOGUES}
        return mine and self._is_open(paper) and self._at(paper.at, rights, own=True)

    def _is_about(self, paper: Paper) -> bool:
        rights = self.rights & ABOUT[paper.kind]
        named = [self.town.persons[each] for each in (paper.person, paper.other) if each]
        return all(self._reached(each, rights) for each in named)

    def _administers(self, paper: Paper) -> bool:
        rights = self.rights & {P.MANAGE_ACCOUNTS}
        if self._wide(rights):
            return True
        if paper.kind == "client":
            return (ScopeKind.PROVIDER, paper.at) in self._scopes(rights)
        asked = self.rights & {P.MANAGE_ACCOUNTS, P.GIVE_ROLES, P.REVIEW_ROLES}
        place = {"organiser": self.town.organiser_of[paper.at], "provider": paper.at}
        return self._wide(asked, **place)

    def _brought_in(self, paper: Paper) -> bool:
        """Say whether a file is the actor's own, or was brought in for a place of theirs."""
        place = {"organiser": self.town.organiser_of[paper.at], "provider": paper.at}
        right = OWN.get(paper.kind, P.REGISTER_PERSONS)
        rights, mine = self.rights & {right}, paper.owner == self.actor.id
        if paper.kind == "comparison":
            return mine and bool(self._scopes(rights))
        found = self._wide(rights, **place) or (mine and bool(self._scopes(rights)))
        may_see = self.actor.opened is None and self._wide(frozenset({P.VIEW_PROTECTED}), **place)
        return found and (not paper.secret or mine or may_see)

    def _reached(self, person: Somebody, rights: Rights) -> bool:
        """Say whether a person is enrolled in reach, or waits for who registers to enrol them.

        Whoever serves and is no student is reached by who answers for protection and for reading.
        """
        nowhere = not person.enrolled and not person.serves
        registers = any(P.REGISTER_PERSONS in grant.permissions for grant in self.actor.grants)
        mine = self._providers(rights)
        answers = rights & {P.VIEW_PROTECTED, P.VIEW_AUDIT}
        at_work = any(self._at(unit, answers, own=True) for unit in person.serves)
        return (
            self._wide(rights)
            or (at_work and not person.enrolled)
            or bool(mine & person.enrolled)
            or (bool(mine) and nowhere and registers)
        )

    def in_clear(self, person: Somebody) -> bool:
        """Say whether the actor sees who a person is, where they see that there is somebody."""
        if not person.protected:
            return True
        right = frozenset({P.VIEW_PROTECTED})
        opened = self.actor.opened is None or person.id in self.actor.opened
        at_work = any(self._at(unit, right, own=False) for unit in person.serves)
        return opened and (at_work or bool(self._providers(right) & person.enrolled))

    def _providers(self, rights: Rights) -> set[UUID]:
        return {
            provider
            for unit, provider in self.town.provider_of.items()
            if self._at(unit, rights, own=False)
        }

    def _scopes(self, rights: Rights) -> set[tuple[ScopeKind, UUID | None]]:
        held = (grant for grant in self.actor.grants if grant.permissions & rights)
        return {(grant.scope.kind, grant.scope.id) for grant in held}

    def _wide(
        self, rights: Rights, *, organiser: UUID | None = None, provider: UUID | None = None
    ) -> bool:
        """Say whether a right is held without limit, or at just the places that are named."""
        places = {(ScopeKind.ORGANISER, organiser), (ScopeKind.PROVIDER, provider)}
        held = self._scopes(rights)
        return (ScopeKind.EVERYTHING, None) in held or any(
            place in held for place in places if place[1]
        )

    def _covers(self, unit: UUID, rights: Rights, *, own: bool) -> bool:
        """Say whether any grant with one of the rights covers the unit; `own` with own groups."""
        provider = self.town.provider_of[unit]
        covering = {
            (ScopeKind.EVERYTHING, None),
            (ScopeKind.ORGANISER, self.town.organiser_of[provider]),
            (ScopeKind.PROVIDER, provider),
            (ScopeKind.UNIT, unit),
        } | ({(ScopeKind.OWN_GROUPS, unit)} if own else set())
        return bool(covering & self._scopes(rights))
