"""What a new group is called, numbered and dated, and what stands against it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.courses.kinds import Curriculum
from provning.courses.rows import CourseRow
from provning.exams.planning import plan_group
from provning.kernel.group_names import NamingRule
from provning.kernel.terms import Season, Term
from tests.courses.registers import course
from tests.exams.facts import (
    HT26,
    LEVEL,
    MATHS,
    PSYCHIATRY,
    PSYCHOLOGY,
    codes,
    facts,
    group_of,
    made,
)

TERMS = st.builds(Term, st.integers(2022, 2029), st.sampled_from(Season))
VT30 = Term(2030, Season.VT)


def test_the_manuals_group_is_named_as_in_the_manual() -> None:
    plan = plan_group(facts(), MATHS)
    assert (plan.name, plan.number, plan.problems) == ("PRÖ:KC23VTMAT03B", 1, ())


def test_the_second_teachers_group_ends_in_a_two_as_in_the_manual() -> None:
    vt22 = facts(group_of(MATHS, "PRÖ:KC22VTMAT03B"), term=Term(2022, Season.VT))
    plan = plan_group(vt22, MATHS)
    assert (plan.name, plan.number, plan.problems) == ("PRÖ:KC22VTMAT03B2", 2, ())


def test_a_level_of_gy25_has_its_whole_code_in_the_name() -> None:
    assert plan_group(facts(term=HT26), LEVEL).name == "PRÖ:KC26HTMATO1B00X"


def test_the_organiser_may_name_levels_of_gy25_by_the_last_part() -> None:
    custom = facts(term=HT26, gy25_naming=NamingRule.LAST_PART)
    assert plan_group(custom, LEVEL).name == "PRÖ:KC26HTO1B00X"


def test_the_number_is_one_more_than_the_highest_even_when_a_lower_is_free() -> None:
    third = facts(group_of(MATHS, "PRÖ:KC23VTMAT03B3", number=3))
    assert plan_group(third, MATHS).number == 4


def test_other_courses_do_not_count() -> None:
    assert plan_group(facts(group_of(LEVEL, "PRÖ:KC23VTX", number=5)), MATHS).number == 1


def test_dates_are_the_providers_unless_given() -> None:
    spring = facts(first_day=date(2023, 1, 9), last_day=date(2023, 6, 9))
    plan = plan_group(spring, MATHS)
    assert (plan.start_date, plan.end_date) == (date(2023, 1, 9), date(2023, 6, 9))
    given_dates = plan_group(spring, MATHS, start_date=date(2023, 2, 1), end_date=date(2023, 3, 1))
    assert (given_dates.start_date, given_dates.end_date) == (date(2023, 2, 1), date(2023, 3, 1))


@given(term=TERMS)
def test_a_whole_half_year_with_both_its_ends_is_allowed(term: Term) -> None:
    plan = plan_group(facts(term=term), MATHS, start_date=term.first_day, end_date=term.last_day)
    assert plan.problems == ()


@given(term=TERMS)
def test_a_day_outside_the_half_year_is_never_allowed(term: Term) -> None:
    early = plan_group(facts(term=term), MATHS, start_date=term.previous().last_day)
    late = plan_group(facts(term=term), MATHS, end_date=term.next().first_day)
    assert (codes(early), codes(late)) == (["group-date-outside-term"],) * 2
    assert not any(problem.overridable for problem in (*early.problems, *late.problems))


def test_a_group_does_not_end_before_it_begins() -> None:
    plan = plan_group(facts(), MATHS, start_date=date(2023, 4, 2), end_date=date(2023, 4, 1))
    assert codes(plan) == ["group-dates-order"]


def test_a_day_outside_the_providers_own_term_asks_for_a_reason() -> None:
    spring = facts(first_day=date(2023, 1, 9), last_day=date(2023, 6, 9))
    plan = plan_group(spring, MATHS, start_date=date(2023, 1, 8), end_date=date(2023, 6, 10))
    assert [(each.code, each.field, each.overridable) for each in plan.problems] == [
        ("group-date-outside-calendar", "start_date", True),
        ("group-date-outside-calendar", "end_date", True),
    ]


def test_a_unit_without_initials_cannot_name_a_group() -> None:
    plan = plan_group(facts(initials=""), MATHS)
    assert (plan.name, codes(plan)) == ("", ["group-without-initials"])


def test_another_courses_name_is_refused_with_the_way_out() -> None:
    taken = facts(group_of(PSYCHOLOGY, "PRÖ:KC23VTPSY01"))
    plan = plan_group(taken, PSYCHIATRY)
    assert [problem.text for problem in plan.problems] == [
        "Namnet PRÖ:KC23VTPSY01 har redan gruppen i PSKPSY01 Psykologi 1 på enheten den terminen."
        " Kryssa för hela kurskoden i namnet: då heter gruppen PRÖ:KC23VTPSYPSY01."
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("PSKPSY01", "PSYPSY01"),
        ("WEBWEB01", "WESWEB01"),
        ("WESWEB01", "WEUWEB01"),
        ("MODFRA01", "MOEFRA01"),
    ],
)
def test_every_known_collision_is_refused_and_has_its_way_out(first: str, second: str) -> None:
    taken = facts(group_of(course(code=first), f"PRÖ:KC23VT{first[3:]}"))
    assert codes(plan_group(taken, course(code=second))) == ["group-name-taken"]
    out = plan_group(taken, course(code=second), full_code=True)
    assert (out.name, out.problems) == (f"PRÖ:KC23VT{second}", ())


def test_the_way_out_leads_out_and_the_next_teachers_group_follows_it() -> None:
    taken = facts(group_of(PSYCHOLOGY, "PRÖ:KC23VTPSY01"))
    first = plan_group(taken, PSYCHIATRY, full_code=True)
    assert (first.name, first.problems) == ("PRÖ:KC23VTPSYPSY01", ())
    second = plan_group(taken.with_group(made(first)), PSYCHIATRY)
    assert (second.name, second.problems) == ("PRÖ:KC23VTPSYPSY012", ())


def test_a_teachers_digit_that_makes_another_courses_name_is_refused_too() -> None:
    sam0, sam02 = course(code="SAMSAM0"), course(code="SAMSAM02")
    taken = facts(group_of(sam0, "PRÖ:KC23VTSAM0"), group_of(sam02, "PRÖ:KC23VTSAM02"))
    assert codes(plan_group(taken, sam0)) == ["group-name-taken"]


def test_when_the_whole_code_is_taken_too_the_way_out_is_another_unit() -> None:
    taken = facts(
        group_of(PSYCHOLOGY, "PRÖ:KC23VTPSY01"), group_of(PSYCHOLOGY, "PRÖ:KC23VTPSYPSY01")
    )
    plan = plan_group(taken, PSYCHIATRY)
    assert plan.problems[0].text.endswith("Skapa gruppen på en annan enhet.")


@pytest.mark.parametrize("number", [100, 250])
def test_a_hundredth_group_is_refused_since_no_name_can_be_read_back(number: int) -> None:
    full = facts(group_of(MATHS, "PRÖ:KC23VTMAT03B99", number=number - 1))
    assert codes(plan_group(full, MATHS)) == ["group-name-number"]


def test_a_gy11_course_is_examined_to_the_end_of_vt30_and_no_longer() -> None:
    last = plan_group(facts(term=VT30), MATHS)
    after = plan_group(facts(term=VT30.next()), MATHS)
    assert (codes(last), codes(after)) == ([], ["course-gy11-ended"])


def test_a_course_that_ends_within_the_term_may_have_a_group() -> None:
    ending = course(curriculum=Curriculum.BASIC, valid_to=date(2023, 3, 31))
    assert plan_group(facts(), ending).problems == ()
    assert codes(plan_group(facts(), ending, start_date=date(2023, 4, 1))) == ["course-ended"]


@given(order=st.permutations([MATHS, PSYCHOLOGY, LEVEL] * 3))
def test_groups_made_in_any_order_have_names_of_their_own(order: list[CourseRow]) -> None:
    there = facts(term=HT26)
    for each in order:
        plan = plan_group(there, each)
        assert plan.problems == ()
        there = there.with_group(made(plan))
    assert len({group.name for group in there.groups}) == 9
