"""Two who decide together: what each holds, and when that is a decision (Skollagen 3 kap. 16 §)."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from provning.grading.rules.attempts import field_for
from provning.kernel.problems import Problem

SL_16 = "Skollagen 3 kap. 16 §; Förordning (2011:1108) 6 kap. 15 §"
SL_41 = "Skollagen 20 kap. 41 §; Skollagen 3 kap. 16 och 20 §§"


class Stand(StrEnum):
    """How the other teacher stands to a grade that the first is about to decide."""

    AGREES = "agrees"
    WAITING = "waiting"
    DIFFERS = "differs"


def stand(value: str, other: str) -> Stand:
    """Say how the other stands, whose opinion is `other`, "" before it has been given."""
    if not other:
        return Stand.WAITING
    return Stand.AGREES if other == value else Stand.DIFFERS


def disagree(opinions: Iterable[str]) -> bool:
    """Say whether opinions that have been given differ."""
    return len({each for each in opinions if each}) > 1


def stand_problems(placement_id: UUID, value: str, other: str, name: str) -> list[Problem]:
    """Say why the value cannot be decided yet: `name` is the other teacher, `other` what they hold.

    Examiners who are not of one mind leave the grade to rektor (Skollagen 20 kap. 41 §).
    """
    field = field_for(placement_id)
    match stand(value, other):
        case Stand.WAITING:
            message = (
                "Ni beslutar tillsammans, och {name} har inte lämnat sin bedömning. Lämna din, så"
                " kan {name} besluta."
            )
            return [Problem("grade-other-has-not-answered", field, message, SL_16, {"name": name})]
        case Stand.DIFFERS:
            message = (
                "{name} har bedömt {other}, och du {value}. Är ni inte överens beslutar rektor:"
                " lämna din bedömning, så ser rektor båda."
            )
            params = {"name": name, "other": other, "value": value}
            return [Problem("grade-teachers-disagree", field, message, SL_41, params)]
    return []


def own_answer_differs(placement_id: UUID, value: str, own: str) -> Problem:
    """Say that nobody decides another grade than the one they have answered."""
    message = (
        "Du har bedömt {own} och är på väg att besluta {value}. Ändra din bedömning först, om du"
        " har kommit fram till något annat."
    )
    params = {"own": own, "value": value}
    return Problem("grade-own-answer-differs", field_for(placement_id), message, SL_16, params)


def no_disagreement(placement_id: UUID) -> Problem:
    """Say that rektor has nothing to settle between the teachers."""
    message = (
        "Lärarna har inte lämnat olika bedömningar. Rektor beslutar på den grunden först när båda"
        " har lämnat sin och de skiljer sig."
    )
    return Problem("grade-no-disagreement", field_for(placement_id), message, SL_41)


def decides_alone(group_name: str) -> Problem:
    """Say that an opinion is given where two decide together."""
    message = (
        "I {group} beslutar läraren själv. Besluta betyget, eller låt koppla en lärare som beslutar"
        " tillsammans."
    )
    return Problem("grade-opinion-alone", "", message, SL_16, {"group": group_name})
