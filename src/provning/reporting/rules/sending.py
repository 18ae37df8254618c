"""What stands against keeping an export as sent: pure."""

from datetime import date

from provning.kernel.problems import Problem
from provning.reporting.rows import SentFacts

POLICY = "Policy"
LONGEST_RECEIVER = 200


def sending_problems(facts: SentFacts, today: date) -> list[Problem]:
    """Say why an export cannot be kept as sent."""
    problems = []
    if not facts.receiver.strip():
        problems.append(_no_receiver())
    if len(facts.receiver.strip()) > LONGEST_RECEIVER:
        problems.append(_receiver_long())
    if facts.sent_on > today:
        problems.append(_sent_in_future(facts.sent_on))
    return problems


def form_used() -> Problem:
    """Say that a form's id belongs to somebody else's form."""
    return Problem(
        "report-form-used",
        "",
        "Formuläret har redan använts. Ladda om sidan och gör om det du ville göra.",
        POLICY,
    )


def _no_receiver() -> Problem:
    return Problem("report-receiver-missing", "receiver", "Skriv vem filen lämnades till.", POLICY)


def _receiver_long() -> Problem:
    message = "Mottagaren är längre än {longest} tecken. Korta den."
    params = {"longest": LONGEST_RECEIVER}
    return Problem("report-receiver-long", "receiver", message, POLICY, params)


def _sent_in_future(day: date) -> Problem:
    message = "{day} har inte varit än. Skriv dagen då filen lämnades."
    return Problem("report-sent-future", "sent_on", message, POLICY, {"day": day})
