"""How surely somebody is who they say, and which acts ask how much: one table, one question.

Every boundary asks `still_needed`; nothing else in the program decides what a sign-in is good for.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from provning.kernel.actors import Actor, Permission

LAW: Final = "Dataskyddsförordningen artikel 32"
POLICY: Final = "Policy"
ENOUGH: Final = 3
"""The level of an identity provider that is as good as a second factor: tillitsnivå 3."""


STRONG: Final = "strong"
PASSWORD: Final = "password"  # noqa: S105 # the name of a choice


def known_assurance(name: str) -> str:
    """Return the installation's choice; raises `ValueError` for one that does not exist."""
    if name not in {STRONG, PASSWORD}:
        raise ValueError(f"PROVNING_ASSURANCE={name!r}: strong or password")
    return name


class Act(StrEnum):
    """What asks for more than that somebody is signed in."""

    DECIDE_GRADES = "decide_grades"
    CORRECT_GRADES = "correct_grades"
    SIGN_CATALOGUES = "sign_catalogues"
    SEE_PROTECTED = "see_protected"
    CHANGE_SIGN_IN = "change_sign_in"
    ADMINISTER_SIGN_IN = "administer_sign_in"
    GIVE_ROLES = "give_roles"


@dataclass(frozen=True, slots=True)
class Demand:
    """What an act asks: a strong sign-in, and that the person shows anew that it is they."""

    strong: bool
    anew: bool
    source: str


ACTS: Final = {
    Act.DECIDE_GRADES: Demand(strong=True, anew=True, source=POLICY),
    Act.CORRECT_GRADES: Demand(strong=True, anew=True, source=POLICY),
    Act.SIGN_CATALOGUES: Demand(strong=True, anew=True, source=POLICY),
    Act.SEE_PROTECTED: Demand(strong=True, anew=False, source=LAW),
    # Whoever has only a password must be able to add what makes them stronger.
    Act.CHANGE_SIGN_IN: Demand(strong=False, anew=True, source=POLICY),
    Act.ADMINISTER_SIGN_IN: Demand(strong=True, anew=True, source=POLICY),
    # A stolen password would give its thief every right; to end a role protects, and asks nothing.
    Act.GIVE_ROLES: Demand(strong=True, anew=False, source=POLICY),
}


@dataclass(frozen=True, slots=True)
class Assurance:
    """What a sign-in has shown: `level` 1–3 of its provider, and whether a second factor was."""

    level: int = 1
    method: str = "password"
    factor: bool = False

    @property
    def strong(self) -> bool:
        """Say whether it is at least tillitsnivå 3, or a password with a second factor."""
        return self.factor or self.level >= ENOUGH


class Needed(StrEnum):
    """What is still asked for before an act."""

    NOTHING = "nothing"
    CONFIRMATION = "confirmation"
    STRENGTH = "strength"


def still_needed(
    act: Act, assurance: Assurance, *, confirmed: bool, password_is_enough: bool
) -> Needed:
    """Say what an act still asks of somebody who is signed in.

    `confirmed` says that the person has shown anew who they are, just now and for this.
    `password_is_enough` is the installation's own decision (`PROVNING_ASSURANCE=password`).
    """
    demand = ACTS[act]
    if demand.strong and not (assurance.strong or password_is_enough):
        return Needed.STRENGTH
    if demand.anew and not confirmed:
        return Needed.CONFIRMATION
    return Needed.NOTHING


def within(actor: Actor, assurance: Assurance, *, password_is_enough: bool) -> Actor:
    """Return the actor as the sign-in lets them act: a weak one sees no protected person."""
    needed = still_needed(
        Act.SEE_PROTECTED, assurance, confirmed=False, password_is_enough=password_is_enough
    )
    if needed is Needed.NOTHING or not actor.may(Permission.VIEW_PROTECTED):
        return actor
    kept = tuple(
        replace(grant, permissions=grant.permissions - {Permission.VIEW_PROTECTED})
        for grant in actor.grants
    )
    return replace(actor, grants=kept, opened=frozenset())
