"""What rättelse and ändring have in common: they are done to the decision that stands."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from provning.kernel.problems import Problem

SL_19: Final = "Skollagen 3 kap. 19–20 §§"


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What has taken a decision's place: which act, who, when (as text), and what it says now."""

    act: str
    who: str
    when: str
    value: str
    exam_date: date


def overtaken(by: Overtaken) -> Problem:
    """Say who was first, what they did and what stands now."""
    message = (
        "{who} har redan rättat betyget, {when}: det är nu {value} från {date}. Läs det nya"
        " beslutet. Är något fortfarande fel, börja därifrån."
        if by.act == "Rättelse"
        else "{who} har redan ändrat betyget, {when}: det är nu {value} från {date}. Läs det nya"
        " beslutet. Är något fortfarande fel, börja därifrån."
    )
    params = {"who": by.who, "when": by.when, "value": by.value, "date": by.exam_date}
    return Problem("grade-superseded", "", message, SL_19, params)


def overtaken_meanwhile() -> Problem:
    """Say that somebody was first, when the database is the one to notice."""
    message = "Någon annan rättade eller ändrade betyget nyss. Ladda om sidan och läs vad som står."
    return Problem("grade-superseded-meanwhile", "", message, SL_19)
