"""Reading requests: each side its own, masked when registered, in few queries."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.applications.queries import (
    known_person,
    open_request_count,
    request_for,
    requests_for,
)
from provning.kernel.problems import NotFoundError
from provning.people.actions import enrol
from tests.applications.requests import NUMBER, Asked, elsewhere
from tests.builders import FIRST, PROGRAM


def test_each_side_sees_the_request_and_nobody_else_does(asked: Asked) -> None:
    request = asked.send()
    world = asked.world
    assert [row.id for row in requests_for(world.admin)] == [request.id]
    assert [row.id for row in requests_for(world.centre)] == [request.id]
    for actor in (world.other_admin, world.karin, world.principal):
        assert requests_for(actor) == []
        with pytest.raises(NotFoundError):
            request_for(actor, request.id)
    with pytest.raises(NotFoundError):
        request_for(world.admin, uuid4())


def test_a_row_says_what_the_queue_shows_and_which_side_one_is_on(asked: Asked) -> None:
    request = asked.send()
    row = request_for(asked.world.centre, request.id)
    assert (row.name, row.number_display) == ("Hellström, Kaj", "19900809-2398")
    assert (row.group_name, row.provider_name, row.course_name) == (
        "PRÖ:KC26HTMAT03B",
        "Vuxenutbildning Sjöstad",
        "Matematik 3b",
    )
    assert (row.status_label, row.is_open) == ("skickad", True)
    sides = [request_for(actor, request.id) for actor in (asked.world.centre, asked.world.admin)]
    assert [(side.may_handle, side.may_send) for side in sides] == [(True, False), (False, True)]


def test_who_waited_longest_comes_first_and_what_is_done_comes_last(asked: Asked) -> None:
    numbers = ["197905252388", "199911272392", "199008092398"]
    first, second, third = (asked.send(number) for number in numbers)
    asked.refuse(first)
    order = [row.id for row in requests_for(asked.world.centre)]
    assert order == [second.id, third.id, first.id]
    assert [row.id for row in requests_for(asked.world.centre, status="open")] == order[:2]
    assert [row.id for row in requests_for(asked.world.centre, status="refused")] == order[2:]


def test_what_waits_is_counted_for_the_side_it_waits_for(asked: Asked) -> None:
    asked.ask(asked.send())
    asked.send("197905252388")
    world = asked.world
    actors = (world.centre, world.admin, world.other_admin, world.karin)
    assert [open_request_count(actor) for actor in actors] == [1, 1, 0, 0]


def test_a_registered_protected_person_is_masked_for_the_provider_who_asked(asked: Asked) -> None:
    request = asked.send()
    asked.register(request, protection="Sekretessmarkering")
    provider, centre = (
        request_for(actor, request.id) for actor in (asked.world.admin, asked.world.centre)
    )
    assert (provider.name, provider.masked, provider.given_name) == ("Skyddad identitet", True, "")
    assert NUMBER[8:] not in provider.number_display
    assert (centre.name, centre.masked) == ("Hellström, Kaj", False)


def test_the_centre_sees_whom_the_register_has_and_the_provider_does_not(asked: Asked) -> None:
    request = asked.send()
    assert known_person(asked.world.centre, request.id) is None
    person = asked.world.town.person("Karl", at=asked.world.other_provider, number=NUMBER)
    found = known_person(asked.world.centre, request.id)
    assert found is not None
    assert (found.id, found.label) == (person.id, "Ek, Karl")
    for actor in (asked.world.admin, asked.world.other_admin):
        with pytest.raises(NotFoundError):
            known_person(actor, request.id)


def test_whom_only_another_organiser_has_is_as_nobody(asked: Asked) -> None:
    request = asked.send()
    known = asked.world.town.person("Karl", at=elsewhere(), number=NUMBER)
    assert known_person(asked.world.centre, request.id) is None
    enrol(actor=PROGRAM, person_id=known.id, provider_id=asked.world.town.own, start_date=FIRST)
    assert known_person(asked.world.centre, request.id) is not None


@pytest.mark.parametrize("size", [1, 30])
def test_the_queue_takes_two_queries_whatever_its_length(
    asked: Asked,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    requests = [asked.send(next(asked.world.town.numbers)) for _ in range(size)]
    for request in requests[: size // 2 + 1]:
        asked.register(request)
    centre = asked.world.centre
    with django_assert_num_queries(2):
        rows = requests_for(centre)
    assert len(rows) == size
