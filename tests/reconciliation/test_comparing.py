"""Every way to disagree is found once and nothing else with it."""

import unicodedata
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.problems import Problem, ProblemsFoundError
from provning.reconciliation import Fault, Grade, MismatchKind, Period, Placement, Side
from tests.reconciliation.rows import (
    DAY,
    GRADE,
    GROUP,
    NUMBERS,
    PLACEMENT,
    TODAY,
    compared,
    grade,
    kinds,
    placement,
)

ORDINARY = "MAT3b-distans"
LATER = DAY + timedelta(days=3)


def test_files_that_say_the_same_agree() -> None:
    report = compared([PLACEMENT], [GRADE])
    assert report.agree
    assert (report.placements, report.grades, report.pairs, report.mismatches) == (1, 1, 1, ())


@pytest.mark.parametrize(
    ("kind", "placements", "grades"),
    [
        ("date", [placement()], [grade(date=LATER)]),
        ("grade-alone", [placement()], [grade(), grade(number=NUMBERS[1])]),
        ("placement-alone", [placement()], []),
        ("days", [placement(last_day=LATER)], [grade()]),
        ("days", [placement(last_day=LATER)], [grade(date=LATER)]),
        ("outside-group", [placement(group_last_day=DAY - timedelta(1))], [grade()]),
        ("outside-term", [placement(day=TODAY)], [grade(date=TODAY)]),
        ("prefix-missing", [placement(group=ORDINARY, exam=False)], [grade(group=ORDINARY)]),
        ("prefix-missing", [placement(group=GROUP[4:])], [grade(group=GROUP[4:])]),
        ("prefix-near", [placement(group="PRO:KC26VTMAT03B")], [grade()]),
        ("prefix-near", [placement()], [grade(group="Prö:KC26VTMAT03B")]),
        ("prefix-near", [placement(group="PRÖ :KC26VTMAT03B")], [grade(group="", trial=False)]),
        ("prefix-near", [placement(group=unicodedata.normalize("NFD", GROUP))], [grade()]),
        ("not-trial", [placement()], [grade(trial=False)]),
        ("not-trial", [placement(group="")], [grade(trial=False, group="")]),
        ("scale", [placement()], [grade(value="G")]),
        ("scale", [placement()], [grade(value="-")]),
        ("scale", [placement()], [grade(value="")]),
        ("grade-twice", [placement()], [grade(), grade(row=3, value="D")]),
        ("placement-twice", [placement(), placement(row=3)], [grade()]),
        ("teacher", [placement()], [grade(teacher="Bo Ek")]),
        ("teacher", [placement(teacher="", teacher_id="{t-1}")], [grade(teacher="{t-2}")]),
        ("group", [placement()], [grade(group=GROUP + "2")]),
        ("group", [placement(group_id="{g-1}")], [grade(group="{g-2}")]),
    ],
)
def test_each_way_to_disagree_is_found_once_and_alone(
    kind: str, placements: list[Placement], grades: list[Grade]
) -> None:
    assert kinds(compared(placements, grades)) == [kind]


@pytest.mark.parametrize(
    ("placements", "grades"),
    [
        ([placement(course=" matmat03B ")], [grade()]),
        ([placement(teacher="")], [grade()]),
        ([placement(teacher="Karin Maria Lind")], [grade()]),
        ([placement()], [grade(teacher="Bo Ek; Karin Lind")]),
        ([placement()], [grade(teacher="{0f9c1b1e-0000-4000-8000-000000000001}")]),
        ([placement()], [grade(group="{0f9c1b1e-0000-4000-8000-000000000001}")]),
        ([placement(group_id="{G-1}")], [grade(group="g-1")]),
        ([placement(group="", group_first_day=None, group_last_day=None)], [grade(group="")]),
        ([placement(group="pågående", exam=False, last_day=LATER)], []),
        ([placement(cancelled=True)], []),
        ([placement()], [grade(), grade(date=date(2024, 5, 12), value="F")]),
        ([placement()], [grade(), grade(trial=False, group=ORDINARY, date=LATER, value="F")]),
        ([placement()], [grade(), grade(course="ENGENG05", trial=False, group=ORDINARY)]),
        ([placement(), placement(row=3, day=LATER)], [grade(), grade(row=3, date=LATER)]),
    ],
)
def test_what_does_not_disagree_is_left_alone(
    placements: list[Placement], grades: list[Grade]
) -> None:
    assert kinds(compared(placements, grades)) == []


