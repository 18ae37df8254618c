"""What each mismatch means and what to do about it, with the source that says so."""

from datetime import date
from typing import Final

from provning.kernel.grade_scales import SL_36, GradeScale
from provning.kernel.problems import Problem

MANUAL_DATES: Final = "Manual s. 2–3"
MANUAL_SAME_DAY: Final = "Manual s. 3"
MANUAL_NAME: Final = "Manual s. 1"
MANUAL_TERM: Final = "Manual s. 2"


def other_date(exam: date, graded: date) -> Problem:
    """Say that the two dates differ: the error that the manual warns of."""
    message = (
        "Betyget är daterat {graded} men prövningen var {exam}. Kontrollera vilket datum som är"
        " rätt och ändra det andra, annars blir det fel i rapporter till andra myndigheter. Ett"
        " låst betyg rättas av rektor."
    )
    params = {"exam": exam, "graded": graded}
    return Problem("reconcile-date", "date", message, MANUAL_SAME_DAY, params)


def grade_alone(graded: date) -> Problem:
    """Say that a grade of a prövning has no placement."""
    message = (
        "Betyget från {graded} har ingen placering. Placera personen i prövningsgruppen med fr.o.m."
        " och t.o.m. {graded}, eller ta bort betyget om prövningen aldrig gjordes."
    )
    return Problem("reconcile-grade-alone", "date", message, MANUAL_TERM, {"graded": graded})


def placement_alone(exam: date, days: int) -> Problem:
    """Say that a placement waits for its grade longer than it may."""
    message = (
        "Prövningen {exam} har inget betyg, {days} dagar efter sista dag. Sätt betyget. Ta bort"
        " placeringen om prövningen inte genomfördes: då sätts inget betyg."
    )
    params = {"exam": exam, "days": days}
    return Problem("reconcile-placement-alone", "date", message, MANUAL_SAME_DAY, params)


def days_differ(first: date, last: date) -> Problem:
    """Say that a placement does not begin and end on the day of the exam."""
    message = (
        "Placeringen börjar {first} och slutar {last}. Skriv prövningens datum i både fr.o.m. och"
        " t.o.m."
    )
    params = {"first": first, "last": last}
    return Problem("reconcile-days", "last_day", message, MANUAL_DATES, params)


def outside_group(exam: date, first: date | None, last: date | None) -> Problem:
    """Say that the exam lies outside the group's own time."""
    message = (
        "Prövningen {exam} ligger utanför gruppens tid, {first}–{last}. Rätta datumet, eller flytta"
        " personen till en grupp för rätt tid."
    )
    params = {"exam": exam, "first": first or "…", "last": last or "…"}
    return Problem("reconcile-outside-group", "first_day", message, MANUAL_DATES, params)


def outside_term(day: date, group: str) -> Problem:
    """Say that the day lies in another half-year than the group's name."""
    message = (
        "{day} ligger inte i den termin som står i {group}. Rätta datumet, eller flytta personen"
        " till en grupp för rätt termin."
    )
    params = {"day": day, "group": group}
    return Problem("reconcile-outside-term", "group", message, MANUAL_TERM, params)


def prefix_missing(group: str) -> Problem:
    """Say that a group of a prövning lacks its prefix."""
    message = (
        "Betyget är ett prövningsbetyg men gruppen heter {group}. Lägg till PRÖ: först i namnet,"
        " annars visas betygen inte som prövningsbetyg, eller ta bort markeringen om det inte var"
        " en prövning."
    )
    return Problem("reconcile-prefix-missing", "group", message, MANUAL_NAME, {"group": group})


def prefix_near(group: str) -> Problem:
    """Say that a group's prefix is nearly right, which counts as no prefix."""
    message = (
        "Gruppen heter {group}, och början är inte skriven exakt PRÖ:. Rätta namnet, annars visas"
        " betygen inte som prövningsbetyg."
    )
    return Problem("reconcile-prefix-near", "group", message, MANUAL_NAME, {"group": group})


def not_trial(group: str) -> Problem:
    """Say that a grade in a prövningsgrupp is not marked as one of a prövning."""
    if group:
        message = (
            "Gruppen {group} är en prövningsgrupp men betyget är inte markerat som prövning."
            " Markera det, eller flytta betyget till rätt grupp."
        )
    else:
        message = (
            "Placeringen är en prövning men betyget är inte markerat som prövning. Markera det."
        )
    params = {"group": group}
    return Problem("reconcile-not-trial", "trial", message, MANUAL_NAME, params)


def wrong_scale(value: str, scale: GradeScale | None, day: date) -> Problem:
    """Say that a grade is none of those that the course had on the day."""
    if scale is None:
        message = "Kursen hade ingen betygsskala {day}. Kontrollera kurskoden och betygsdatumet."
    elif value:
        message = "Betyget {value} finns inte i skalan {scale} som gällde {day}. Rätta betyget."
    else:
        message = "Betyget saknas. Skalan som gällde {day} är {scale}. Skriv betyget."
    params = {"value": value, "scale": scale.label if scale else "", "day": day}
    return Problem("reconcile-scale", "value", message, SL_36, params)


def grade_twice(graded: date) -> Problem:
    """Say that a grade is there more than once."""
    message = (
        "Personen har flera betyg i kursen från {graded}. Behåll det som är rätt och ta bort det"
        " andra; ett låst betyg rättas av rektor."
    )
    params = {"graded": graded}
    return Problem("reconcile-grade-twice", "course", message, MANUAL_SAME_DAY, params)


def placement_twice(exam: date, row: int) -> Problem:
    """Say that a placement is there more than once."""
    message = "Placeringen {exam} finns också på rad {row}. Ta bort den som är för mycket."
    params = {"exam": exam, "row": row}
    return Problem("reconcile-placement-twice", "course", message, MANUAL_DATES, params)


def other_teacher(connected: str, graded: str) -> Problem:
    """Say that somebody else than the group's teacher set the grade."""
    message = (
        "Gruppen har läraren {connected} men betyget är satt av {graded}. Koppla rätt lärare till"
        " gruppen: varje betygsättande lärare har en egen prövningsgrupp."
    )
    params = {"connected": connected, "graded": graded}
    return Problem("reconcile-teacher", "teacher", message, MANUAL_TERM, params)


def other_group(placed: str, graded: str) -> Problem:
    """Say that the grade stands in another group than the placement."""
    message = "Placeringen är i {placed} men betyget i {graded}. Flytta det som står fel."
    params = {"placed": placed, "graded": graded}
    return Problem("reconcile-group", "group", message, MANUAL_TERM, params)
