"""What a catalogue needs before it can be made, and what its documents are called: pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from provning.kernel.problems import Problem
from provning.kernel.terms import Term

STUCK_AFTER = timedelta(minutes=30)
"""A job that has run this long has lost its worker: the largest catalogue takes a minute."""


def nothing_decided(unit_name: str, term: Term) -> Problem:
    """Say that a catalogue without decisions has no page (Förordning 2011:1108 4 kap. 11 §)."""
    message = (
        "Inga betyg är beslutade i {unit} {term}, så det finns ingen betygskatalog att skriva."
        " Besluta betygen först."
    )
    params = {"unit": unit_name, "term": term.label}
    source = "Förordning (2011:1108) 4 kap. 11 §"
    return Problem("catalogue-nothing-decided", "", message, source, params)


def made_meanwhile() -> Problem:
    """Say that somebody else made the same version at the same time."""
    message = "Någon annan skrev samma betygskatalog nyss. Ladda om sidan: den finns där."
    return Problem("catalogue-made-meanwhile", "", message)


def order_form_used() -> Problem:
    """Say that a form was sent again for something else."""
    message = "Formuläret har redan skickats för en annan katalog. Ladda om sidan och beställ igen."
    return Problem("catalogue-form-used", "", message)


def is_preliminary(last_day: date, today: date) -> bool:
    """Say whether the term is still running: its last day belongs to it (Manual s. 4)."""
    return today <= last_day


def document_ids(
    labels: Iterator[str], term: Term, version: int, *, preliminary: bool, protected: bool
) -> Iterator[str]:
    """Return the ids a document may have, the shortest first: BK-12345678-HT26-2.

    P marks a preliminary version and S the protected part (BK-12345678-HT26-P1-S). `labels` name
    the unit; the next one is tried when another unit's document has the id already.
    """
    number = f"P{version}" if preliminary else str(version)
    ending = "-S" if protected else ""
    for label in labels:
        yield f"BK-{label}-{term.code}-{number}{ending}"


def is_stuck(started_at: datetime | None, now: datetime) -> bool:
    """Say whether a running job must have lost its worker."""
    return started_at is not None and now - started_at > STUCK_AFTER
