"""What rättelse and ändring have in common: the decision that stands, and whose office it is."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from provning.kernel.problems import Problem

SL_19: Final = "Skollagen 3 kap. 19–20 §§"
SL_23: Final = "Skollagen 23 kap. 6 §; Förordning (2011:1108) 1 kap. 4 §"
FL_16: Final = "Förvaltningslagen (2017:900) 16 §"


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What has taken a decision's place: which act, who, when (as text), and what it says now."""

    act: str
    who: str
    when: str
    value: str
    exam_date: date


@dataclass(frozen=True, slots=True)
class Office:
    """Where a decision is changed: `grading_right` is betygsrätt on every exam date concerned.

    `contracted` is a provider on entreprenad; `for_organiser` that the rektor is the huvudman's.
    """

    contracted: bool
    grading_right: bool
    for_organiser: bool


def overtaken(by: Overtaken) -> Problem:
    """Say who was first, what they did and what stands now."""
    message = (
        "{who} har redan gjort en {act} {when}: betyget är nu {value} från {date}. Läs det nya"
        " beslutet. Är något fortfarande fel, börja därifrån."
    )
    params = {
        "who": by.who,
        "act": by.act.lower(),
        "when": by.when,
        "value": by.value,
        "date": by.exam_date,
    }
    return Problem("grade-superseded", "", message, SL_19, params)


def overtaken_meanwhile() -> Problem:
    """Say that somebody was first, when the database is the one to notice."""
    message = "Någon annan rättade eller ändrade betyget nyss. Ladda om sidan och läs vad som står."
    return Problem("grade-superseded-meanwhile", "", message, SL_19)


def office_problems(office: Office) -> list[Problem]:
    """Keep rektor's acts with the huvudman where the provider may not have them."""
    if not office.contracted or office.grading_right or office.for_organiser:
        return []
    message = (
        "Anordnaren har ingen betygsrätt på prövningsdatumet. Då är det huvudmannens rektor som"
        " rättar betyget, eller ändrar det i lärarens ställe."
    )
    return [Problem("grade-not-organisers-principal", "", message, SL_23)]


def own_grade() -> Problem:
    """Say that nobody corrects or amends their own grade."""
    message = "Det är ditt eget betyg. Den som är jävig beslutar inte: låt någon annan göra det."
    return Problem("grade-own", "", message, FL_16)
