"""Ändring: a grade that is plainly wrong, and only ever raised (Skollagen 3 kap. 20 §).

By the one or those who decided; by rektor when they have left, are hindered or disagree. What shows
that the grade was wrong must lie before the decision: a new prövning is the way to show more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from provning.grading.replacement import rank
from provning.grading.rules.deciders import DISAGREEMENT, GROUNDS, LEFT
from provning.kernel.problems import Problem

SL_20: Final = "Skollagen 3 kap. 20 §"


@dataclass(frozen=True, slots=True)
class Raise:
    """The value that stands and the new one, each in the scale it is set in."""

    old: str
    old_scale: str
    new: str
    new_scale: str


@dataclass(frozen=True, slots=True)
class Amender:
    """Who amends, and with whom.

    `decided` says that the actor is one of those who decided; then `on_duty` is their own service
    at the unit today, `others` those they decided together with and `together` that all agree. Else
    the actor is a rektor, with the `ground` for it: `others` are then all who decided, and
    `others_left` that one of them has no service at the unit today.
    """

    decided: bool
    is_principal: bool
    on_duty: bool
    others: tuple[str, ...]
    together: bool
    ground: str
    others_left: bool


def amendment_problems(
    change: Raise, amender: Amender, reason: str, *, deceased: bool
) -> list[Problem]:
    """Say everything that stands against the ändring, except that the value is no grade."""
    return [
        *([_deceased()] if deceased else []),
        *_raise_problems(change),
        *(_decider_problems(amender) if amender.decided else _principal_problems(amender)),
        *reason_problems(reason),
    ]


def reason_problems(reason: str) -> list[Problem]:
    """Ask for the circumstances."""
    return [] if reason else [_reason_missing()]


def ground_problems(ground: str) -> list[Problem]:
    """Ask a rektor why those who decided do not amend."""
    if ground in GROUNDS:
        return []
    message = (
        "Välj varför rektor ändrar: den som beslutade har slutat eller är förhindrad, eller de som"
        " beslutade är oense."
    )
    return [Problem("amendment-ground-missing", "ground", message, SL_20)]


def raised(change: Raise) -> bool:
    """Say whether the new value is higher than the old, in one and the same scale."""
    old, new = rank(change.old, change.old_scale), rank(change.new, change.new_scale)
    return change.old_scale == change.new_scale and 0 <= old < new


def _raise_problems(change: Raise) -> Iterator[Problem]:
    """Refuse whatever is not higher."""
    params = {"old": change.old, "new": change.new}
    if change.old_scale != change.new_scale:
        message = (
            "Betyget {old} sattes i en annan betygsskala än den som gäller för kursen. De kan inte"
            " jämföras, så betyget kan inte ändras."
        )
        yield Problem("amendment-other-scale", "value", message, SL_20, params)
    elif change.new == change.old:
        message = "Betyget är redan {old}. En ändring höjer betyget."
        yield Problem("amendment-same", "value", message, SL_20, params)
    elif rank(change.new, change.new_scale) >= 0 and not raised(change):
        message = (
            "{old} kan inte ändras till {new}: en ändring sänker aldrig ett betyg. Är {old} ett"
            " skrivfel kan rektor rätta det."
        )
        yield Problem("amendment-lower", "value", message, SL_20, params)


def _decider_problems(amender: Amender) -> Iterator[Problem]:
    """Say why those who decided do not amend."""
    if not amender.is_principal and not amender.on_duty:
        message = (
            "Du har ingen tjänst vid enheten i dag. Det är rektor som ändrar betyget när läraren"
            " har slutat."
        )
        yield Problem("amendment-decider-left", "", message, SL_20)
    if amender.others and not amender.together:
        message = (
            "Du beslutade tillsammans med {names}. Intyga att ni är överens om ändringen. Är ni det"
            " inte beslutar rektor."
        )
        params = {"names": ", ".join(amender.others)}
        yield Problem("amendment-together", "together", message, SL_20, params)


def _principal_problems(amender: Amender) -> Iterator[Problem]:
    """Say why a rektor does not amend in the place of those who decided."""
    yield from ground_problems(amender.ground)
    if amender.ground == DISAGREEMENT and len(amender.others) < len(("one", "other")):
        message = "{names} beslutade ensam, så det finns ingen att vara oense med. Välj ett annat."
        params = {"names": "".join(amender.others)}
        yield Problem("amendment-ground-alone", "ground", message, SL_20, params)
    elif amender.ground == LEFT and not amender.others_left:
        message = (
            "{names} har tjänst vid enheten i dag och har alltså inte slutat. Välj förhindrad, om"
            " ändringen inte kan vänta."
        )
        params = {"names": ", ".join(amender.others)}
        yield Problem("amendment-decider-on-duty", "ground", message, SL_20, params)


def _reason_missing() -> Problem:
    """Ask for the circumstances."""
    message = (
        "Skriv vilka omständigheter från tiden före beslutet som visar att betyget är oriktigt."
        " Den som vill visa mer kunskaper gör en ny prövning."
    )
    return Problem("amendment-reason-missing", "reason", message, SL_20)


def _deceased() -> Problem:
    """Say that no new decision is made about the dead; a clerical error can still be corrected."""
    message = (
        "Personen är avliden enligt registret. Betyget står kvar och ändras inte. Ett skrivfel kan"
        " rektor rätta."
    )
    return Problem("amendment-deceased", "", message, "SS 12000 personStatus")
