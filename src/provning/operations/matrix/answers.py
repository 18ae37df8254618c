"""How the program answers a role that asks for somebody's thing: the one place that says it."""

from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import Final

from provning.accounts.marks import ScreenRule
from provning.kernel.actors import Permission, ScopeKind


class Whose(StrEnum):
    """Whose thing an address names, seen from where a role holds."""

    OWN = "own"
    OTHER_UNIT = "other_unit"
    OTHER_PROVIDER = "other_provider"


class Outcome(Enum):
    """What a request is answered with: the page, 403 without the right, 404 beyond its reach."""

    OPEN = 200
    FORBIDDEN = 403
    ABSENT = 404


REACHED: Final = {
    Whose.OWN: frozenset(ScopeKind),
    Whose.OTHER_UNIT: frozenset({ScopeKind.PROVIDER, ScopeKind.ORGANISER, ScopeKind.EVERYTHING}),
    Whose.OTHER_PROVIDER: frozenset({ScopeKind.ORGANISER, ScopeKind.EVERYTHING}),
}
"""How far a role has to hold to reach a thing that lies in a unit."""

OF_PROVIDERS: Final = frozenset(
    {"provider_id", "person_id", "case_id", "organiser_id", "report_id", "report_order_id"}
)
"""What an address can name that lies with a provider or wider: its every unit reaches it."""


def outcome(
    rule: ScreenRule,
    held: frozenset[Permission],
    kind: ScopeKind,
    whose: Whose,
    names: Iterable[str],
) -> Outcome:
    """Say how a role is answered: its rights, how far it holds, and whose thing is named.

    `names` are the names of the address's parameters.
    """
    if rule.public or not rule.permissions:
        return Outcome.OPEN
    too_narrow = rule.everywhere and kind is not ScopeKind.EVERYTHING
    if too_narrow or not held.intersection(rule.permissions):
        return Outcome.FORBIDDEN
    if rule.asked_by_oneself or (rule.whole_place and kind not in REACHED[Whose.OTHER_UNIT]):
        return Outcome.ABSENT
    return Outcome.OPEN if kind in _reached(whose, names) else Outcome.ABSENT


def _reached(whose: Whose, names: Iterable[str]) -> frozenset[ScopeKind]:
    shared = OF_PROVIDERS.intersection(names) and whose is Whose.OTHER_UNIT
    return REACHED[Whose.OWN if shared else whose]
