"""Terms: names, dates and order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Season, Term

VT23 = Term(2023, Season.VT)
HT23 = Term(2023, Season.HT)
terms = st.builds(Term, st.integers(2000, 2099), st.sampled_from(Season))


@pytest.mark.parametrize("text", ["VT23", "vt23", "VT 23", "VT2023", " vt 2023 "])
def test_a_term_is_read_as_people_write_it(text: str) -> None:
    assert Term.parse(text) == VT23


@pytest.mark.parametrize("text", ["23VT", "VT1998", "ST23", "VT 2", "vår 2023"])
def test_what_is_no_term_is_refused_with_the_form_to_write(text: str) -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        Term.parse(text)
    assert [problem.code for problem in refused.value.problems] == ["term-format"]
    assert str(refused.value) == (
        f"”{text}” är ingen termin. Skriv VT eller HT och årtalet, till exempel VT23 eller HT 2026."
    )


def test_an_empty_term_is_missed() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        Term.parse("  ")
    assert [problem.code for problem in refused.value.problems] == ["term-empty"]


def test_spring_ends_on_30_june_and_autumn_on_31_december() -> None:
    assert (VT23.first_day, VT23.last_day) == (date(2023, 1, 1), date(2023, 6, 30))
    assert (HT23.first_day, HT23.last_day) == (date(2023, 7, 1), date(2023, 12, 31))


def test_a_term_is_written_short_in_lists_and_long() -> None:
    assert (VT23.code, VT23.label, VT23.long_label) == ("VT23", "VT 2023", "vårterminen 2023")
    assert (HT23.code, HT23.label, HT23.long_label) == ("HT23", "HT 2023", "höstterminen 2023")
    assert str(HT23) == "HT 2023"


def test_terms_sort_by_time_although_h_comes_before_v() -> None:
    later = Term(2024, Season.VT)
    assert sorted([later, HT23, VT23]) == [VT23, HT23, later]
    assert VT23 <= HT23 < later
    assert later > HT23 >= VT23


@given(terms)
def test_the_next_term_begins_the_day_after_this_one(term: Term) -> None:
    assert term.next().first_day == term.last_day + timedelta(days=1)
    assert term.next().previous() == term


@given(st.dates())
def test_every_day_lies_in_its_own_term_and_in_no_neighbour(day: date) -> None:
    term = Term.of(day)
    assert term.contains(day)
    assert not Term(term.year + 1, term.season).contains(day)


@given(terms)
def test_both_ends_of_a_term_belong_to_it(term: Term) -> None:
    assert Term.of(term.first_day) == term == Term.of(term.last_day)


@given(terms)
def test_every_written_form_is_read_back(term: Term) -> None:
    assert Term.parse(term.code) == term == Term.parse(term.label)
