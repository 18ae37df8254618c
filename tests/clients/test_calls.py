"""Calls are counted, held to their limit and written down."""

from datetime import date, timedelta

import pytest

from provning.clients.actions import (
    Refusal,
    begin_call,
    dispose_calls,
    dispose_tokens,
    end_call,
)
from provning.clients.actions.calling import REFUSALS_KEPT
from provning.clients.disposal import calls_to_dispose, tokens_to_dispose
from provning.clients.models import ClientCall, ClientToken
from provning.clients.queries import calls_of
from provning.clients.rows import ClientRow
from provning.kernel.problems import NotAllowedError
from tests.builders import PROGRAM, TODAY, build_town
from tests.clients.making import NOW, bearer, make_client, row_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def call(client: ClientRow | None, seconds: float = 0, address: str = "192.0.2.1") -> int | Refusal:
    """Begin a call so many seconds after now."""
    return begin_call(
        client=client,
        address=address,
        method="GET",
        path="/api/x",
        filters="limit student",
        now=NOW + seconds * SECOND,
    )


def test_a_call_is_written_down_with_its_answer_and_without_its_question() -> None:
    made = make_client()
    number = call(row_of(made))
    assert isinstance(number, int)
    end_call(number=number, status=200)
    (row,) = calls_of(PROGRAM, made.client_id)
    assert (row.at, row.address, row.method, row.path, row.filters, row.status) == (
        NOW,
        "192.0.2.1",
        "GET",
        "/api/x",
        "limit student",
        200,
    )


def test_the_call_after_the_limit_is_told_when_to_come_back() -> None:
    client = row_of(make_client(calls_per_minute=3))
    answers = [call(client, seconds) for seconds in (0, 10, 20, 30, 45.5)]
    assert [isinstance(each, int) for each in answers] == [True, True, True, False, False]
    assert answers[3:] == [Refusal(30), Refusal(15)]
    assert isinstance(call(client, 60.1), int)
    assert call(client, 60.2) == Refusal(10)


def test_refused_calls_do_not_count_so_that_an_eager_client_recovers() -> None:
    client = row_of(make_client(calls_per_minute=1))
    call(client)
    assert all(isinstance(call(client, second), Refusal) for second in range(1, 59))
    assert isinstance(call(client, 61), int)
    assert ClientCall.objects.filter(status=429).count() == 58


def test_one_client_does_not_use_up_anothers_calls() -> None:
    one, other = (row_of(make_client(name, calls_per_minute=1)) for name in "AB")
    call(one)
    assert isinstance(call(one, 1), Refusal)
    assert isinstance(call(other, 1), int)


def test_a_flood_of_nobody_fills_no_table_and_stops_no_client() -> None:
    client = row_of(make_client())
    answers = [call(None, number / 10) for number in range(REFUSALS_KEPT + 5)]
    assert [type(each) for each in answers] == [int] * REFUSALS_KEPT + [Refusal] * 5
    assert ClientCall.objects.count() == REFUSALS_KEPT
    assert isinstance(call(client, 7), int)
    assert isinstance(call(None, 7, "192.0.2.9"), int)


def test_old_calls_and_tokens_come_to_their_day_and_no_others_go() -> None:
    client = make_client()
    bearer(client)
    call(row_of(client), -3600 * 24 * 2)
    kept = call(row_of(client))
    (old,) = calls_to_dispose(TODAY)
    assert (old.text, old.day) == ("GET /api/x", date(2026, 11, 22))
    assert dispose_calls(actor=PROGRAM, before=TODAY, keys=[old.key, str(kept)]) == 1
    assert [each.pk for each in ClientCall.objects.all()] == [kept]


def test_a_token_that_holds_is_never_disposed_of() -> None:
    bearer(make_client())
    far = date(9000, 1, 1)
    (token,) = ClientToken.objects.all()
    assert tokens_to_dispose(far) == []
    assert dispose_tokens(actor=PROGRAM, before=far, keys=[str(token.pk)]) == 0
    ClientToken.objects.update(expires_at=NOW - timedelta(days=400))
    assert [each.key for each in tokens_to_dispose(far)] == [str(token.pk)]
    assert dispose_tokens(actor=PROGRAM, before=far, keys=[str(token.pk)]) == 1


def test_only_who_may_dispose_does() -> None:
    centre = build_town().centre
    for action in (dispose_calls, dispose_tokens):
        with pytest.raises(NotAllowedError):
            action(actor=centre, before=TODAY, keys=[])
