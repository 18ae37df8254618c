"""No actor reads a row outside their scope, and what lies there is as if it did not exist."""

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain
from random import Random
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from provning.exams.queries import groups_for
from provning.kernel.actors import Actor, Permission
from provning.people.queries import persons_for
from tests.grading.world import HT26
from tests.scope.asking import (
    BOUNDARIES,
    NOBODY,
    ROOMS,
    Asking,
    queries,
    subject_of,
    subjects,
    texts,
)
from tests.scope.cases import CASES, Asked, Sort
from tests.scope.drawn import PLANS, Drawn, Plan, centre, store
from tests.scope.oracle import Oracle
from tests.scope.papers import store_papers

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
QUERIES = queries()
ASKED = {name: case for name, case in CASES.items() if isinstance(case, Asked)}
SEARCHES = {"people.search_persons", "people.staff_by_number", "access.examined_person"}
SORTED = {name: case for name, case in CASES.items() if isinstance(case, Sort)}


@contextmanager
def stored(plan: Plan) -> Iterator[Drawn]:
    """Store a municipality for as long as the block lasts."""
    with transaction.atomic():
        town = store(plan)
        store_papers(town)
        yield town
        transaction.set_rollback(True)


def test_every_query_has_its_case() -> None:
    """A new query that takes an actor must say here what it gives."""
    assert set(QUERIES) == set(CASES)


def test_what_is_not_asked_gives_no_rows_of_its_own() -> None:
    """Nobody is excused by words: the signature or the source says that there is nothing to ask."""
    assert {name: is_sort(QUERIES[name], sort) for name, sort in SORTED.items()} == dict.fromkeys(
        SORTED, True
    )


def is_sort(query: Any, sort: Sort) -> bool:
    """Say whether a query is of the sort."""
    hints = get_type_hints(query)
    given = hints.pop("return")
    takes = [str(each) for name, each in hints.items() if name != "actor"]
    return {
        Sort.CONDITION: given is Q or getattr(given, "__origin__", given) is QuerySet,
        Sort.NUMBERS: _is_number(given),
        Sort.LESS: given is Actor,
        Sort.OF_ROWS: any(re.search(r"\.(rows|rules)\.", each) for each in takes),
        Sort.ONE_OF: bool({name.partition(".")[2] for name in ASKED} & set(_called_by(query))),
        Sort.INSIDE: not any(query.__name__ in text for text in _boundary_sources()),
    }[sort]


def _is_number(given: Any) -> bool:
    if is_dataclass(given):
        return all(_is_number(each.type) for each in fields(given))
    return given in {int, "int", type(None), bool}


def _called_by(query: Any) -> list[str]:
    return re.findall(r"\b([a-z_]+)\(", inspect.getsource(query))


def _boundary_sources() -> Iterator[str]:
    paths = chain.from_iterable((ROOMS / each).rglob("*.py") for each in BOUNDARIES)
    return (path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.django_db
@settings(
    max_examples=4,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(plan=PLANS, chance=st.integers(0, 1000).map(Random))
def test_nobody_reads_outside_their_scope(plan: Plan, chance: Random) -> None:
    """Every list and every row asked for holds only what the oracle lets the actor read."""
    with stored(plan) as town:
        for actor in town.actors:
            holder = Holder(town, actor, chance)
            for name in ASKED:
                holder.hold(name)
            _hold_whole(town, actor)
        _hold_whole(town, centre(town, frozenset()))


class Holder:
    """Holds what one actor is told in a town against what the oracle says they may read."""

    def __init__(self, town: Drawn, actor: Actor, chance: Random) -> None:
        """Keep everything there is to let out, and one oracle for each set of rights."""
        self.town, self.actor, self.chance = town, actor, chance
        self.ids, self.texts = _all_ids(town), _all_texts(town)
        self._oracle = cache(lambda rights: Oracle(town, actor, rights))

    def hold(self, name: str) -> None:
        """Ask one query about a row that the actor reaches and one that they do not."""
        query, case = QUERIES[name], ASKED[name]
        right = self.chance.choice(sorted(case.rights or Permission))
        oracle = self._oracle(case.rights or frozenset({right}))
        text = self.chance.choice(texts(self.town)) if name in SEARCHES else ""
        asking = Asking(query, self.town, self.actor, text, right)
        wanted = subject_of(query)
        for subject in self._chosen(name, wanted, oracle) if wanted else [None]:
            said = asking.about(subject)
            if subject and case.scoped and subject not in oracle.ids:
                blank = said.replace(str(subject), str(NOBODY))
                assert blank == asking.about(NOBODY), (name, self.actor.grants)
            else:
                self._hold_answer(name, said, oracle, subject, _forms(text))

    def _chosen(self, name: str, wanted: str, oracle: Oracle) -> list[UUID]:
        every = subjects(self.town, name, wanted)
        inside = [each for each in every if each in oracle.ids]
        beyond = [each for each in every if each not in oracle.ids]
        return [self.chance.choice(each) for each in (inside, beyond) if each]

    def _hold_answer(
        self, name: str, said: str, oracle: Oracle, subject: UUID | None, typed: set[str]
    ) -> None:
        case = ASKED[name]
        told = {UUID(each) for each in ID.findall(said)} & self.ids
        assert not case.scoped or told <= oracle.ids | {subject}, (name, self.actor.grants)
        readable = oracle.texts if case.scoped else self.texts - self._protected(oracle)
        if not case.masks:
            readable = readable | set(texts(self.town))
        # What somebody searches for is echoed to them, a number in both its forms.
        hidden = self.texts - readable - typed
        assert {each for each in hidden if each in said} == set(), (name, self.actor.grants)

    def _protected(self, oracle: Oracle) -> set[str]:
        masked = [each for each in self.town.persons.values() if not oracle.in_clear(each)]
        return {text for each in masked for text in each.texts}


def _forms(text: str) -> set[str]:
    digits = text.replace("-", "")
    return {text, digits, f"{digits[:8]}-{digits[8:]}"}


def _hold_whole(town: Drawn, actor: Actor) -> None:
    """Hold that the lists that others are made of lack nothing, and mask just whom they must."""
    groups = {row.id for row in groups_for(actor, unit_id=None, term=HT26)}
    assert groups == Oracle(town, actor, {Permission.VIEW_GROUPS}).groups
    oracle, rows = Oracle(town, actor, {Permission.VIEW_PERSONS}), persons_for(actor, town.persons)
    assert set(rows) == oracle.persons
    assert {row.id for row in rows.values() if row.masked} == oracle.masked


def _all_ids(town: Drawn) -> set[UUID]:
    """Return every id of the town."""
    groups = town.groups.values()
    rows = chain.from_iterable(
        (each.id, each.request, *each.placed, *each.decided) for each in groups
    )
    places = {*town.provider_of, *town.organiser_of, *town.organiser_of.values()}
    return {*rows, *places, *town.persons, *(each.id for each in town.papers)}


def _all_texts(town: Drawn) -> set[str]:
    """Return every name and number of the town, of whom requests are about, and every word."""
    requested = {each.request_text for each in town.groups.values()}
    words = {word for each in town.papers for word in each.words}
    return requested | words | set(texts(town))
