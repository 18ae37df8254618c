"""What may be said about a group beside its dates: its name, its teacher, its placements."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from provning.exams.facts import GroupFact
from provning.kernel.problems import Problem

MANUAL = "Manual s. 2"
SL_16 = "Skollagen 3 kap. 16 §"


def teacher_problems(
    teacher_id: UUID,
    course_id: UUID,
    groups: Iterable[GroupFact],
    *,
    on_duty: bool,
    unit_name: str,
    on: date,
) -> list[Problem]:
    """Say why a teacher cannot be connected to a group of the course.

    `groups` are the unit's other groups in the term, `on` the day the duty was looked for.
    """
    taken = [g for g in groups if g.course_id == course_id and g.teacher_id == teacher_id]
    return [
        *(_teacher_taken(group) for group in taken[:1]),
        *([] if on_duty else [_no_duty(unit_name, on)]),
    ]


def co_teacher_problems(
    teacher_id: UUID, first_id: UUID | None, *, on_duty: bool, unit_name: str, on: date
) -> list[Problem]:
    """Say why a teacher cannot decide together with the group's teacher, `first_id`."""
    field = "co_grading_teacher"
    if first_id is None:
        message = (
            "Gruppen har ingen betygssättande lärare. Koppla en lärare först, sedan den som"
            " beslutar tillsammans med läraren."
        )
        return [Problem("group-co-teacher-alone", field, message, SL_16)]
    if teacher_id == first_id:
        message = (
            "Läraren är redan gruppens betygssättande lärare. Välj en annan lärare att besluta"
            " tillsammans med."
        )
        return [Problem("group-co-teacher-same", field, message, SL_16)]
    return [] if on_duty else [replace(_no_duty(unit_name, on), field=field)]


def together_problems(
    teacher_id: UUID | None, co_teacher_id: UUID | None, co_teacher: str
) -> list[Problem]:
    """Say why the group's teacher cannot be another, or nobody, beside the one who is connected."""
    if co_teacher_id is None or teacher_id not in {None, co_teacher_id}:
        return []
    message = (
        "{teacher} är kopplad för att besluta tillsammans med gruppens lärare. Ta bort det valet"
        " först, under Två beslutar tillsammans."
    )
    params = {"teacher": co_teacher}
    return [Problem("group-co-teacher-left", "grading_teacher", message, SL_16, params)]


def name_taken(name: str, holder: GroupFact, full_name: str) -> Problem:
    """Refuse a name that another course's group has in the unit and term, with the way out.

    `full_name` is the name with the whole course code, "" when that is taken too.
    """
    way_out = (
        "Kryssa för hela kurskoden i namnet: då heter gruppen {full_name}."
        if full_name
        else "Skapa gruppen på en annan enhet."
    )
    message = (
        "Namnet {name} har redan gruppen i {code} {course} på enheten den terminen. " + way_out
    )
    params = {
        "name": name,
        "code": holder.course_code,
        "course": holder.course_name,
        "full_name": full_name,
    }
    return Problem("group-name-taken", "course", message, "Manual s. 1", params)


def no_initials(unit_name: str, on: date) -> Problem:
    """Say that the name cannot begin: the unit has no letters on the day."""
    message = (
        "{unit} saknar skolinitialer {date}, så gruppen kan inte få något namn. Be"
        " Systemadministratören ange skolinitialer för enheten."
    )
    params = {"unit": unit_name, "date": on}
    return Problem("group-without-initials", "unit", message, "Manual s. 1", params)


def submission_used(name: str) -> Problem:
    """Refuse a second group from a form that has already made one."""
    message = "Formuläret är redan sparat som {name}. Öppna ett nytt för att skapa en grupp till."
    return Problem("group-submission-used", "", message, "Policy", {"name": name})


def placements_left_out(
    exam_dates: Iterable[date], start_date: date, end_date: date
) -> list[Problem]:
    """Refuse dates that leave somebody's prövningsdatum outside their own group."""
    outside = [day for day in exam_dates if not start_date <= day <= end_date]
    if not outside:
        return []
    message = (
        "{count} placerade har prövningsdatum utanför de nya datumen (från {first} till {last})."
        " Ändra deras prövningsdatum först, eller låt gruppen omfatta dem."
    )
    params = {"count": len(outside), "first": min(outside), "last": max(outside)}
    field = "start_date" if min(outside) < start_date else "end_date"
    return [Problem("group-dates-leave-placements", field, message, "Manual s. 2–3", params)]


def _teacher_taken(group: GroupFact) -> Problem:
    """Say which group of the course the teacher already has (Manual s. 2: one each)."""
    message = (
        "{teacher} har redan gruppen {name} i kursen den terminen. Lägg eleverna i den gruppen,"
        " eller välj en annan lärare."
    )
    params = {"teacher": group.teacher_name, "name": group.name}
    return Problem("group-teacher-taken", "grading_teacher", message, MANUAL, params)


def _no_duty(unit_name: str, on: date) -> Problem:
    """Say that the person is no teacher at the unit on the day."""
    message = (
        "Personen har ingen tjänst som lärare på {unit} den {date}. Välj en av enhetens lärare."
    )
    params = {"unit": unit_name, "date": on}
    source = "Manual s. 3; Skollagen 3 kap. 16 §"
    return Problem("group-teacher-no-duty", "grading_teacher", message, source, params)


def group_used(group_name: str) -> Problem:
    """Say that a group holds something, or has, and so belongs to the record."""
    message = "Någon har placerats i {group}, eller så pekar något annat på den. Gruppen står kvar."
    return Problem("group-used", "", message, "Manual s. 2", {"group": group_name})
