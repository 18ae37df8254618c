"""The layouts as data: what is published is there, what is not is blank."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.terms import Season, Term
from provning.reporting.layout import CLASSES, Column, Target, layout_of, read_layout
from provning.reporting.rules import CODE_LABELS
from provning.reporting.source import KEYS, VALUES

LEADING = ["System", "Datum", "Version"]


def names(target: Target, day: date = date(2026, 11, 26)) -> list[str]:
    return [each.name for each in layout_of(target).columns_on(day)]


@pytest.mark.parametrize("target", Target)
def test_every_file_begins_with_system_date_and_version(target: Target) -> None:
    assert names(target)[:3] == LEADING


def test_scb_has_its_fourteen_published_variables() -> None:
    assert names(Target.SCB)[3:] == [
        "PersonNr",
        "Kurskod",
        "Utbildningsniva",
        "Poang",
        "Verksamhetspoang",
        "Kursstart",
        "Kursslut",
        "Forlaggning",
        "Utbildningsanordnare",
        "Betyg",
        "OrsakBetygSaknas",
        "Avbrott",
        "Avbrottsdatum",
        "ProvningValidering",
    ]


def test_only_uhr_has_a_published_code_for_prövning() -> None:
    assert {each: layout_of(each).codes for each in Target} == {
        Target.SCB: {},
        Target.UHR: {("trial", "trial"): "P"},
        Target.CSN: {},
    }


@pytest.mark.parametrize("target", Target)
def test_every_column_is_written_by_something_the_program_knows(target: Target) -> None:
    columns = layout_of(target).columns
    assert [each for each in columns if not each.codes and each.value not in VALUES] == []
    assert [each for each in columns if each.codes and each.value not in KEYS] == []
    tables = {each.codes for each in columns if each.codes}
    assert tables <= {table for table, _key in CODE_LABELS}


def test_a_column_belongs_to_the_file_between_its_days() -> None:
    column = Column("Ny", "A", 5, "nothing", date(2027, 1, 1), date(2027, 12, 31))
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [column.valid_on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        ("A", "Åsa-Lena 3", True),
        ("A", "ett;två", False),
        ("A", "rad\nrad", False),
        ("A", "=SUMMA(A1)", False),
        ("A", "-1", False),
        ("B", "ÅÄÖ", True),
        ("B", "A1", False),
        ("BS", "MATMAT03b", True),
        ("BS", "MAT-03", False),
        ("S", "0100", True),
        ("S", "100a", False),
        ("S", "1 0", False),
    ],
)
def test_a_column_takes_its_class_of_characters(kind: str, text: str, fits: bool) -> None:
    assert Column("X", kind, 40, "nothing", date(2011, 1, 1)).fits(text) is fits


def test_a_column_takes_its_length_its_values_and_what_it_must_have() -> None:
    short = Column("X", "S", 2, "nothing", date(2011, 1, 1), required=True)
    chosen = Column("X", "B", 2, "nothing", date(2011, 1, 1), allowed=("A", "IG"))
    assert [short.fits(each) for each in ("12", "123", "")] == [True, False, False]
    assert [chosen.fits(each) for each in ("A", "IG", "B", "")] == [True, True, False, True]


@given(st.sampled_from(sorted(CLASSES)), st.text(max_size=20))
def test_no_class_lets_a_semicolon_or_a_new_line_through(kind: str, text: str) -> None:
    column = Column("X", kind, 40, "nothing", date(2011, 1, 1))
    if column.fits(text):
        assert not set(text) & set(";\r\n\t")


@pytest.mark.parametrize(
    ("term", "first", "last"),
    [
        ("HT22", date(2022, 7, 4), date(2023, 1, 1)),
        ("VT23", date(2023, 1, 2), date(2023, 7, 2)),
    ],
)
def test_scb_cuts_the_year_on_weeks_as_it_has_published(term: str, first: date, last: date) -> None:
    assert layout_of(Target.SCB).period(Term.parse(term)) == (first, last)


@given(st.integers(2011, 2090), st.sampled_from(Season), st.sampled_from(Target))
def test_periods_follow_each_other_without_a_gap(year: int, season: Season, target: Target) -> None:
    layout, term = layout_of(target), Term(year, season)
    first, last = layout.period(term)
    assert first <= last
    assert layout.period(term.next())[0] == last + timedelta(days=1)


def test_a_layout_with_an_unknown_class_is_refused() -> None:
    text = """
target = "scb"
receiver = "SCB"
rows = "grades"
period = "half_year"
identity = []
source = "x"
[[column]]
name = "X"
class = "Q"
length = 1
value = "nothing"
valid_from = 2025-01-01
"""
    with pytest.raises(ValueError, match="Q"):
        read_layout(text)
