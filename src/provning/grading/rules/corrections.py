"""Rättelse: a clerical error or the like in a decided grade (Skollagen 3 kap. 19 §).

Up or down, and also of a wrong date or course; never because the grade was misjudged. Whether it
was a clerical error only a person can say: the reason is asked for, and the screen says what for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from provning.grading.rows import Particulars
from provning.kernel.problems import Problem

SL_19: Final = "Skollagen 3 kap. 19 §"
HEARD: Final = "heard"
UNNECESSARY: Final = "unnecessary"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a decision says, as far as it can be wrong."""

    value: str
    exam_date: date
    group_id: UUID
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a decision is corrected; `hearing` is whether the examinee was heard, `said` what of."""

    hearing: str
    hearing_note: str
    reason: str


def correction_problems(old: Wording, new: Wording, grounds: Grounds) -> list[Problem]:
    """Say what is missing for the rättelse, all at once."""
    return [
        *([nothing_changes()] if old == new else []),
        *grounds_problems(grounds),
    ]


def grounds_problems(grounds: Grounds) -> list[Problem]:
    """Say what is missing of the hearing and the reason, whatever is corrected."""
    return [*_hearing_problems(grounds), *_reason_problems(grounds)]


def nothing_changes() -> Problem:
    """Say that a rättelse makes something else of the decision."""
    message = (
        "Inget skiljer sig från det beslut som finns. Ändra det som blev fel: betyget, datumet,"
        " gruppen eller uppgifterna vid sidan av."
    )
    return Problem("correction-nothing-changes", "value", message, SL_19)


def _hearing_problems(grounds: Grounds) -> Iterator[Problem]:
    """Ask for what the examinee said, or why they were not asked."""
    if grounds.hearing not in {HEARD, UNNECESSARY}:
        message = "Välj om eleven har fått yttra sig, eller om det var obehövligt."
        yield Problem("correction-hearing-missing", "hearing", message, SL_19)
    elif not grounds.hearing_note:
        message = (
            "Skriv vad eleven sade."
            if grounds.hearing == HEARD
            else "Skriv varför det var obehövligt att höra eleven."
        )
        yield Problem("correction-hearing-note", "hearing_note", message, SL_19)


def _reason_problems(grounds: Grounds) -> Iterator[Problem]:
    """Ask for what went wrong."""
    if not grounds.reason:
        message = (
            "Skriv vilket skrivfel eller förbiseende som rättas. En felaktig bedömning rättas inte:"
            " den ändras av den som beslutade, och aldrig till ett lägre betyg."
        )
        yield Problem("correction-reason-missing", "reason", message, SL_19)
