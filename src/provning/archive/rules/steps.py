"""Which step may follow which, and what each asks for: pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from provning.kernel.problems import Problem

MANUAL = "Manual s. 4"
POLICY = "Policy"
LONGEST_TEXT = 2000


class Step(StrEnum):
    """What has been done with a delivery."""

    PREPARED = "prepared"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"


FOLLOWS: dict[Step, frozenset[Step]] = {
    Step.PREPARED: frozenset({Step.PREPARED, Step.RETURNED}),
    Step.SENT: frozenset({Step.PREPARED}),
    Step.RECEIVED: frozenset({Step.SENT}),
    Step.RETURNED: frozenset({Step.SENT}),
}
"""The steps that each may come after."""

STANDS = {
    Step.PREPARED: "förberedd men inte skickad",
    Step.SENT: "skickad och väntar på Vuxenutbildningscentrum",
    Step.RECEIVED: "mottagen",
    Step.RETURNED: "återsänd och måste förberedas på nytt",
}


def may_follow(step: Step, after: Step) -> bool:
    """Say whether a step may be the next one."""
    return after in FOLLOWS[step]


def order_problems(step: Step, after: Step, document_id: str) -> list[Problem]:
    """Refuse a step that does not follow on how the delivery stands."""
    if may_follow(step, after):
        return []
    message = "Leverans {document} är {state}. Ladda om sidan och se vad som kan göras nu."
    params: dict[str, object] = {"document": document_id, "state": STANDS[after]}
    return [Problem("delivery-step-order", "", message, MANUAL, params)]


def under_way(document_id: str) -> Problem:
    """Say that the delivery before has not come to its end."""
    message = (
        "Leverans {document} är skickad men inte mottagen. Vänta tills Vuxenutbildningscentrum har"
        " tagit emot eller återsänt den."
    )
    return Problem("delivery-under-way", "", message, MANUAL, {"document": document_id})


def newer_than_list(documents: Sequence[str]) -> list[Problem]:
    """Refuse to send a list that was made before the newest catalogues."""
    if not documents:
        return []
    message = (
        "Följesedeln gjordes före {documents}. Förbered leveransen på nytt, så att listan och"
        " papperen stämmer."
    )
    params: dict[str, object] = {"documents": ", ".join(documents)}
    return [Problem("delivery-list-outdated", "", message, MANUAL, params)]


def override_problems(missing: Sequence[Problem], reason: str) -> list[Problem]:
    """Return what still stands in the way: all that is missing, unless custom lets it be.

    A reason sets aside only what is overridable, and only when all of it is.
    """
    if not missing:
        return []
    if not all(each.overridable for each in missing):
        return list(missing)
    if reason.strip():
        return []
    message = "Skriv varför leveransen skickas fast något saknas."
    asked = Problem("delivery-reason-missing", "override_reason", message, POLICY, overridable=True)
    return [*missing, asked]


def receipt_problems(day: date, sent: date, today: date) -> list[Problem]:
    """Refuse a day of receipt before the delivery was sent or after today."""
    if sent <= day <= today:
        return []
    message = "Leveransen skickades {sent}. Välj en dag från den dagen till och med i dag."
    params: dict[str, object] = {"sent": sent.isoformat()}
    return [Problem("delivery-receipt-day", "day", message, MANUAL, params)]


def text_problems(text: str, *, required: bool) -> list[Problem]:
    """Ask for what is missing in a returned delivery, and keep every text to what is read."""
    if required and not text.strip():
        message = "Skriv vad som saknas eller är fel, så att anordnaren kan göra rätt."
        return [Problem("delivery-remarks-missing", "remarks", message, MANUAL)]
    if len(text) > LONGEST_TEXT:
        message = "Texten är längre än {longest} tecken. Korta den."
        params: dict[str, object] = {"longest": LONGEST_TEXT}
        return [Problem("delivery-text-long", "remarks", message, POLICY, params)]
    return []


def form_used() -> Problem:
    """Say that a form was sent again for something else."""
    message = "Formuläret har redan skickats för något annat. Ladda om sidan och gör om det."
    return Problem("delivery-form-used", "", message, POLICY)


def taken_meanwhile() -> Problem:
    """Say that somebody else took the same step at the same time."""
    message = "Någon annan gjorde samma sak nyss. Ladda om sidan."
    return Problem("delivery-step-meanwhile", "", message, POLICY)
