"""Who may decide a grade."""

from dataclasses import dataclass

from provning.kernel.problems import Problem

SL_16 = "Skollagen 3 kap. 16 §; Förordning (2011:1108) 6 kap. 15 §"
SL_41 = "Skollagen 20 kap. 41 §; Skollagen 3 kap. 16 och 20 §§"


@dataclass(frozen=True, slots=True)
class Decider:
    """Who is about to decide; `reason` is why a principal does it instead of the teacher."""

    name: str
    is_principal: bool
    on_duty: bool
    registered_teacher: bool
    reason: str


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
