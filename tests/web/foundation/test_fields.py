"""Days are read as people write them, and only when they can mean one thing."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.swedish import MONTHS
from provning.web.fields import Chosen, ComboField, DayField, read_day
from provning.web.forms import ProvningForm

DAY = date(2026, 11, 12)


class OneDay(ProvningForm):
    """A form with a day between two days."""

    day = DayField(label="Prövningsdatum", first=date(2026, 8, 17), last=date(2026, 12, 18))


class OneCourse(ProvningForm):
    """A form with a choice among too many to list."""

    course = ComboField(label="Kurs")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_read_back_from_every_certain_form(day: date) -> None:
    written = {
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f" {day.day} {MONTHS[day.month - 1]} {day.year} ",
        f"{day.day} {MONTHS[day.month - 1][:3].upper()} {day.year}",
    }
    assert {read_day(text) for text in written} == {day}


@pytest.mark.parametrize("text", ["13/11 2026", "13.11.2026", "13-11-2026"])
def test_day_before_month_is_read_when_it_can_only_be_so(text: str) -> None:
    assert read_day(text) == date(2026, 11, 13)


@pytest.mark.parametrize(
    "text",
    ["12/11-2026", "5/6 2026", "2026-02-30", "20261301", "i morgon", "12 ju 2026", "12 m 2026"],
)
def test_what_may_mean_two_days_or_none_is_not_guessed(text: str) -> None:
    assert read_day(text) is None


def test_a_day_that_cannot_be_read_is_answered_in_swedish_and_stays() -> None:
    form = OneDay({"day": "12/11"})
    assert form.errors == {"day": ["Skriv datumet som 2026-11-12."]}
    assert 'type="text"' in form["day"].as_widget()
    assert 'value="12/11"' in form["day"].as_widget()


@pytest.mark.parametrize("text", ["2026-08-16", "2026-12-19"])
def test_a_day_outside_the_limits_is_answered_with_the_limits(text: str) -> None:
    message = "Ange en dag mellan 2026-08-17 och 2026-12-18."
    assert OneDay({"day": text}).errors == {"day": [message]}


@pytest.mark.parametrize("text", ["2026-08-17", "2026-12-18"])
def test_the_limits_are_allowed(text: str) -> None:
    assert OneDay({"day": text}).is_valid()


def test_a_day_is_picked_between_the_limits() -> None:
    html = OneDay(initial={"day": DAY})["day"].as_widget()
    assert 'type="date"' in html
    assert 'value="2026-11-12"' in html
    assert 'min="2026-08-17"' in html
    assert 'max="2026-12-18"' in html


def test_limits_set_on_one_form_do_not_follow_to_the_next() -> None:
    form = OneDay()
    form.fields["day"].between(DAY, DAY)  # type: ignore[attr-defined] # the field of this form
    assert 'max="2026-12-18"' in OneDay()["day"].as_widget()


def test_a_combobox_gives_text_and_key() -> None:
    form = OneCourse(QueryDict("course=Matematik+3b&course_key=17"))
    assert form.is_valid()
    assert form.cleaned_data["course"] == Chosen("Matematik 3b", "17")
    html = form["course"].as_widget()
    assert 'value="Matematik 3b"' in html
    assert 'name="course_key" value="17"' in html


def test_an_empty_combobox_is_missing() -> None:
    assert OneCourse(QueryDict("course=+")).errors == {"course": ["Fyll i kurs."]}


def test_a_day_that_is_asked_for_and_not_given_is_said_to_be_missing() -> None:
    assert OneDay({"day": ""}).errors == {"day": ["Datumet saknas. Skriv det som 2026-11-12."]}
