"""Why a prövning gave no grade: what may be recorded, and when."""

from datetime import date
from typing import Final

from provning.kernel.problems import Problem

SL_40: Final = "Skollagen 20 kap. 40–40 a §§"
RECORDED: Final = frozenset({"absent", "incomplete", "no_identification"})
"""What can be recorded; a placement that is taken back is another thing."""
GRADE_TYPED: Final = "exams_placement has a typed grade"
"""What the database says of an outcome where a grade is typed, which a higher room knows."""
NEEDS_REASON: Final = frozenset({"incomplete"})


def outcome_problems(outcome: str, reason: str, *, exam_date: date, today: date) -> list[Problem]:
    """Say why the outcome cannot be recorded."""
    if outcome not in RECORDED:
        message = "Välj varför prövningen inte gav något betyg."
        return [Problem("outcome-unknown", "outcome", message, SL_40)]
    found = []
    if exam_date > today:
        message = "Prövningen görs den {date}. Utfallet kan antecknas från och med den dagen."
        params = {"date": exam_date}
        found.append(Problem("outcome-before-exam", "outcome", message, SL_40, params))
    if outcome in NEEDS_REASON and not reason.strip():
        message = "Skriv vilka delar som inte gjordes."
        found.append(Problem("outcome-reason-missing", "reason", message, SL_40))
    return found


def graded() -> Problem:
    """Say that somebody has typed a grade, which nothing takes away unseen."""
    message = (
        "Ett betyg är inskrivet för prövningen. Ta bort utkastet först, om prövningen inte"
        " genomfördes."
    )
    return Problem("outcome-grade-typed", "", message, SL_40)
