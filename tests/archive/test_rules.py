"""The rules of deliveries: which step may follow which, what is missing, and when it is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.archive.rules.checklist import (
    Allowed,
    Checklist,
    PaperFacts,
    PartFacts,
    UngradedFacts,
    checklist_problems,
)
from provning.archive.rules.disposal import days_before, months_before
from provning.archive.rules.periods import Period, last_day_to
from provning.archive.rules.steps import (
    FOLLOWS,
    Step,
    may_follow,
    order_problems,
    override_problems,
    receipt_problems,
    text_problems,
)
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.terms import Season, Term

HT26 = Term(2026, Season.HT)
ENDED, AFTER = date(2026, 12, 31), date(2027, 1, 1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
PARTS = st.builds(
    PartFacts,
    term=st.just(HT26),
    protected=st.booleans(),
    unprinted=st.integers(0, 3),
    papers=st.lists(
        st.builds(
            PaperFacts,
            document_id=st.just("BK-1"),
            unsigned_by=st.sampled_from([(), ("Karin",), ("Karin", "Bo", "Eva", "Per", "Rut")]),
            names_protected=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    hidden=st.booleans(),
)


def checklist(
    *parts: PartFacts,
    ungraded: tuple[UngradedFacts, ...] = (),
    allowed: Allowed = Allowed.UNGRADED,
) -> Checklist:
    return Checklist(Period(2026), ENDED, parts, ungraded, allowed)


def test_a_signed_final_catalogue_lacks_nothing() -> None:
    assert (
        checklist_problems(checklist(PartFacts(HT26, False, 0, (PaperFacts("BK-1"),))), AFTER) == []
    )


def test_the_periods_last_day_still_belongs_to_it() -> None:
    assert [each.code for each in checklist_problems(checklist(), ENDED)] == [
        "delivery-period-running"
    ]
    assert checklist_problems(checklist(), AFTER) == []


def test_everything_that_is_missing_is_said_at_once() -> None:
    part = PartFacts(HT26, False, 2, (PaperFacts("BK-1", ("Karin",), names_protected=True),))
    found = checklist_problems(
        checklist(part, ungraded=(UngradedFacts("PRÖ:KC26HTMAT03B", 3),)), ENDED
    )
    assert [each.code for each in found] == [
        "delivery-period-running",
        "delivery-unprinted",
        "delivery-names-protected",
        "delivery-unsigned",
        "delivery-ungraded",
    ]


@given(st.lists(PARTS), st.sampled_from(Allowed))
def test_only_signatures_and_grades_to_come_may_ever_be_set_aside(
    parts: list[PartFacts], allowed: Allowed
) -> None:
    shown = [PartFacts(each.term, each.protected, each.unprinted, each.papers) for each in parts]
    found = checklist_problems(checklist(*shown, allowed=allowed), AFTER)
    custom = {"delivery-unsigned"} if allowed is Allowed.UNGRADED_UNSIGNED else set()
    assert {each.code for each in found if each.overridable} <= custom


@given(st.lists(PARTS), st.sampled_from(Allowed))
def test_a_hidden_part_stops_exactly_when_it_lacks_something_and_names_nothing(
    parts: list[PartFacts], allowed: Allowed
) -> None:
    for part in parts:
        open_part = PartFacts(part.term, part.protected, part.unprinted, part.papers)
        hidden = PartFacts(part.term, part.protected, part.unprinted, part.papers, hidden=True)
        shown = checklist_problems(checklist(open_part, allowed=allowed), AFTER)
        told = checklist_problems(checklist(hidden, allowed=allowed), AFTER)
        assert [each.code for each in told] == (["delivery-part-hidden"] if shown else [])
        assert [name for each in told for name in ("Karin", "BK-1") if name in each.text] == []


def test_many_names_are_counted() -> None:
    part = PartFacts(HT26, False, 0, (PaperFacts("BK-1", ("A", "B", "C", "D", "E")),))
    (problem,) = checklist_problems(checklist(part), AFTER)
    assert "av A, B, C och 2 till." in problem.text


def test_which_step_follows_which_is_one_table() -> None:
    allowed = {(after, step) for step in Step for after in Step if may_follow(step, after)}
    assert allowed == {
        (Step.PREPARED, Step.PREPARED),
        (Step.RETURNED, Step.PREPARED),
        (Step.PREPARED, Step.SENT),
        (Step.SENT, Step.RECEIVED),
        (Step.SENT, Step.RETURNED),
    }
    assert set(FOLLOWS) == set(Step)
    for step in Step:
        for after in Step:
            assert bool(order_problems(step, after, "LEV-1")) == ((after, step) not in allowed)


CUSTOM = Problem("custom", "", "…", overridable=True)
LAW = Problem("law", "", "…")


@pytest.mark.parametrize(
    ("missing", "reason", "codes"),
    [
        ([], "", []),
        ([CUSTOM], "Sedan", []),
        ([CUSTOM], "  ", ["custom", "delivery-reason-missing"]),
        ([CUSTOM, LAW], "Sedan", ["custom", "law"]),
        ([LAW], "", ["law"]),
    ],
)
def test_a_reason_sets_custom_aside_and_never_the_law(
    missing: list[Problem], reason: str, codes: list[str]
) -> None:
    assert [each.code for each in override_problems(missing, reason)] == codes


@given(DAYS, st.integers(0, 400), st.integers(-500, 500))
def test_a_receipt_is_of_a_day_from_the_sending_to_today(
    sent: date, waited: int, chosen: int
) -> None:
    today, day = sent + timedelta(days=waited), sent + timedelta(days=chosen)
    assert (receipt_problems(day, sent, today) == []) == (0 <= chosen <= waited)


def test_words_are_asked_for_and_kept_short() -> None:
    assert [each.code for each in text_problems(" ", required=True)] == ["delivery-remarks-missing"]
    assert text_problems("x" * 2000, required=True) == []
    assert [each.code for each in text_problems("x" * 2001, required=False)] == [
        "delivery-text-long"
    ]


@given(st.integers(2000, 2099), st.sampled_from([None, *Season]))
def test_a_period_is_read_back_from_its_code(year: int, season: Season | None) -> None:
    period = Period(year, season)
    assert Period.parse(period.code) == period


@pytest.mark.parametrize("text", ["", "26", "HÖST", "20261", "VT"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ProblemsFoundError):
        Period.parse(text)


def test_periods_stand_in_the_order_they_end() -> None:
    ordered = [Period(2025), Period(2026, Season.VT), Period(2026, Season.HT), Period(2026)]
    assert sorted([ordered[3], ordered[1], ordered[0], ordered[2]]) == ordered


@given(DAYS, st.integers(1, 240))
def test_months_are_counted_by_the_calendar(today: date, months: int) -> None:
    before = months_before(today, months)
    assert (today.year - before.year) * 12 + today.month - before.month == months
    assert before.day == today.day or (before + timedelta(days=1)).day == 1
    assert before.day <= today.day


@given(DAYS, st.integers(0, 3650))
def test_days_are_counted_both_ways(day: date, number: int) -> None:
    assert days_before(last_day_to(day, number), number) == day
