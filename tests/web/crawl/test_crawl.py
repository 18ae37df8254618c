"""Every role walks the whole program: no fault of the server, nobody's secret.

A few hundred requests here; `PROVNING_CRAWL=100000` in the environment makes it the long walk, and
`PROVNING_CRAWL_SEED=1` another walk than the one of the suite, so that it can be walked in parts.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from provning.operations.actions import beat
from provning.web.permissions import addresses
from tests.web.crawl.secrets import FOREIGN_NAME, HIDDEN_NAME, Secret, plant
from tests.web.crawl.walker import Walk
from tests.web.matrix.visits import PARAMETER
from tests.web.matrix.world import OTHER, OWN, Matrix, build_matrix

pytestmark = pytest.mark.django_db
REQUESTS = int(os.environ.get("PROVNING_CRAWL", "300"))
SEED = int(os.environ.get("PROVNING_CRAWL_SEED", "0"))
NOBODY = UUID(int=1)


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None,  # noqa: ARG001 (the database has to be there)
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[tuple[Matrix, list[Secret]]]:
    """Build the world once for the whole module, and take it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        # The program is ready when somebody takes the jobs, however long the walk takes.
        now = datetime.now(UTC)
        beat(worker="crawl", started_at=now, now=now + timedelta(days=1))
        matrix = build_matrix()
        yield matrix, plant(matrix)
        transaction.set_rollback(True)


def seeds(matrix: Matrix) -> list[str]:
    """Return every address with one's own things, with somebody else's and with nobody's."""
    own, other = (matrix.sides[each].ids for each in (OWN, OTHER))
    found = [
        "/" + PARAMETER.sub(lambda name: str(ids.get(name[1], NOBODY)), each.pattern)  # noqa: B023 # used at once
        for each in addresses()
        for ids in (own, other, {})
        if each.name != "sign-out"
    ]
    return list(dict.fromkeys(each for each in found if "<" not in each))


def test_no_role_meets_a_fault_or_what_it_may_not_see(
    planted: tuple[Matrix, list[Secret]],
) -> None:
    matrix, secrets = planted
    known = [*seeds(matrix), *(f"/elever/{each.id}/" for each in secrets)]
    walks = [
        Walk(role, client, secrets, known, Random(place + 100 * SEED))  # noqa: S311 # the same each time
        for place, (role, client) in enumerate(matrix.clients.items())
    ]
    for walk in walks:
        walk.client.raise_request_exception = False
    for _ in range(REQUESTS // len(walks)):
        for walk in walks:
            with transaction.atomic():
                walk.step()
    assert sorted({fault for walk in walks for fault in walk.faults}) == []


def test_the_secrets_are_there_for_those_who_may_see_them(
    planted: tuple[Matrix, list[Secret]],
) -> None:
    """What nobody can see cannot leak: the walk proves something only because these can."""
    matrix, secrets = planted
    group = matrix.sides[OTHER].group
    page = matrix.clients["adult_education_centre"].get(f"/grupper/{group.id}/").content.decode()
    assert FOREIGN_NAME in page
    assert secrets[1].texts[0] == HIDDEN_NAME
