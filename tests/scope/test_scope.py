"""No actor reads a row outside their scope, and what lies there is as if it did not exist."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from provning.exams.queries import groups_for
from provning.kernel.actors import Actor, Permission
from provning.people.queries import persons_for
from tests.grading.world import HT26
from tests.scope.asking import NOBODY, answer, queries, subject_of, subjects, texts
from tests.scope.cases import CASES, Asked
from tests.scope.drawn import PLANS, Drawn, Plan, centre, store
from tests.scope.oracle import Oracle

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
QUERIES = queries()
ASKED = {name: case for name, case in CASES.items() if isinstance(case, Asked)}
AT_A_TIME = 2


@contextmanager
def stored(plan: Plan) -> Iterator[Drawn]:
    """Store a municipality for as long as the block lasts."""
    with transaction.atomic():
        yield store(plan)
        transaction.set_rollback(True)


def test_every_query_has_its_case() -> None:
    """A new query that takes an actor must say here what it gives."""
    assert set(QUERIES) == set(CASES)


@pytest.mark.django_db
@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(plan=PLANS, chance=st.integers(0, 1000).map(Random))
def test_nobody_reads_outside_their_scope(plan: Plan, chance: Random) -> None:
    """Every list and every row asked for holds only what the oracle lets the actor read."""
    with stored(plan) as town:
        for actor in town.actors:
            for name in ASKED:
                _hold(town, actor, name, chance)
            _hold_whole(town, actor)
        _hold_whole(town, centre(town, frozenset()))


def _hold(town: Drawn, actor: Actor, name: str, chance: Random) -> None:
    """Ask one query about some rows of the town, and hold every answer against the oracle."""
    query, right = QUERIES[name], chance.choice(list(Permission))
    oracle = Oracle(town, actor, ASKED[name].rights or {right})
    text = chance.choice(texts(town)) if name == "people.search_persons" else ""
    wanted = subject_of(query)
    every: list[UUID | None] = list(subjects(town, wanted)) if wanted else [None]
    readable, readable_texts = oracle.ids(), oracle.texts()
    nothing = answer(query, actor, NOBODY, text, right) if wanted else ""
    for subject in chance.sample(every, min(AT_A_TIME, len(every))):
        said = answer(query, actor, subject, text, right)
        if subject and subject not in readable:
            assert said.replace(str(subject), str(NOBODY)) == nothing, (name, actor.grants)
            continue
        told = {UUID(each) for each in ID.findall(said)}
        assert told & _all_ids(town) <= readable | {subject}, (name, actor.grants)
        # What somebody searches for is echoed to them, a number in both its forms.
        hidden = _all_texts(town) - readable_texts - _forms(text)
        assert {each for each in hidden if each in said} == set(), (name, actor.grants)


def _forms(text: str) -> set[str]:
    digits = text.replace("-", "")
    return {text, digits, f"{digits[:8]}-{digits[8:]}"}


def _hold_whole(town: Drawn, actor: Actor) -> None:
    """Hold that the lists that others are made of lack nothing, and mask just whom they must."""
    groups = {row.id for row in groups_for(actor, unit_id=None, term=HT26)}
    assert groups == Oracle(town, actor, {Permission.VIEW_GROUPS}).groups()
    oracle, rows = Oracle(town, actor, {Permission.VIEW_PERSONS}), persons_for(actor, town.persons)
    assert set(rows) == oracle.persons()
    assert {row.id for row in rows.values() if row.masked} == oracle.masked()


def _all_ids(town: Drawn) -> set[UUID]:
    """Return every id of the town."""
    groups = town.groups.values()
    rows = chain.from_iterable(
        (each.id, each.request, *each.placed, *each.decisions) for each in groups
    )
    places = {*town.provider_of, *town.organiser_of, *town.organiser_of.values()}
    return {*rows, *places, *town.persons}


def _all_texts(town: Drawn) -> set[str]:
    """Return every name and number of the town, and of those whom requests are about."""
    requested = {each.request_text for each in town.groups.values()}
    return requested | set(texts(town))
