"""What the rooms above know of a unit, a policy or an account: known there, asked for here.

This room imports none of them, so each makes its counts known when the program starts. A count says
how many and nothing else: who manages the organisation sees no groups, persons or grades by it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.organisation.policies_data import PolicyKey, PolicyValue

CountInUnits = Callable[[Collection[UUID], date, date], int]
CountOfEffect = Callable[[UUID, PolicyValue, date, date], int]
WhoseAccounts = Callable[[Collection[UUID]], set[UUID]]


@dataclass(frozen=True, slots=True)
class Standing:
    """So many of something in the units when they end; `hinders` says that it has to go first.

    `one` and `many` are the sentence in both numbers, with `{count}`.
    """

    count: int
    one: str
    many: str
    hinders: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """So many of something that a policy's new value touches, as a sentence in both numbers."""

    count: int
    one: str
    many: str


_STANDING: list[tuple[str, str, bool, CountInUnits]] = []
_EFFECTS: list[tuple[PolicyKey, str, str, CountOfEffect]] = []
_LINKED: dict[str, WhoseAccounts] = {}


def declare_standing(one: str, many: str, *, hinders: bool, count: CountInUnits) -> None:
    """Make known what may stand in units: `count(unit_ids, last_day, today)`."""
    _STANDING.append((one, many, hinders, count))


def declare_effect(key: PolicyKey, one: str, many: str, count: CountOfEffect) -> None:
    """Make known what a value of a policy touches: `count(organiser_id, value, first_day, today)`.

    A policy may have several.
    """
    _EFFECTS.append((key, one, many, count))


def declare_linked(room: str, linked: WhoseAccounts) -> None:
    """Make known how to tell which accounts are a person's; a second time replaces the first."""
    _LINKED[room] = linked


def is_a_persons(user_id: UUID) -> bool:
    """Say whether an account is that of a person of the register, who alone decides grades."""
    return any(linked([user_id]) for linked in _LINKED.values())


def counter(kind: ScopeKind, ids: Iterable[UUID], permissions: frozenset[Permission]) -> Actor:
    """Return who counts in the places: a program, whose answer is a number."""
    grants = tuple(Grant("system", Scope(kind, each), permissions) for each in ids)
    return Actor("system:administration", "Räkning", "system", grants)


def standing_in(unit_ids: Collection[UUID], last_day: date, today: date) -> list[Standing]:
    """Return what stands in the units if they end with the day; what there is none of is left out.

    Whoever asks has made sure that the actor manages the units.
    """
    found = [
        Standing(count(unit_ids, last_day, today), one, many, hinders)
        for one, many, hinders, count in _STANDING
    ]
    return [each for each in found if each.count]


def effects_of(
    organiser_id: UUID, key: PolicyKey, value: PolicyValue, first_day: date, today: date
) -> list[Effect]:
    """Return what a value from a day on would touch, also what it would touch none of.

    Whoever asks has made sure that the actor manages the organiser.
    """
    return [
        Effect(count(organiser_id, value, first_day, today), one, many)
        for declared, one, many, count in _EFFECTS
        if declared is key
    ]
