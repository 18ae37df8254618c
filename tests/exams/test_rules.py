"""Who may be placed when, which teacher a group may have, and what a reason lets through."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from provning.exams.rules import (
    Candidate,
    Standing,
    binding,
    date_problems,
    day_on_duty,
    decided,
    exam_date_problems,
    overridden,
    placement_problems,
    placements_left_out,
    reason_problems,
    teacher_problems,
)
from provning.kernel.problems import Problem
from tests.exams.facts import LEVEL, MATHS, VT23, group_of

DAY = date(2023, 3, 7)
LATER = date(2023, 5, 9)
NAME = "PRÖ:KC23VTMAT03B"


def candidate(
    person_id: UUID,
    day: date = DAY,
    *,
    enrolled: bool = True,
    deceased: bool = False,
    row: int = 1,
) -> Candidate:
    return Candidate(person_id, day, enrolled, deceased, f"row-{row}", f"row-{row}")


def problems(*candidates: Candidate, standing: tuple[Standing, ...] = ()) -> list[Problem]:
    return placement_problems(candidates, standing, group_name=NAME)


def in_rows(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in found]


def test_somebody_enrolled_and_new_to_the_group_may_be_placed() -> None:
    assert problems(candidate(uuid4())) == []


def test_somebody_never_enrolled_is_shown_the_way_to_the_request() -> None:
    found = problems(candidate(uuid4(), enrolled=False))
    assert [problem.text for problem in found] == [
        "Personen har aldrig varit inskriven hos anordnaren. Skicka en begäran till"
        " Vuxenutbildningscentrum, som registrerar och placerar personen."
    ]


def test_what_the_register_says_of_somebody_never_enrolled_does_not_show() -> None:
    stranger = candidate(uuid4(), enrolled=False, deceased=True)
    assert in_rows(problems(stranger)) == [("placement-never-enrolled", "row-1")]


def test_the_dead_are_not_placed() -> None:
    assert in_rows(problems(candidate(uuid4(), deceased=True))) == [("placement-deceased", "row-1")]


def test_the_same_day_twice_is_refused_whatever_the_reason() -> None:
    person = uuid4()
    found = problems(candidate(person), standing=(Standing(person, DAY),))
    assert in_rows(binding(found, "Nytt försök")) == [("placement-twice", "row-1")]


def test_a_new_attempt_in_the_same_group_needs_a_reason() -> None:
    person = uuid4()
    found = problems(candidate(person, LATER), standing=(Standing(person, DAY),))
    assert in_rows(found) == [("placement-again", "row-1")]
    assert "2023-03-07" in found[0].text
    assert binding(found, "Nytt försök efter sjukdom") == []


def test_the_same_person_twice_in_one_list_is_refused_in_the_second_row() -> None:
    person = uuid4()
    found = problems(candidate(person), candidate(uuid4(), row=2), candidate(person, row=3))
    assert in_rows(found) == [("placement-twice", "row-3")]


def test_every_row_has_its_own_problems_in_the_order_of_the_rows() -> None:
    found = problems(
        candidate(uuid4(), enrolled=False, row=1),
        candidate(uuid4(), row=2),
        candidate(uuid4(), deceased=True, row=3),
    )
    assert in_rows(found) == [
        ("placement-never-enrolled", "row-1"),
        ("placement-deceased", "row-3"),
    ]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2023, 1, 8), ["placement-date-outside-group"]),
        (date(2023, 1, 9), []),
        (date(2023, 6, 9), []),
        (date(2023, 6, 10), ["placement-date-outside-group"]),
    ],
)
def test_the_exam_date_lies_in_the_group_both_ends_included(day: date, codes: list[str]) -> None:
    found = exam_date_problems(
        day,
        MATHS,
        group_name=NAME,
        start_date=date(2023, 1, 9),
        end_date=date(2023, 6, 9),
    )
    assert [problem.code for problem in found] == codes


def test_the_course_must_be_examined_on_the_very_day() -> None:
    first, last = date(2030, 1, 1), date(2030, 12, 31)
    days = [date(2030, 6, 30), date(2030, 7, 1)]
    found = [
        [
            problem.code
            for problem in exam_date_problems(
                day, MATHS, group_name=NAME, start_date=first, end_date=last
            )
        ]
        for day in days
    ]
    assert found == [[], ["course-gy11-ended"]]


def test_a_teacher_has_one_group_of_a_course_and_may_have_one_of_another() -> None:
    teacher = uuid4()
    groups = [group_of(MATHS, NAME, teacher_id=teacher, teacher="Karin Wallgren")]
    same = teacher_problems(
        teacher, MATHS.id, groups, on_duty=True, unit_name="Komvux Centrum", on=DAY
    )
    other = teacher_problems(
        teacher, LEVEL.id, groups, on_duty=True, unit_name="Komvux Centrum", on=DAY
    )
    assert [problem.text for problem in same] == [
        "Karin Wallgren har redan gruppen PRÖ:KC23VTMAT03B i kursen den terminen. Lägg eleverna i"
        " den gruppen, eller välj en annan lärare."
    ]
    assert other == []


def test_a_grading_teacher_works_at_the_unit() -> None:
    found = teacher_problems(
        uuid4(), MATHS.id, [], on_duty=False, unit_name="Komvux Centrum", on=DAY
    )
    assert [problem.code for problem in found] == ["group-teacher-no-duty"]


def test_the_day_of_duty_is_today_kept_within_the_group() -> None:
    start, end = date(2023, 1, 9), date(2023, 6, 9)
    days = [date(2022, 12, 1), DAY, date(2026, 11, 24)]
    assert [day_on_duty(start, end, today) for today in days] == [start, DAY, end]


def test_new_dates_leave_nobodys_exam_outside() -> None:
    exams = [DAY, LATER]
    assert placements_left_out(exams, DAY, LATER) == []
    late_start = placements_left_out(exams, date(2023, 3, 8), LATER)
    early_end = placements_left_out(exams, DAY, date(2023, 5, 8))
    assert [(each.field, each.params["count"]) for each in (*late_start, *early_end)] == [
        ("start_date", 1),
        ("end_date", 1),
    ]


def test_a_reason_lets_custom_through_and_never_the_law() -> None:
    outside_both = date_problems(
        VT23, date(2023, 1, 8), date(2023, 7, 1), first_day=date(2023, 1, 9), last_day=DAY
    )
    outside_calendar = date_problems(
        VT23, date(2023, 1, 8), DAY, first_day=date(2023, 1, 9), last_day=DAY
    )
    assert [each.code for each in binding(outside_both, "skäl")] == ["group-date-outside-term"]
    assert binding(outside_calendar, "skäl") == []
    assert binding(outside_calendar, "  ") == outside_calendar


def test_a_reason_is_kept_only_when_it_was_needed() -> None:
    custom = date_problems(VT23, date(2023, 1, 8), DAY, first_day=date(2023, 1, 9), last_day=DAY)
    assert (overridden(custom, "skäl"), overridden([], "skäl"), overridden(custom, "")) == (
        True,
        False,
        False,
    )


def test_taking_back_asks_why() -> None:
    assert [each.code for each in reason_problems(" ")] == ["placement-reason-missing"]
    assert reason_problems("Fel person") == []


def test_after_the_decision_the_way_is_a_rättelse() -> None:
    assert "rättelse" in decided(NAME).text
