"""When a grade may be set, who may decide it and until when it is in time: pure, no queries."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from provning.kernel.grade_scales import (
    ScaleFamily,
    grade_value_problems,
    normalise_value,
)
from provning.kernel.problems import Problem

SL_16 = "Skollagen 3 kap. 16 §; Förordning (2011:1108) 6 kap. 15 §"
SL_19 = "Skollagen 3 kap. 19–20 §§"
SL_40 = "Skollagen 20 kap. 40–40 a §§"
SL_41 = "Skollagen 20 kap. 41 §; Skollagen 3 kap. 16 och 20 §§"


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
    is the decision, when there is one.
    """

    placement_id: UUID
    exam_date: date
    outcome_label: str
    superseded: bool
    lock: Lock | None


@dataclass(frozen=True, slots=True)
class Decider:
    """Who is about to decide; `reason` is why a principal does it instead of the teacher."""

    name: str
    is_principal: bool
    on_duty: bool
    registered_teacher: bool
    reason: str


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


def decider_problems(decider: Decider, group_name: str, *, grading_right: bool) -> list[Problem]:
    """Say why this person cannot decide alone.

    `grading_right` is betygsrätt on the exam dates, under which 3 kap. 16 § does not apply.
    """
    if decider.is_principal:
        return [] if decider.reason.strip() else [_reason_missing()]
    if not decider.on_duty:
        return [_not_on_duty(decider.name, group_name)]
    if not decider.registered_teacher and not grading_right:
        return [_not_registered(decider.name)]
    return []


def draft_conflict(placement_id: UUID, typed: str, stored: Lock) -> Problem:
    """Say who has typed what since the actor read the row."""
    if not stored.value:
        message = "{who} tog bort utkastet {when}. Ditt betyg {typed} är inte sparat."
    else:
        message = (
            "{who} skrev {value} {when}. Ditt betyg {typed} är inte sparat: skriv det igen om det"
            " ska gälla."
        )
    params = {
        "who": stored.who,
        "value": stored.value,
        "when": stored.when,
        "typed": typed or "(tomt)",
    }
    return Problem("grade-draft-conflict", field_for(placement_id), message, params=params)


def seen_conflict(placement_id: UUID, seen: str, stored: Lock) -> Problem:
    """Say that what is about to be decided is not what the decider read."""
    message = "{who} skrev {value} {when}, men du läste {seen}. Läs betyget igen och besluta sedan."
    params = {"who": stored.who, "value": stored.value or "(tomt)", "when": stored.when}
    params["seen"] = seen or "(tomt)"
    return Problem("grade-seen-conflict", field_for(placement_id), message, params=params)


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


def nothing_to_decide(group_name: str) -> Problem:
    """Say that there is no typed grade that could be decided."""
    message = "Det finns inget utkast att besluta i {group}. Skriv in betygen först."
    return Problem("grade-nothing-to-decide", "", message, params={"group": group_name})


def submission_used() -> Problem:
    """Say that a form was sent again with other contents."""
    message = "Formuläret har redan skickats för något annat. Ladda om sidan och börja om."
    return Problem("grade-submission-used", "", message)


def last_day_in_time(exam_date: date, days: int) -> date:
    """Return the last day on which the grade is registered in time, that day included."""
    return exam_date + timedelta(days=days)


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


def _reason_missing() -> Problem:
    """Ask a principal why the teacher does not decide."""
    message = (
        "Skriv varför rektor beslutar: lärarna är oense, eller läraren har slutat eller är"
        " förhindrad."
    )
    return Problem("grade-principal-reason", "reason", message, SL_41)


def _not_on_duty(name: str, group_name: str) -> Problem:
    """Say that the teacher has no duty at the unit today."""
    message = (
        "{teacher} har ingen tjänst vid enheten i dag. Koppla en annan lärare till {group}, eller"
        " låt rektor besluta."
    )
    params = {"teacher": name, "group": group_name}
    return Problem("grade-teacher-not-on-duty", "", message, SL_41, params)


def _not_registered(name: str) -> Problem:
    """Say that a teacher without legitimation does not decide alone."""
    message = (
        "{teacher} har ingen lärarlegitimation och kan inte besluta ensam. Koppla en legitimerad"
        " lärare till gruppen."
    )
    return Problem("grade-teacher-not-registered", "", message, SL_16, {"teacher": name})
