"""When a grade may be set, and by whom: every combination of the facts."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.grading.rules import (
    Attempt,
    Decider,
    Lock,
    attempt_problems,
    decider_problems,
    draft_conflict,
    last_day_in_time,
    nothing_to_decide,
    seen_conflict,
    submission_used,
)

PLACEMENT = UUID(int=1)
LOCK = Lock("A", "Karin Wallgren", "2026-10-12 kl. 08.00")
DAYS = st.dates(date(2012, 1, 1), date(2040, 12, 31))


@given(
    DAYS,
    st.integers(-400, 400),
    st.sampled_from(["", "kom inte"]),
    st.booleans(),
    st.sampled_from([None, LOCK]),
    st.booleans(),
)
def test_a_grade_may_be_set_when_nothing_at_all_stands_against_it(
    exam_date: date, days: int, outcome: str, superseded: bool, lock: Lock | None, ready: bool
) -> None:
    today = exam_date + timedelta(days=days)
    attempt = Attempt(PLACEMENT, exam_date, outcome, superseded, lock)

    problems = attempt_problems(attempt, "PRÖ:KC26HTMAT03B", today, ready=ready)

    free = days >= 0 and not outcome and not superseded and lock is None and ready
    assert (problems == []) == free
    assert not any("{" in problem.text for problem in problems)
    assert all(problem.source for problem in problems)


@given(DAYS, st.integers(1, 365))
def test_the_last_day_in_time_is_that_many_days_after_the_exam(exam_date: date, days: int) -> None:
    assert (last_day_in_time(exam_date, days) - exam_date).days == days


@pytest.mark.parametrize(
    ("decider", "grading_right", "code"),
    [
        (Decider("K", False, True, True, ""), False, []),
        (Decider("K", False, True, False, ""), True, []),
        (Decider("K", False, True, False, ""), False, ["grade-teacher-not-registered"]),
        (Decider("K", False, False, True, ""), False, ["grade-teacher-not-on-duty"]),
        (Decider("K", False, False, False, ""), True, ["grade-teacher-not-on-duty"]),
        (Decider("R", True, False, False, "Oense"), False, []),
        (Decider("R", True, False, False, " \n"), True, ["grade-principal-reason"]),
    ],
)
def test_who_decides(decider: Decider, *, grading_right: bool, code: list[str]) -> None:
    problems = decider_problems(decider, "PRÖ:KC26HTMAT03B", grading_right=grading_right)

    assert [problem.code for problem in problems] == code
    assert not any("{" in problem.text for problem in problems)


def test_every_message_can_be_filled_in() -> None:
    problems = [
        draft_conflict(PLACEMENT, "", LOCK),
        draft_conflict(PLACEMENT, "B", Lock("", "Karin", "nyss")),
        seen_conflict(PLACEMENT, "", LOCK),
        seen_conflict(PLACEMENT, "B", Lock("", "Karin", "nyss")),
        nothing_to_decide("PRÖ:KC26HTMAT03B"),
        submission_used(),
    ]

    assert not any("{" in problem.text or "  " in problem.text for problem in problems)
