"""The permission matrix: who reaches which address, and whose things.

What is expected is not written down here: it is what the matrix for auditors says
(`operations.matrix`), from each view's own rule, the roles' rights and how far a role reaches.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from provning.accounts.roles import ROLES
from provning.audit.models import AuditEvent
from provning.operations.matrix import Outcome, Whose, outcome
from provning.web.permissions import Address, addresses
from tests.web.matrix.visits import PARAMETER, Visits, path_of
from tests.web.matrix.world import OTHER, OWN, Matrix, Side, kind_of

pytestmark = pytest.mark.django_db
# A role in a unit, one in own groups and one at a provider.
AT_ANOTHER_UNIT = {"principal", "grading_teacher", "grade_administrator"}
# Leaving would sign the role's browser out for the rest of the matrix.
LEAVING = {"sign-out"}
# On the way in there is no role yet; what is one's own account's, no role reaches: see
# tests/web/identity and tests/accounts/test_sessions.py.
OWN_WAY_IN = {
    "choose-password", "leave-for-provider", "oidc-answer", "saml-metadata", "saml-post",
    "saml-answer", "confirm-at-provider", "remove-factor", "end-one",
}  # fmt: skip
LEFT_OUT = LEAVING | OWN_WAY_IN
EVERY = [each for each in addresses() if each.name not in LEFT_OUT]
# Machines have a matrix of their own (tests/api/test_matrix.py).
ADDRESSES = [each for each in EVERY if each.machine is None]
POSTED = [each for each in ADDRESSES if each.rule and {"GET", "POST"} <= set(each.rule.methods)]
# What an address names in its form, not only in itself.
FORMS: dict[str, Callable[[Side], dict[str, str]]] = {
    "groups:restore": lambda side: {
        "person": str(side.ids["person_id"]),
        "exam_date": "2026-11-12",
    },
    "extracts:issue": lambda _side: {"submission": str(uuid4())},
    "extracts:preview": lambda _side: {"submission": str(uuid4())},
    "extracts:reissue": lambda _side: {"submission": str(uuid4())},
    "extracts:order": lambda side: {
        "unit": str(side.unit),
        "term": "HT26",
        "whom": "term",
        "submission": str(uuid4()),
    },
    "catalogues:order": lambda side: {
        "unit": str(side.unit),
        "term": "HT26",
        "submission": str(uuid4()),
    },
    "deliveries:prepare": lambda side: {
        "unit": str(side.unit),
        "period": "2026",
        "submission": str(uuid4()),
    },
    "clients:new": lambda _side: {"submission": str(uuid4())},
    "reporting:make": lambda side: {
        "target": "scb",
        "term": "HT26",
        "organiser": str(side.organiser),
        "submission": str(uuid4()),
    },
    "reporting:mark-sent": lambda _side: {
        "receiver": "SCB",
        "sent_on": "2026-11-20",
        "submission": str(uuid4()),
    },
    "archive:build": lambda side: {"unit": str(side.unit), "term": "HT26"},
    "archive:dispose": lambda side: {
        "organiser": str(side.organiser),
        "seen": "x",
        "submission": str(uuid4()),
    },
}
Answers = dict[tuple[str, Whose], object]


def test_every_view_says_who_may_open_it() -> None:
    assert [each.pattern for each in ADDRESSES if each.rule is None] == []


def test_every_parameter_is_of_a_kind_that_the_matrix_has(matrix: Matrix) -> None:
    patterns = [each.pattern for each in ADDRESSES]
    assert [each for each in patterns if "<" in PARAMETER.sub("", each)] == []
    asked = {name for each in patterns for name in PARAMETER.findall(each)}
    assert asked == set(matrix.sides[OWN].ids)


def test_a_role_opens_what_its_rights_and_its_scope_say(matrix: Matrix, visits: Visits) -> None:
    wrong = {}
    for address in ADDRESSES:
        with undone():
            found = opened(address, matrix, visits)
        if found != expected(address):
            wrong[address.name] = differing(found, expected(address))
    assert wrong == {}


def test_no_page_names_a_protected_person_that_nobody_has_opened(visits: Visits) -> None:
    pages = [each for each in ADDRESSES if each.rule and "GET" in each.rule.methods]
    with undone():
        telling = [
            (address.name, *key)
            for address in pages
            for key in expected(address)
            if visits.at(address, *key).names_protected
        ]
    assert telling == []


def test_nothing_is_sent_to_what_one_may_not_reach(matrix: Matrix) -> None:
    events, wrong = AuditEvent.objects.count(), {}
    for address in POSTED:
        says = expected(address)
        closed = {key: status for key, status in says.items() if status is not Outcome.OPEN}
        with undone():
            found = {
                (role, side): answer(matrix.clients[role], address, matrix.sides[side])
                for role, side in closed
            }
            stored = AuditEvent.objects.count() - events
        if found != closed or stored:
            wrong[address.name] = (differing(found, closed), stored)
    assert wrong == {}


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is stored within the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opened(address: Address, matrix: Matrix, visits: Visits) -> Answers:
    """Return how an address answers each role, about each one's things: a page, or what is sent."""
    assert address.rule is not None
    keys = expected(address)
    if "GET" in address.rule.methods:
        return {key: _outcome(visits.at(address, *key).status) for key in keys}
    return {
        (role, whose): answer(matrix.clients[role], address, matrix.sides[whose])
        for role, whose in keys
    }


def differing(found: Answers, says: Answers) -> dict[tuple[str, Whose], tuple[object, object]]:
    """Return what was found and what was expected, where they are not the same."""
    return {key: (found[key], says[key]) for key in says if found[key] != says[key]}


def expected(address: Address) -> Answers:
    """Return what the auditors' matrix says: by rule, rights and reach."""
    assert address.rule is not None
    names = PARAMETER.findall(address.pattern)
    return {
        (code, whose): outcome(address.rule, role.permissions, kind_of(code), whose, names)
        for code, role in ROLES.items()
        for whose in asked_of(address, code)
    }


def asked_of(address: Address, role: str) -> tuple[Whose, ...]:
    """Return whose things the address can name, in itself or in its form, that tell roles apart.

    Another unit of the same provider is asked for by one role of each reach that could stop there.
    Who lacks the right is refused before anything is looked up, so for them one is as another.
    """
    assert address.rule is not None
    rights = address.rule.permissions
    named = PARAMETER.search(address.pattern)
    if not named and address.name not in FORMS:
        return (OWN,)
    if rights and not ROLES[role].permissions.intersection(rights):
        return (OWN,)
    return tuple(Whose) if named and role in AT_ANOTHER_UNIT else (OWN, OTHER)


def answer(client: Client, address: Address, side: Side) -> object:
    """Send what an address takes, and return how it answered."""
    form = FORMS.get(address.name)
    return _outcome(client.post(path_of(address, side), form(side) if form else {}).status_code)


def _outcome(status: int) -> object:
    """Return how an address answered: a page, a form's problems and the way onwards are open."""
    known = {each.value: each for each in Outcome}
    return Outcome.OPEN if status in {200, 302, 422} else known.get(status, status)
