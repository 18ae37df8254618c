"""When a grade may be set on a placement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from provning.kernel.grade_scales import (
    ScaleFamily,
    grade_value_problems,
    normalise_value,
)
from provning.kernel.problems import Problem

SL_19 = "Skollagen 3 kap. 19–20 §§"
FL_16 = "Förvaltningslagen (2017:900) 16 §"
SL_40 = "Skollagen 20 kap. 40–40 a §§"


@dataclass(frozen=True, slots=True)
class Lock:
    """The decision that locks a grade, as a conflict tells it: what, who, when (as text)."""

    value: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One placement as the rules see it.

    `outcome_label` is the Swedish words of why there is no grade, "" when there may be one. `lock`
    is the decision, when there is one. `deceased` is the examinee; `is_own_teacher` says that the
    examinee is one of the group's teachers.
    """

    placement_id: UUID
    exam_date: date
    outcome_label: str
    superseded: bool
    lock: Lock | None
    deceased: bool = False
    is_own_teacher: bool = False


def field_for(placement_id: UUID) -> str:
    """Return the name of a row's grade input, which problems point at."""
    return f"grade-{placement_id}"


def attempt_problems(
    attempt: Attempt, group_name: str, today: date, *, ready: bool
) -> list[Problem]:
    """Say why no grade can be set on the placement today; `ready` is a connected teacher."""
    return [*_placement_problems(attempt, today), *([] if ready else [_no_teacher(group_name)])]


def value_problems(value: str, family: ScaleFamily, attempt: Attempt) -> list[Problem]:
    """Say why the value cannot be set on the exam date, at the row's own field."""
    field = field_for(attempt.placement_id)
    found = grade_value_problems(normalise_value(value), family, attempt.exam_date)
    return [replace(problem, field=field) for problem in found]


def own_grade(placement_id: UUID) -> Problem:
    """Say that nobody decides on their own grade."""
    message = "Det är ditt eget betyg. Den som är jävig beslutar inte: låt någon annan göra det."
    return Problem("grade-own-grade", field_for(placement_id), message, FL_16)


def decided_elsewhere(attempt: Attempt) -> Problem:
    """Warn of what looks like one prövning registered twice; a written reason lets it through."""
    message = (
        "Personen har redan ett beslutat betyg i kursen med prövningsdatum {date}, i en annan"
        " grupp. Kontrollera att det inte är samma prövning; skriv annars varför det är en till."
    )
    field, params = field_for(attempt.placement_id), {"date": attempt.exam_date}
    return Problem("grade-decided-elsewhere", field, message, "Policy", params, overridable=True)


def locked(attempt: Attempt) -> Problem | None:
    """Say who decided the grade and when, or None when it is not decided."""
    if attempt.lock is None:
        return None
    message = (
        "{who} beslutade {value} {when}. Betyget är låst och ändras bara genom rättelse eller"
        " ändring."
    )
    lock = attempt.lock
    params = {"who": lock.who, "value": lock.value, "when": lock.when}
    return Problem("grade-decided", field_for(attempt.placement_id), message, SL_19, params)


def _placement_problems(attempt: Attempt, today: date) -> Iterator[Problem]:
    """Refuse what is locked, has another outcome, or has not taken place."""
    field = field_for(attempt.placement_id)
    decided = locked(attempt)
    if decided:
        yield decided
    elif attempt.superseded:
        message = "Placeringen är rättad och ersatt av en ny. Sätt betyget på den nya."
        yield Problem("grade-placement-superseded", field, message, SL_19)
    elif attempt.outcome_label:
        message = (
            "Inget betyg sätts: {outcome}. Utan genomförd prövning finns inget betyg att besluta."
        )
        params = {"outcome": attempt.outcome_label}
        yield Problem("grade-outcome-set", field, message, SL_40, params)
    elif attempt.deceased:
        message = "Personen är avliden enligt registret. Inget nytt betyg beslutas."
        yield Problem("grade-person-deceased", field, message, "SS 12000 personStatus")
    elif attempt.is_own_teacher:
        message = (
            "Personen är själv lärare i gruppen och kan inte få betyg här. Placera personen i en"
            " grupp med en annan lärare."
        )
        yield Problem("grade-own-teacher", field, message, FL_16)
    elif attempt.exam_date > today:
        message = "Prövningen görs den {date}. Betyget kan sättas från och med den dagen."
        yield Problem("grade-before-exam", field, message, SL_40, {"date": attempt.exam_date})


def _no_teacher(group_name: str) -> Problem:
    """Say that a group without grading teacher is not ready."""
    message = (
        "{group} har ingen betygssättande lärare. Koppla en lärare till gruppen, sedan kan betyg"
        " sättas."
    )
    return Problem("grade-no-teacher", "", message, "Manual s. 3", {"group": group_name})