def test_a_mismatch_says_what_both_files_say_and_what_to_do() -> None:
    [found] = compared([PLACEMENT], [grade(date=LATER, row=7)]).mismatches
    assert (found.kind, found.number, found.name, found.course) == (
        MismatchKind.DATE,
        NUMBERS[0],
        "Öberg, Åsa",
        "MATMAT03b",
    )
    assert (found.exam_date, found.grade_date) == (DAY, LATER)
    assert (found.placement_group, found.grade_group) == (GROUP, GROUP)
    assert (found.placement_row, found.grade_row) == (2, 7)
    assert found.advice.text == (
        "Betyget är daterat 2026-05-15 men prövningen var 2026-05-12. Kontrollera vilket datum som"
        " är rätt och ändra det andra, annars blir det fel i rapporter till andra myndigheter. Ett"
        " låst betyg rättas av rektor."
    )
    assert (found.advice.code, found.advice.source) == ("reconcile-date", "Manual s. 3")


def test_a_missing_grade_is_a_mismatch_from_the_first_day_past_the_limit() -> None:
    on_last_day = compared([PLACEMENT], [], today=DAY + timedelta(days=14))
    assert (kinds(on_last_day), on_last_day.waiting) == ([], 1)
    [found] = compared([PLACEMENT], [], today=DAY + timedelta(days=15)).mismatches
    assert (found.kind, found.days) == (MismatchKind.PLACEMENT_ALONE, 1)


def test_the_limit_is_local_custom() -> None:
    report = compared([PLACEMENT], [], days=60)
    assert (report.agree, report.waiting) == (True, 1)


def test_a_date_far_away_is_another_examination_and_not_a_mistaken_date() -> None:
    report = compared([PLACEMENT], [grade(date=date(2026, 11, 30), group="")])
    assert kinds(report) == ["placement-alone"]
    assert report.outside == 1


def test_a_date_across_the_turn_of_the_half_year_is_a_mistaken_one() -> None:
    report = compared([placement(day=date(2026, 6, 12))], [grade(date=date(2026, 7, 2))])
    assert kinds(report) == ["date"]


def test_the_half_years_of_the_placements_are_compared_unless_others_are_asked_for() -> None:
    grades = [grade(), grade(number=NUMBERS[1], date=date(2025, 11, 30), group="")]
    assert compared([PLACEMENT], grades).outside == 1
    wide = Period(date(2025, 7, 1), date(2026, 6, 30))
    assert kinds(compared([PLACEMENT], grades, period=wide)) == ["grade-alone"]


def test_several_faults_of_one_prövning_are_all_told() -> None:
    report = compared(
        [placement(last_day=LATER, group="PRO:KC26VTMAT03B")],
        [grade(date=DAY + timedelta(9), value="G", teacher="Bo Ek")],
    )
    assert kinds(report) == ["date", "days", "prefix-near", "scale", "teacher"]


def test_persons_meet_by_identifier_when_the_placements_have_both() -> None:
    placed = placement(person_id="{AB-1}")
    report = compared([placed], [grade(number="", person_id="ab-1", date=LATER)])
    assert [(each.kind.value, each.number) for each in report.mismatches] == [("date", NUMBERS[0])]


def test_persons_meet_by_a_file_that_has_both() -> None:
    graded = grade(number="", person_id="{ab-1}")
    assert compared([PLACEMENT], [graded], persons={"ab-1": NUMBERS[0]}).agree


@pytest.mark.parametrize(
    ("placed", "graded"),
    [
        (placement(), grade(number="", person_id="x")),
        (placement(number="", person_id="x"), grade()),
    ],
)
def test_files_whose_persons_can_never_meet_are_refused(placed: Placement, graded: Grade) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        compared([placed], [graded])
    assert [problem.code for problem in caught.value.problems] == ["reconcile-strangers"]


