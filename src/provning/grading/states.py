"""How far a grade has come, and what may happen to it: one table that everything asks.

A typed grade can be typed anew or taken away until it is decided; after that nothing is undone. A
decision changes only in that a rättelse or an ändring takes its place (Skollagen 3 kap. 19–20 §§),
and then a new decision stands, which can be superseded in its turn.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class GradeState(StrEnum):
    """How far a grade has come.

    A draft was typed by one of the group's own teachers, a proposal by somebody else for them. A
    replaced one is a decision that a rättelse or ändring supersedes.
    """

    NONE = "none"
    DRAFT = "draft"
    PROPOSED = "proposed"
    DECIDED = "decided"
    REPLACED = "replaced"


class Move(StrEnum):
    """What somebody does to a grade."""

    DRAFT = "draft"
    PROPOSE = "propose"
    TAKE_BACK = "take_back"
    DECIDE = "decide"
    CORRECT = "correct"
    AMEND = "amend"


class Party(StrEnum):
    """In which capacity it is done; who may act in it is a question for `policies`.

    A typist is somebody else than the group's teachers with the right to type.
    """

    TEACHER = "teacher"
    TYPIST = "typist"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move: from a state, by these, to a state."""

    source: GradeState
    move: Move
    parties: frozenset[Party]
    target: GradeState


_S, _TEACHER, _TYPIST, _PRINCIPAL = GradeState, Party.TEACHER, Party.TYPIST, Party.PRINCIPAL
_OPEN: Final = (_S.NONE, _S.DRAFT, _S.PROPOSED)
_DECIDERS: Final = frozenset({_TEACHER, _PRINCIPAL})

TRANSITIONS: Final = (
    *(Transition(each, Move.DRAFT, frozenset({_TEACHER}), _S.DRAFT) for each in _OPEN),
    *(Transition(each, Move.PROPOSE, frozenset({_TYPIST}), _S.PROPOSED) for each in _OPEN),
    *(
        Transition(each, Move.TAKE_BACK, frozenset({_TEACHER, _TYPIST}), _S.NONE)
        for each in (_S.DRAFT, _S.PROPOSED)
    ),
    *(Transition(each, Move.DECIDE, _DECIDERS, _S.DECIDED) for each in _OPEN),
    Transition(_S.DECIDED, Move.CORRECT, frozenset({_PRINCIPAL}), _S.REPLACED),
    Transition(_S.DECIDED, Move.AMEND, _DECIDERS, _S.REPLACED),
)
_BY_KEY: Final = {(each.source, each.move): each for each in TRANSITIONS}


def after(state: GradeState, move: Move, party: Party) -> GradeState | None:
    """Return the state that the move leads to, None when it is not allowed."""
    found = _BY_KEY.get((state, move))
    return found.target if found and party in found.parties else None


def allows(state: GradeState, move: Move) -> bool:
    """Say whether anybody may make the move from the state."""
    return (state, move) in _BY_KEY


def is_open(state: GradeState) -> bool:
    """Say whether a grade may still be decided."""
    return allows(state, Move.DECIDE)


def typing_move(value: str, party: Party) -> Move:
    """Return what typing the value is: a draft, a proposal, or with "" taking it back."""
    if not value:
        return Move.TAKE_BACK
    return Move.DRAFT if party is Party.TEACHER else Move.PROPOSE


def typed_state(*, typed: bool, by_teacher: bool) -> GradeState:
    """Return the state of an undecided grade: whether a value is typed, and by whom."""
    if not typed:
        return GradeState.NONE
    return GradeState.DRAFT if by_teacher else GradeState.PROPOSED


def decided_state(*, superseded: bool) -> GradeState:
    """Return the state of a decision."""
    return GradeState.REPLACED if superseded else GradeState.DECIDED
