"""The interval asked for: read as people and programs write it, with both ends included."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.betygxml.rows import Interval
from provning.feeds.intervals import SWEDEN
from provning.feeds.rules import SCHOOL_TYPES, feed_interval, school_type_problems
from provning.kernel.problems import Problem, ProblemsFoundError


def local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 (local, as the format has it)


def test_minutes_are_whole_and_in_swedish_time() -> None:
    interval = feed_interval("2026-01-15T08:00", "2026-07-15T08:59")
    assert interval.start == datetime(2026, 1, 15, 7, tzinfo=UTC)
    assert interval.before == datetime(2026, 7, 15, 7, tzinfo=UTC)
    assert interval.asked == Interval(local(2026, 1, 15, 8), local(2026, 7, 15, 8, 59))


def test_days_are_whole() -> None:
    interval = feed_interval("2026-01-15", "2026-01-15")
    assert interval.before - interval.start == timedelta(days=1)
    assert interval.asked == Interval(local(2026, 1, 15), local(2026, 1, 15, 23, 59))


def test_seconds_and_zones_are_taken_too() -> None:
    interval = feed_interval("2026-01-15T08:00:30Z", "2026-01-15T09:30:30+01:00")
    assert interval.start == datetime(2026, 1, 15, 8, 0, 30, tzinfo=UTC)
    assert interval.before == datetime(2026, 1, 15, 8, 30, 31, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_in_both_times() -> None:
    interval = feed_interval("2026-10-25T02:30", "2026-10-25T02:30")
    assert interval.before - interval.start == timedelta(hours=1, minutes=1)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 (as above)
def test_an_interval_and_the_next_leave_nothing_between(moment: datetime) -> None:
    end = moment.replace(second=0, microsecond=0)
    after = end + timedelta(minutes=1)
    one = feed_interval("1999-01-01", end.isoformat(timespec="minutes"))
    two = feed_interval(after.isoformat(timespec="minutes"), "2101-01-01")
    assert two.start <= one.before


@given(st.text(max_size=30))
def test_whatever_is_written_is_an_interval_or_a_problem(text: str) -> None:
    problems: list[Problem] = []
    try:
        feed_interval(text, "9999-12-31T23:59:59")
    except ProblemsFoundError as error:
        problems = error.problems
    assert {problem.code for problem in problems} <= {"feed-interval", "feed-interval-order"}
    assert [problem for problem in problems if not problem.text] == []


def test_both_ends_that_cannot_be_read_are_named_at_once() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        feed_interval("", "i går")
    assert [problem.text for problem in refused.value.problems] == [
        "from är ”” men ska vara datum och klockslag, som 2026-01-15T08:00. Skriv om det.",
        "tom är ”i går” men ska vara datum och klockslag, som 2026-01-15T08:00. Skriv om det.",
    ]


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        feed_interval("2026-02-01", "2026-01-01")
    assert [problem.code for problem in refused.value.problems] == ["feed-interval-order"]


def test_the_answer_does_not_promise_what_is_still_to_come() -> None:
    interval = feed_interval("2026-01-15T08:00", "2026-01-15T23:59")
    now = datetime(2026, 1, 15, 12, 0, 40, tzinfo=SWEDEN)
    assert interval.answered(now).end == local(2026, 1, 15, 11, 59)
    assert interval.answered(now + timedelta(days=2)) == interval.asked
    assert interval.answered(now - timedelta(days=2)).end == interval.asked.start


def test_school_types_of_the_contract_are_known() -> None:
    assert [each for each in ("", *SCHOOL_TYPES) if school_type_problems(each)] == []
    assert [each.code for each in school_type_problems("KOMVUX")] == ["feed-school-type"]
