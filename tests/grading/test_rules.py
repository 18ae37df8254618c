"""When a grade may be set, and by whom: every combination of the facts."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.grading.rules import (
    Attempt,
    Deciding,
    Lock,
    Office,
    Principal,
    Stand,
    attempt_problems,
    decided_elsewhere,
    decides_alone,
    disagree,
    draft_conflict,
    last_day_in_time,
    no_disagreement,
    nothing_to_decide,
    other_teacher_typed,
    own_grade,
    particulars_changed,
    principal_problems,
    seen_conflict,
    stand,
    stand_problems,
    submission_used,
    teacher_problems,
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
    st.booleans(),
    st.booleans(),
)
def test_a_grade_may_be_set_when_nothing_at_all_stands_against_it(
    exam_date: date,
    days: int,
    outcome: str,
    superseded: bool,
    lock: Lock | None,
    ready: bool,
    deceased: bool,
    own: bool,
) -> None:
    today = exam_date + timedelta(days=days)
    attempt = Attempt(
        PLACEMENT,
        exam_date,
        outcome,
        superseded,
        lock,
        deceased=deceased,
        is_own_teacher=own,
    )

    problems = attempt_problems(attempt, "PRÖ:KC26HTMAT03B", today, ready=ready)

    stopped = outcome or superseded or deceased or own
    free = days >= 0 and not stopped and lock is None and ready
    assert (problems == []) == free
    assert not any("{" in problem.text for problem in problems)
    assert all(problem.source for problem in problems)


@given(DAYS, st.integers(1, 365))
def test_the_last_day_in_time_is_that_many_days_after_the_exam(exam_date: date, days: int) -> None:
    assert (last_day_in_time(exam_date, days) - exam_date).days == days


NAME = "PRÖ:KC26HTMAT03B"
OFFICE = Office(NAME, contracted=False, grading_right=False, teachers="Karin", teacher_left=False)
RIGHT = replace(OFFICE, contracted=True, grading_right=True)
WITHOUT = replace(OFFICE, contracted=True)
KARIN = Deciding("Karin", on_duty=True, registered_teacher=True)
BO = Deciding("Bo", on_duty=True, registered_teacher=False)
AWAY = replace(KARIN, on_duty=False)


@pytest.mark.parametrize(
    ("teacher", "other", "office", "code"),
    [
        (KARIN, None, OFFICE, []),
        (BO, None, RIGHT, []),
        (BO, None, OFFICE, ["grade-teacher-not-registered"]),
        (BO, None, WITHOUT, ["grade-teacher-not-registered"]),
        (AWAY, None, OFFICE, ["grade-teacher-not-on-duty"]),
        (replace(AWAY, registered_teacher=False), None, RIGHT, ["grade-teacher-not-on-duty"]),
        (BO, KARIN, OFFICE, []),
        (KARIN, BO, OFFICE, []),
        (BO, replace(BO, name="Åke"), OFFICE, ["grade-neither-registered"]),
        (BO, replace(BO, name="Åke"), RIGHT, []),
        (BO, AWAY, OFFICE, ["grade-teacher-not-on-duty"]),
        (AWAY, replace(BO, on_duty=False), OFFICE, ["grade-teacher-not-on-duty"] * 2),
    ],
)
def test_which_teachers_decide(
    teacher: Deciding, other: Deciding | None, office: Office, code: list[str]
) -> None:
    problems = teacher_problems(teacher, other, office)

    assert [problem.code for problem in problems] == code
    assert not any("{" in problem.text for problem in problems)


HINDERED = Principal("hindered", "Karin är sjuk", for_organiser=False)


@pytest.mark.parametrize(
    ("principal", "office", "code"),
    [
        (HINDERED, OFFICE, []),
        (HINDERED, RIGHT, []),
        (HINDERED, WITHOUT, ["grade-principal-not-organisers"]),
        (replace(HINDERED, for_organiser=True), WITHOUT, []),
        (replace(HINDERED, reason=" \n"), OFFICE, ["grade-principal-reason"]),
        (replace(HINDERED, ground=""), OFFICE, ["grade-principal-ground"]),
        (replace(HINDERED, ground="lust"), OFFICE, ["grade-principal-ground"]),
        (replace(HINDERED, ground="left"), OFFICE, ["grade-teacher-still-on-duty"]),
        (replace(HINDERED, ground="left"), replace(OFFICE, teacher_left=True), []),
        (replace(HINDERED, ground="disagreement"), OFFICE, []),
        (
            Principal("", "", for_organiser=False),
            WITHOUT,
            [
                "grade-principal-not-organisers",
                "grade-principal-ground",
                "grade-principal-reason",
            ],
        ),
    ],
)
def test_when_a_principal_decides(principal: Principal, office: Office, code: list[str]) -> None:
    problems = principal_problems(principal, office)

    assert [problem.code for problem in problems] == code
    assert not any("{" in problem.text for problem in problems)


GRADES = st.sampled_from(["A", "B", "F"])
ANSWERS = st.sampled_from(["", "A", "B", "F"])


@given(GRADES, ANSWERS)
def test_two_decide_when_they_hold_the_same_and_only_then(value: str, other: str) -> None:
    problems = stand_problems(PLACEMENT, value, other, "Bo")

    assert (problems == []) == (value == other)
    assert [problem.code for problem in problems] == {
        Stand.AGREES: [],
        Stand.WAITING: ["grade-other-has-not-answered"],
        Stand.DIFFERS: ["grade-teachers-disagree"],
    }[stand(value, other)]
    assert not any("{" in problem.text for problem in problems)


@given(ANSWERS, ANSWERS)
def test_they_disagree_when_both_have_answered_differently(one: str, other: str) -> None:
    assert disagree([one, other]) == bool(one and other and one != other)
    assert disagree([one, other]) == disagree([other, one])


def test_every_message_can_be_filled_in() -> None:
    problems = [
        draft_conflict(PLACEMENT, "", LOCK),
        draft_conflict(PLACEMENT, "B", Lock("", "Karin", "nyss")),
        seen_conflict(PLACEMENT, "", LOCK),
        seen_conflict(PLACEMENT, "B", Lock("", "Karin", "nyss")),
        decides_alone("PRÖ:KC26HTMAT03B"),
        no_disagreement(PLACEMENT),
        other_teacher_typed(PLACEMENT, "", LOCK),
        own_grade(PLACEMENT),
        particulars_changed(PLACEMENT, LOCK),
        decided_elsewhere(Attempt(PLACEMENT, date(2026, 10, 5), "", False, None)),
        nothing_to_decide("PRÖ:KC26HTMAT03B"),
        submission_used(),
    ]

    assert not any("{" in problem.text or "  " in problem.text for problem in problems)
