"""When a grade may be set, and by whom: every combination of the facts."""

from dataclasses import replace
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


TEACHER = Decider(
    name="Karin", is_principal=False, on_duty=True, registered_teacher=True, reason=""
)
UNREGISTERED = replace(TEACHER, registered_teacher=False)
AWAY = replace(TEACHER, on_duty=False)
PRINCIPAL = Decider(
    name="Rut", is_principal=True, on_duty=False, registered_teacher=False, reason="Oense"
)


@pytest.mark.parametrize(
    ("decider", "grading_right", "code"),
    [
        (TEACHER, False, []),
        (UNREGISTERED, True, []),
        (UNREGISTERED, False, ["grade-teacher-not-registered"]),
        (AWAY, False, ["grade-teacher-not-on-duty"]),
        (replace(AWAY, registered_teacher=False), True, ["grade-teacher-not-on-duty"]),
        (PRINCIPAL, False, []),
        (replace(PRINCIPAL, reason=" \n"), True, ["grade-principal-reason"]),
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
