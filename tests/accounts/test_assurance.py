"""One table says what acts ask of a sign-in, and one function answers."""

import pytest

from provning.accounts.assurance import (
    ACTS,
    Act,
    Assurance,
    Needed,
    known_assurance,
    still_needed,
    within,
)
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind

WEAK, FACTOR, THREE = Assurance(), Assurance(factor=True), Assurance(level=3, method="idp:x")
TWO = Assurance(level=2, method="idp:x")


def test_every_act_has_its_row() -> None:
    assert set(ACTS) == set(Act)


@pytest.mark.parametrize(
    ("act", "assurance", "confirmed", "expected"),
    [
        (Act.DECIDE_GRADES, WEAK, True, Needed.STRENGTH),
        (Act.DECIDE_GRADES, TWO, True, Needed.STRENGTH),
        (Act.DECIDE_GRADES, FACTOR, False, Needed.CONFIRMATION),
        (Act.DECIDE_GRADES, FACTOR, True, Needed.NOTHING),
        (Act.SIGN_CATALOGUES, THREE, False, Needed.CONFIRMATION),
        (Act.SIGN_CATALOGUES, THREE, True, Needed.NOTHING),
        (Act.SEE_PROTECTED, WEAK, False, Needed.STRENGTH),
        (Act.SEE_PROTECTED, THREE, False, Needed.NOTHING),
        (Act.GIVE_ROLES, WEAK, True, Needed.STRENGTH),
        (Act.GIVE_ROLES, TWO, True, Needed.STRENGTH),
        (Act.GIVE_ROLES, FACTOR, False, Needed.NOTHING),
        (Act.CHANGE_SIGN_IN, WEAK, False, Needed.CONFIRMATION),
        (Act.CHANGE_SIGN_IN, WEAK, True, Needed.NOTHING),
    ],
)
def test_what_is_still_needed(
    act: Act, assurance: Assurance, confirmed: bool, expected: Needed
) -> None:
    found = still_needed(act, assurance, confirmed=confirmed, password_is_enough=False)
    assert found is expected


def test_an_installation_may_let_the_password_be_enough_but_not_leave_it_out() -> None:
    needed = [
        still_needed(Act.DECIDE_GRADES, WEAK, confirmed=each, password_is_enough=True)
        for each in (False, True)
    ]
    assert needed == [Needed.CONFIRMATION, Needed.NOTHING]


def test_a_weak_sign_in_sees_no_protected_person() -> None:
    rights = frozenset({Permission.VIEW_PERSONS, Permission.VIEW_PROTECTED})
    grant = Grant("principal", Scope(ScopeKind.EVERYTHING), rights)
    actor = Actor("1", "Rut", "principal", (grant,))
    seen = [
        within(actor, each, password_is_enough=False).may(Permission.VIEW_PROTECTED)
        for each in (WEAK, TWO, FACTOR, THREE)
    ]
    assert seen == [False, False, True, True]
    assert within(actor, WEAK, password_is_enough=False).may(Permission.VIEW_PERSONS)
    assert within(actor, WEAK, password_is_enough=True) is actor


def test_an_unknown_choice_stops_the_program() -> None:
    with pytest.raises(ValueError, match="strong or password"):
        known_assurance("none")
