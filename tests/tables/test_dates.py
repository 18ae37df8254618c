"""Dates in cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.problems import Problem
from provning.tables import read_date

DAY = date(2026, 5, 12)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-12", "20260512", "2026-05-12 00:00:00", "2026-05-12T00:00", "2026/05/12",
        "2026-5-12", " 2026-05-12 ", "12/5 2026", "12/05 2026", "12 maj 2026", "den 12 Maj 2026",
        "2026-05-12 14:33:07.123", "2026-05-12T12:00:00+02:00",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form_that_can_mean_one_day_only(text: str) -> None:
    assert read_date(text) == DAY


def test_a_moment_with_a_time_zone_is_the_day_it_is_in_sweden() -> None:
    assert read_date("2026-05-11T22:00:00Z") == DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "table-date-missing"),
        ("  ", "table-date-missing"),
        ("2026-02-30", "table-date"),
        ("20261301", "table-date"),
        ("31/4 2026", "table-date"),
        ("46154", "table-date-serial"),
        ("46154,5", "table-date-serial"),
        ("########", "table-date-narrow"),
        ("12/5/2026", "table-date-form"),
        ("05/12/2026", "table-date-form"),
        ("260512", "table-date-form"),
        ("12-05-26", "table-date-form"),
        ("12 ma 2026", "table-date-form"),
        ("1026-05-12", "table-date-form"),
        ("i maj", "table-date-form"),
    ],
)
def test_what_may_mean_another_day_is_refused(text: str, code: str) -> None:
    found = read_date(text, field="exam_date")
    assert isinstance(found, Problem)
    assert (found.code, found.field) == (code, "exam_date")


@given(DAYS)
def test_every_day_is_read_back_in_the_three_usual_forms(day: date) -> None:
    forms = [str(day), f"{day:%Y%m%d}", f"{day} 00:00:00"]
    assert [read_date(form) for form in forms] == [day] * 3


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_problem(text: str) -> None:
    found = read_date(text)
    assert isinstance(found, date) or found.text
