"""Dates of groups and of exams: inside the half-year, the provider's calendar and the group."""

from collections.abc import Iterator
from datetime import date

from provning.courses.rows import CourseRow
from provning.courses.rules import course_problems
from provning.kernel.problems import Problem
from provning.kernel.terms import Term

MANUAL = "Manual s. 2"


def date_problems(
    term: Term, start_date: date, end_date: date, *, first_day: date, last_day: date
) -> list[Problem]:
    """Say what is wrong with a group's dates (Manual s. 2).

    `first_day` and `last_day` are the provider's calendar for the term. The half-year binds; the
    calendar is local custom.
    """
    problems = [
        *_term_problems(term, "start_date", start_date),
        *_term_problems(term, "end_date", end_date),
    ]
    if end_date < start_date:
        problems.append(_out_of_order(start_date, end_date))
    if problems:
        return problems
    return [
        _outside_calendar(field, day, first_day, last_day)
        for field, day in (("start_date", start_date), ("end_date", end_date))
        if not first_day <= day <= last_day
    ]


def unit_ended_problems(unit_name: str, unit_ends: date | None, end_date: date) -> list[Problem]:
    """Refuse a group that goes on after its unit; None is a unit that does not end."""
    if unit_ends is None or end_date <= unit_ends:
        return []
    message = "{unit} upphör efter {last}. Välj en sista dag som inte är senare."
    params = {"unit": unit_name, "last": unit_ends.isoformat()}
    return [Problem("group-after-unit", "end_date", message, "Policy", params)]


def exam_date_problems(
    exam_date: date,
    course: CourseRow | None,
    *,
    group_name: str,
    start_date: date,
    end_date: date,
    field: str = "exam_date",
) -> list[Problem]:
    """Refuse a prövningsdatum outside the group, or one on which the course is not examined.

    Both ends belong to the group. What custom let through for the group holds for its placements.
    """
    if not start_date <= exam_date <= end_date:
        return [_outside_group(exam_date, group_name, start_date, end_date, field)]
    problems = course_problems(course, exam_date, field=field) if course else []
    return [problem for problem in problems if not problem.overridable]


def _outside_group(
    exam_date: date, group_name: str, start_date: date, end_date: date, field: str
) -> Problem:
    """Say when the group runs."""
    message = (
        "Prövningsdatum {date} ligger utanför gruppen {group}, som pågår {first} till {last}."
        " Välj ett datum i gruppen, eller en grupp i rätt termin."
    )
    params = {"date": exam_date, "group": group_name, "first": start_date, "last": end_date}
    return Problem("placement-date-outside-group", field, message, "Manual s. 2–3", params)


def _term_problems(term: Term, field: str, day: date) -> Iterator[Problem]:
    """Refuse a day of another half-year."""
    if term.contains(day):
        return
    message = "{date} ligger utanför {term}. Välj en dag från {first} till {last}."
    params = {
        "date": day,
        "term": term.long_label,
        "first": term.first_day,
        "last": term.last_day,
    }
    yield Problem("group-date-outside-term", field, message, MANUAL, params)


def _out_of_order(start_date: date, end_date: date) -> Problem:
    """Say that the group would end before it begins."""
    message = "Slutdatum {end} är före startdatum {start}. Byt ett av dem."
    params = {"start": start_date, "end": end_date}
    return Problem("group-dates-order", "end_date", message, MANUAL, params)


def _outside_calendar(field: str, day: date, first_day: date, last_day: date) -> Problem:
    """Say that the provider's own term is shorter; a written reason lets it through."""
    message = (
        "{date} ligger utanför anordnarens termin, {first} till {last}. Välj en dag i terminen,"
        " eller skriv varför gruppen behöver den dagen."
    )
    params = {"date": day, "first": first_day, "last": last_day}
    source = "Manual s. 2; Policy"
    return Problem("group-date-outside-calendar", field, message, source, params, overridable=True)


def day_on_duty(start_date: date, end_date: date, today: date) -> date:
    """Return the day on which a group's teacher must be on duty: today, kept within the group."""
    return min(max(start_date, today), end_date)
