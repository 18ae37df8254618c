"""Two people at one request, or at one person."""

from functools import partial

import pytest

from provning.applications.models import RegistrationRequest
from provning.audit.queries import verify_chain
from provning.exams.actions import place_students
from provning.exams.models import Placement
from provning.kernel.problems import ConflictError, ProblemsFoundError
from provning.organisation.actions import set_initials, set_term_calendar
from tests.applications.requests import DAY, NUMBER, Asked
from tests.exams.threads import at_once
from tests.exams.world import HT26, PROGRAM, TODAY, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(transactional_db: None) -> Asked:  # noqa: ARG001 (real transactions)
    """Return a town that every connection sees."""
    return Asked.begin(build_world())


def test_one_person_asked_for_twice_at_once_is_one_request(asked: Asked) -> None:
    answers = at_once(asked.send, asked.send)
    refused = [each for each in answers if isinstance(each, ProblemsFoundError)]
    assert [[problem.code for problem in each.problems] for each in refused] == [
        ["request-sent-already"]
    ]
    assert RegistrationRequest.objects.count() == 1


def test_one_who_registers_and_one_who_refuses_do_not_both_win(asked: Asked) -> None:
    request = asked.send()
    other = RegistrationRequest.objects.get()
    answers = at_once(partial(asked.register, request), partial(asked.refuse, other))
    assert sum(isinstance(each, ConflictError) for each in answers) == 1
    stored = RegistrationRequest.objects.get()
    assert (stored.status == "done") == Placement.objects.exists()


def test_one_person_registered_for_two_groups_at_once_is_one_person(asked: Asked) -> None:
    requests = [asked.send(), asked.send(group=asked.world.group("ENGENG05"))]
    answers = at_once(*(partial(asked.register, request) for request in requests))
    placed = [each for each in answers if isinstance(each, Placement)]
    assert placed, answers
    for request, answer in zip(requests, answers, strict=True):
        if isinstance(answer, ProblemsFoundError):
            placed.append(asked.register(request))
    assert len({placement.person_id for placement in placed}) == 1
    assert len(placed) == 2


def test_registering_beside_other_work_in_the_same_places_never_locks_up(asked: Asked) -> None:
    numbers = ["197905252388", "199911272392", NUMBER]
    requests = [asked.send(number) for number in numbers]
    person = asked.world.person()
    calendar = partial(
        set_term_calendar,
        actor=PROGRAM,
        provider_id=asked.world.provider,
        term=HT26,
        first_day=asked.group.start_date,
        last_day=HT26.last_day,
    )
    initials = partial(
        set_initials,
        actor=PROGRAM,
        unit_id=asked.world.centrum,
        initials="KCX",
        valid_from=TODAY,
    )
    place = partial(
        place_students,
        actor=asked.world.admin,
        group_id=asked.group.id,
        entries=[(person, DAY)],
        today=TODAY,
    )
    register = [partial(asked.register, request) for request in requests]
    answers = at_once(*register, place, calendar, initials)
    assert [each for each in answers if isinstance(each, Exception)] == []
    assert Placement.objects.count() == 4
    assert verify_chain().fault == ""
