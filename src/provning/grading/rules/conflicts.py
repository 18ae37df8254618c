"""What somebody else has done meanwhile, and what a form cannot be used for."""

from uuid import UUID

from provning.grading.rules.attempts import Lock, field_for
from provning.kernel.problems import Problem


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


def other_teacher_typed(placement_id: UUID, typed: str, stored: Lock) -> Problem:
    """Say what the one who decides together with the actor has typed, before it is written over."""
    message = (
        "{who}, som du beslutar tillsammans med, skrev {value} {when}. Din bedömning {typed} är"
        " inte sparad: välj den om den ska stå i stället."
    )
    params = {
        "who": stored.who,
        "value": stored.value,
        "when": stored.when,
        "typed": typed or "(tomt)",
    }
    return Problem("grade-other-teacher-typed", field_for(placement_id), message, params=params)


def particulars_changed(placement_id: UUID, stored: Lock) -> Problem:
    """Say that the draft has been saved again since it was read, with the same grade."""
    message = "{who} sparade uppgifterna på nytt {when}. Läs dem igen och besluta sedan."
    params = {"who": stored.who, "when": stored.when}
    return Problem("grade-particulars-changed", field_for(placement_id), message, params=params)


def seen_conflict(placement_id: UUID, seen: str, stored: Lock) -> Problem:
    """Say that what is about to be decided is not what the decider read."""
    message = "{who} skrev {value} {when}, men du läste {seen}. Läs betyget igen och besluta sedan."
    params = {"who": stored.who, "value": stored.value or "(tomt)", "when": stored.when}
    params["seen"] = seen or "(tomt)"
    return Problem("grade-seen-conflict", field_for(placement_id), message, params=params)


def nothing_to_decide(group_name: str) -> Problem:
    """Say that there is no typed grade that could be decided."""
    message = "Det finns inget utkast att besluta i {group}. Skriv in betygen först."
    return Problem("grade-nothing-to-decide", "", message, params={"group": group_name})


def submission_used() -> Problem:
    """Say that a form was sent again with other contents."""
    message = "Formuläret har redan skickats för något annat. Ladda om sidan och börja om."
    return Problem("grade-submission-used", "", message)
