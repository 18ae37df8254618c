"""The life of a grade, walked from every state with every move by everybody."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.grading.states import (
    TRANSITIONS,
    GradeState,
    Move,
    Party,
    after,
    allows,
    decided_state,
    is_open,
    typed_state,
    typing_move,
)

N, D, P = GradeState.NONE, GradeState.DRAFT, GradeState.PROPOSED
DECIDED, REPLACED = GradeState.DECIDED, GradeState.REPLACED
TEACHER, TYPIST, PRINCIPAL = Party.TEACHER, Party.TYPIST, Party.PRINCIPAL

# Everything that may happen, written out: what is not here may not.
LIFE = {
    (N, Move.DRAFT, TEACHER): D,
    (D, Move.DRAFT, TEACHER): D,
    (P, Move.DRAFT, TEACHER): D,
    (N, Move.PROPOSE, TYPIST): P,
    (D, Move.PROPOSE, TYPIST): P,
    (P, Move.PROPOSE, TYPIST): P,
    (D, Move.TAKE_BACK, TEACHER): N,
    (D, Move.TAKE_BACK, TYPIST): N,
    (P, Move.TAKE_BACK, TEACHER): N,
    (P, Move.TAKE_BACK, TYPIST): N,
    (N, Move.DECIDE, TEACHER): DECIDED,
    (N, Move.DECIDE, PRINCIPAL): DECIDED,
    (D, Move.DECIDE, TEACHER): DECIDED,
    (D, Move.DECIDE, PRINCIPAL): DECIDED,
    (P, Move.DECIDE, TEACHER): DECIDED,
    (P, Move.DECIDE, PRINCIPAL): DECIDED,
    (DECIDED, Move.CORRECT, PRINCIPAL): REPLACED,
    (DECIDED, Move.AMEND, TEACHER): REPLACED,
    (DECIDED, Move.AMEND, PRINCIPAL): REPLACED,
}


@pytest.mark.parametrize(("state", "move", "party"), [*product(GradeState, Move, Party)])
def test_every_move_from_every_state_by_everybody(
    state: GradeState, move: Move, party: Party
) -> None:
    assert after(state, move, party) == LIFE.get((state, move, party))


@pytest.mark.parametrize(("source", "target"), [*product(GradeState, repeat=2)])
def test_every_pair_of_states(source: GradeState, target: GradeState) -> None:
    reached = {(key[0], found) for key, found in LIFE.items()}
    declared = {(each.source, each.target) for each in TRANSITIONS}
    assert ((source, target) in declared) == ((source, target) in reached)


def test_a_move_is_declared_once() -> None:
    keys = [(each.source, each.move) for each in TRANSITIONS]
    assert len(keys) == len(set(keys))


@given(st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(Party)), max_size=30))
def test_nothing_undecides_a_grade(steps: list[tuple[Move, Party]]) -> None:
    state, decided = N, False
    for move, party in steps:
        state = after(state, move, party) or state
        decided = decided or state is DECIDED
        assert is_open(state) == (not decided)
        assert allows(state, Move.TAKE_BACK) == (state in {D, P})


def test_what_typing_is_depends_on_who_types() -> None:
    assert [typing_move(value, party) for value in ("A", "") for party in (TEACHER, TYPIST)] == [
        Move.DRAFT,
        Move.PROPOSE,
        Move.TAKE_BACK,
        Move.TAKE_BACK,
    ]


def test_stored_facts_amount_to_a_state() -> None:
    assert [
        typed_state(typed=typed, by_teacher=own) for typed, own in product((False, True), repeat=2)
    ] == [
        N,
        N,
        P,
        D,
    ]
    assert [decided_state(superseded=each) for each in (False, True)] == [DECIDED, REPLACED]