def test_a_course_that_the_register_lacks_is_remarked_on_and_no_mismatch() -> None:
    report = compared([placement(course="XYZ1")], [grade(course="XYZ1", value="7")])
    assert report.agree
    assert [each.problem.text for each in report.remarks] == [
        "Kurskoden XYZ1 finns inte i kursregistret (1 rader), så betygsskalan är inte"
        " kontrollerad. Kontrollera koden."
    ]


def test_rows_that_could_not_be_read_keep_the_files_from_agreeing() -> None:
    fault = Fault(Side.GRADES, 9, Problem("x", "", "Fel."))
    report = compared([PLACEMENT], [GRADE, fault])
    assert (report.agree, report.faults, report.mismatches) == (False, (fault,), ())


def test_nothing_is_said_of_a_file_in_which_no_row_could_be_read() -> None:
    fault = Fault(Side.GRADES, 9, Problem("x", "", "Fel."))
    report = compared([PLACEMENT], [fault])
    assert (report.unread, report.agree, report.mismatches) == ((Side.GRADES,), False, ())


def test_the_mismatches_stand_by_kind_and_then_by_day() -> None:
    report = compared(
        [placement(day=LATER), placement(number=NUMBERS[1]), placement(number=NUMBERS[2])],
        [grade(number=NUMBERS[2], value="G")],
    )
    assert [(each.kind.value, each.exam_date) for each in report.mismatches] == [
        ("placement-alone", DAY),
        ("placement-alone", LATER),
        ("scale", DAY),
    ]
    assert report.counts == {MismatchKind.PLACEMENT_ALONE: 2, MismatchKind.SCALE: 1}


PEOPLE = st.sampled_from(NUMBERS)
DAYS = st.dates(date(2026, 1, 12), date(2026, 6, 12))
SAT = st.lists(st.tuples(PEOPLE, DAYS), unique=True, max_size=30)


@given(SAT)
def test_whatever_is_graded_as_it_was_sat_agrees(sat: list[tuple[str, date]]) -> None:
    placements = [placement(number=number, day=day) for number, day in sat]
    grades = [grade(number=number, date=day) for number, day in reversed(sat)]
    report = compared(placements, grades)
    assert (report.agree, report.pairs) == (True, len(sat))


@given(SAT, st.data())
def test_a_grade_taken_away_is_missed_and_nothing_else(
    sat: list[tuple[str, date]], data: st.DataObject
) -> None:
    placements = [placement(number=number, day=day) for number, day in sat]
    kept = [each for each in sat if data.draw(st.booleans())]
    grades = [grade(number=number, date=day) for number, day in kept]
    report = compared(placements, grades)
    assert kinds(report) == ["placement-alone"] * (len(sat) - len(kept))
    assert {(each.number, each.exam_date) for each in report.mismatches} == set(sat) - set(kept)


CHANGES: list[dict[str, Any]] = [
    {}, {"group": "PRO:KC26VTMAT03B"}, {"group": ORDINARY}, {"group": ""}, {"course": "X"},
]  # fmt: skip


@given(
    st.lists(st.tuples(PEOPLE, DAYS, st.sampled_from(CHANGES), st.booleans()), max_size=12),
    st.lists(st.tuples(PEOPLE, DAYS, st.sampled_from(CHANGES), st.booleans()), max_size=12),
)
def test_every_row_is_accounted_for(
    placed: list[tuple[str, date, dict[str, Any], bool]],
    graded: list[tuple[str, date, dict[str, Any], bool]],
) -> None:
    placements = [
        placement(number=number, day=day, exam=exam, row=row, **changes)
        for row, (number, day, changes, exam) in enumerate(placed)
    ]
    grades = [
        grade(number=number, date=day, trial=trial, row=row, **changes)
        for row, (number, day, changes, trial) in enumerate(graded)
    ]
    report = compared(placements, grades)
    found = report.counts
    alone = found.get(MismatchKind.PLACEMENT_ALONE, 0) + found.get(MismatchKind.GRADE_ALONE, 0)
    twice = found.get(MismatchKind.PLACEMENT_TWICE, 0) + found.get(MismatchKind.GRADE_TWICE, 0)
    told = 2 * report.pairs + alone + twice + report.waiting + report.outside + report.ordinary
    assert told == len(placed) + len(graded)
