"""Who may be placed in a group on a day, and what stops a placement from being changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.kernel.problems import Problem

MANUAL = "Manual s. 2–3"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person to place: the day, and what the register knows.

    `person_field` and `date_field` are the inputs' names. A person who does not exist looks like
    one who has never been enrolled.
    """

    person_id: UUID
    exam_date: date
    enrolled: bool
    deceased: bool
    person_field: str
    date_field: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A placement that stands in the group already.

    One that is `corrected` stands no more, but keeps its day: a rättelse has led away from it.
    """

    person_id: UUID
    exam_date: date
    corrected: bool = False


def placement_problems(
    candidates: Iterable[Candidate], standing: Iterable[Standing], *, group_name: str
) -> list[Problem]:
    """Say everything that stands against placing the candidates, in their order.

    A candidate who comes twice in the list is refused like one who stands in the group already.
    """
    there = list(standing)
    taken: dict[UUID, set[date]] = {}
    for placed in there:
        if not placed.corrected:
            taken.setdefault(placed.person_id, set()).add(placed.exam_date)
    problems: list[Problem] = []
    for candidate in candidates:
        days = taken.setdefault(candidate.person_id, set())
        problems += _person_problems(candidate)
        problems += _repeat_problems(candidate, days, group_name)
        problems += corrected_day_problems(
            there, candidate.person_id, group_name, candidate.exam_date, candidate.date_field
        )
        days.add(candidate.exam_date)
    return problems


def corrected_day_problems(
    standing: Iterable[Standing], person_id: UUID, group_name: str, exam_date: date, field: str
) -> list[Problem]:
    """Refuse the day of a placement that a rättelse has led away from."""
    if Standing(person_id, exam_date, corrected=True) not in standing:
        return []
    message = (
        "Personen har stått i {group} med prövningsdatum {date}, och den placeringen är rättad."
        " Välj en annan dag, eller en annan grupp i kursen."
    )
    params = {"group": group_name, "date": exam_date}
    return [Problem("placement-day-corrected", field, message, MANUAL, params)]


def nobody_chosen() -> Problem:
    """Say that there is nobody to place."""
    message = "Ingen är vald. Välj minst en person att placera."
    return Problem("placement-nobody", "", message, MANUAL)


def reason_problems(reason: str) -> list[Problem]:
    """Ask for the reason when a placement is taken back."""
    if reason.strip():
        return []
    message = "Skriv varför placeringen tas tillbaka."
    return [Problem("placement-reason-missing", "reason", message, "Policy")]


def decided(group_name: str) -> Problem:
    """Say that a grade has been decided: the placement's one date is the grade's date."""
    message = (
        "Betyget i {group} är beslutat, så placeringen kan inte ändras eller tas tillbaka. Ett fel"
        " rättas med en rättelse av betyget."
    )
    source = "Skollagen 3 kap. 19 §; Manual s. 3"
    return Problem("placement-decided", "", message, source, {"group": group_name})


def withdrawn(field: str = "") -> Problem:
    """Say that a placement that was taken back is history."""
    message = "Placeringen är återtagen och kan inte ändras. Placera personen på nytt i gruppen."
    return Problem("placement-withdrawn", field, message, MANUAL)


def taken_day(group_name: str, exam_date: date, field: str) -> Problem:
    """Say that the person stands in the group on the day already."""
    message = (
        "Personen står redan i {group} med prövningsdatum {date}. Välj en annan dag eller person."
    )
    params = {"group": group_name, "date": exam_date}
    return Problem("placement-twice", field, message, MANUAL, params)


def _person_problems(candidate: Candidate) -> Iterator[Problem]:
    """Refuse who cannot be examined at all."""
    if not candidate.enrolled:
        yield _never_enrolled(candidate.person_field)
    elif candidate.deceased:
        message = "Personen är avliden enligt registret och kan inte placeras."
        yield Problem(
            "placement-deceased", candidate.person_field, message, "SS 12000 personStatus"
        )


def _repeat_problems(candidate: Candidate, days: set[date], group_name: str) -> Iterator[Problem]:
    """Refuse the same day twice; another day in the same group needs a written reason."""
    if candidate.exam_date in days:
        yield taken_day(group_name, candidate.exam_date, candidate.date_field)
    elif days:
        message = (
            "Personen står redan i {group} med prövningsdatum {other}. Ändra datumet på den"
            " placeringen, eller skriv varför det är ett nytt försök."
        )
        params = {"group": group_name, "other": min(days)}
        source = "Manual s. 2–3; Skollagen 20 kap. 40 §"
        yield Problem(
            "placement-again", candidate.person_field, message, source, params, overridable=True
        )


def _never_enrolled(field: str) -> Problem:
    """Point to the request: only Vuxenutbildningscentrum registers a new person."""
    message = (
        "Personen har aldrig varit inskriven hos anordnaren. Skicka en begäran till"
        " Vuxenutbildningscentrum, som registrerar och placerar personen."
    )
    return Problem("placement-never-enrolled", field, message, "Manual s. 2")
