"""What a catalogue needs before it can be made, and what its documents are called: pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from provning.kernel.problems import Problem
from provning.kernel.terms import Term

SOURCE = "Förordning (2011:1108) 4 kap. 11 §"
LONGEST_REASON = 500
STUCK_AFTER = timedelta(minutes=30)
"""A job that has run this long has lost its worker: the largest catalogue takes a minute."""


def nothing_decided(unit_name: str, term: Term) -> Problem:
    """Say that a catalogue without decisions has no page (Förordning 2011:1108 4 kap. 11 §)."""
    message = (
        "Inga betyg är beslutade i {unit} {term}, så det finns ingen betygskatalog att skriva."
        " Besluta betygen först."
    )
    params = {"unit": unit_name, "term": term.label}
    return Problem("catalogue-nothing-decided", "", message, SOURCE, params)


def all_withdrawn(placed: int, unit_name: str, term: Term) -> Problem:
    """Say that everybody's prövning was taken back or ended without a grade."""
    message = (
        "Alla {placed} prövningar i {unit} {term} är återtagna eller avslutade utan betyg, så det"
        " finns ingen betygskatalog att skriva."
    )
    params = {"placed": placed, "unit": unit_name, "term": term.label}
    return Problem("catalogue-all-withdrawn", "", message, SOURCE, params)


def teacher_has_none(name: str, unit_name: str, term: Term) -> Problem:
    """Say that the teacher has decided nothing, so that a catalogue of their own has no page."""
    message = (
        "{name} har inte beslutat något betyg i {unit} {term}, så det finns ingen katalog att"
        " skriva för bara den läraren."
    )
    params = {"name": name, "unit": unit_name, "term": term.label}
    return Problem("catalogue-teacher-has-none", "teacher", message, SOURCE, params)


def kept_whole(unit_name: str, term: Term) -> Problem:
    """Say that the term's decisions stand in one catalogue already: each is signed in one place."""
    message = (
        "Betygskatalogen för {unit} {term} är redan skriven för hela enheten. Varje beslut"
        " undertecknas på ett ställe: skriv en ny version för hela enheten."
    )
    params = {"unit": unit_name, "term": term.label}
    return Problem("catalogue-kept-whole", "teacher", message, "Policy", params)


def kept_per_teacher(unit_name: str, term: Term) -> Problem:
    """Say that the term's decisions stand in the teachers' own catalogues already."""
    message = (
        "Betygskatalogerna för {unit} {term} är skrivna för en lärare i taget. Varje beslut"
        " undertecknas på ett ställe: välj läraren och skriv en ny version."
    )
    params = {"unit": unit_name, "term": term.label}
    return Problem("catalogue-kept-per-teacher", "teacher", message, "Policy", params)


def copy_problems(reason: str, *, preliminary: bool) -> list[Problem]:
    """Say what keeps a copy from being made: nothing is lost, or nobody says how it was."""
    if preliminary:
        message = "En preliminär katalog har inget undertecknat original att göra en kopia av."
        return [Problem("copy-preliminary", "", message, "Manual s. 4")]
    if not reason.strip():
        message = "Skriv hur originalet har förkommit och när det märktes."
        return [Problem("copy-reason-missing", "reason", message, SOURCE)]
    return reason_too_long(reason, "reason")


def reason_too_long(reason: str, field: str) -> list[Problem]:
    """Say whether a reason is longer than a reason should be."""
    if len(reason) <= LONGEST_REASON:
        return []
    message = "Skälet har {length} tecken men får ha högst {most}. Korta texten."
    params = {"length": len(reason), "most": LONGEST_REASON}
    return [Problem("catalogue-reason-long", field, message, "Policy", params)]


def made_meanwhile() -> Problem:
    """Say that somebody else made the same version at the same time."""
    message = "Någon annan skrev samma betygskatalog nyss. Ladda om sidan: den finns där."
    return Problem("catalogue-made-meanwhile", "", message)


def order_form_used() -> Problem:
    """Say that a form was sent again for something else."""
    message = "Formuläret har redan skickats för en annan katalog. Ladda om sidan och beställ igen."
    return Problem("catalogue-form-used", "", message)


def another_under_way(unit_name: str, term: Term) -> Problem:
    """Say that another catalogue of the same unit and term is being written."""
    message = (
        "En annan betygskatalog för {unit} {term} skrivs just nu. Vänta tills den är klar och"
        " beställ sedan."
    )
    params = {"unit": unit_name, "term": term.label}
    return Problem("catalogue-another-under-way", "", message, params=params)


def is_preliminary(last_day: date, today: date) -> bool:
    """Say whether the term is still running: its last day belongs to it (Manual s. 4)."""
    return today <= last_day


def document_ids(
    labels: Iterator[str],
    term: Term,
    version: int,
    *,
    preliminary: bool,
    protected: bool,
    teacher: int = 0,
) -> Iterator[str]:
    """Return the ids a document may have, the shortest first: BK-12345678-HT26-2.

    P marks a preliminary version and S the protected part (BK-12345678-HT26-P1-S), L3 what the
    third teacher with a catalogue of their own decided (BK-12345678-HT26-L3-1); `teacher` is 0 for
    the whole unit. `labels` name the unit; the next one is tried when another unit's document has
    the id already.
    """
    series = f"L{teacher}-" if teacher else ""
    number = f"P{version}" if preliminary else str(version)
    ending = "-S" if protected else ""
    for label in labels:
        yield f"BK-{label}-{term.code}-{series}{number}{ending}"


def is_stuck(started_at: datetime | None, now: datetime) -> bool:
    """Say whether a running job must have lost its worker."""
    return started_at is not None and now - started_at > STUCK_AFTER
