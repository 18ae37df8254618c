"""A prövningsgrupp on its way: what has been chosen so far, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.courses.rows import CourseRow
from provning.exams.queries import GroupPreview, preview_group
from provning.exams.rules import day_on_duty
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Term
from provning.organisation.queries import TermDates, UnitRow, initials_on, term_dates, unit_for
from provning.people.queries import TeacherRow, teachers_for_unit
from provning.web.courses.choosing import CourseChoice, choose_course
from provning.web.fields import Chosen, read_day
from provning.web.selection import Selection, read_term

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """The choices as they stand; `preview` is None until there is one course.

    `start_date` and `end_date` are what the fields hold: the calendar's days until others have been
    typed, and "" or a text when that is what stands there.
    """

    unit: UnitRow
    term: Term
    calendar: TermDates
    choice: CourseChoice
    initials: str
    teachers: tuple[TeacherRow, ...]
    teacher: str
    start_date: str
    end_date: str
    full_code: bool
    preview: GroupPreview | None

    @property
    def course(self) -> CourseRow | None:
        """Return the one course that has been chosen."""
        return self.choice.course

    def values(self) -> dict[str, object]:
        """Return what the form's fields are to hold."""
        return {
            "unit": self.unit.id,
            "term": self.term.code,
            "course": self.choice.chosen,
            "grading_teacher": self.teacher,
            "start_date": self.start_date,
            "end_date": self.end_date,
            "default_start": self.calendar.first_day.isoformat(),
            "default_end": self.calendar.last_day.isoformat(),
            "full_code": self.full_code,
        }


def read_draft(actor: Actor, selection: Selection, values: Values, today: date) -> Draft:
    """Read the choices out of a form or an address, and look up what follows.

    Raises `NotFoundError` for a unit in which the actor may not make groups.
    """
    unit = _unit(actor, selection, values.get("unit", ""))
    term = read_term(values.get("term", "")) or selection.term
    calendar = term_dates(unit.provider_id, term)
    start = _followed(values, "start", calendar.first_day)
    end = _followed(values, "end", calendar.last_day)
    first, last = read_day(start) or calendar.first_day, read_day(end) or calendar.last_day
    typed = Chosen(values.get("course", "").strip(), values.get("course_key", "").strip())
    choice = choose_course(typed, picked=_picked(values, typed), on=last)
    full_code = values.get("full_code", "") == "on"
    preview = None
    if choice.course is not None:
        preview = preview_group(
            actor,
            unit_id=unit.id,
            course_id=choice.course.id,
            term=term,
            start_date=first,
            end_date=last,
            full_code=full_code,
        )
    duty_day = day_on_duty(first, max(first, last), today)
    return Draft(
        unit=unit,
        term=term,
        calendar=calendar,
        choice=choice,
        initials=preview.initials if preview else initials_on(unit.id, first) or "",
        teachers=tuple(teachers_for_unit(unit.id, duty_day)),
        teacher=values.get("grading_teacher", ""),
        start_date=start,
        end_date=end,
        full_code=full_code,
        preview=preview,
    )


def _unit(actor: Actor, selection: Selection, wanted: str) -> UnitRow:
    """Return the unit asked for, else the chosen one, when the actor may make groups there."""
    try:
        unit_id = UUID(wanted)
    except ValueError:
        unit_id = selection.unit.id if selection.unit else UUID(int=0)
    return unit_for(actor, unit_id, Permission.EDIT_GROUPS)


def _followed(values: Values, which: str, default: date) -> str:
    """Return a date's text: the calendar's day as long as nothing else has been typed.

    The form carries the day it began with, so that a change of period brings its days along.
    """
    typed = values.get(f"{which}_date")
    if typed is None or typed == values.get(f"default_{which}"):
        return default.isoformat()
    return typed.strip()


def _picked(values: Values, typed: Chosen) -> str:
    """Return the code marked in the list of hits, as long as the text is the one searched for."""
    searched = values.get("course_searched")
    return values.get("course_pick", "") if searched == typed.text else ""
