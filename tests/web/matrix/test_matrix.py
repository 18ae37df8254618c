"""The permission matrix: who reaches which address, and whose things.

What is expected is not written down here: it follows from each view's own rule, from the roles'
rights and from how far the role reaches.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from provning.accounts.roles import ROLES
from provning.audit.models import AuditEvent
from provning.kernel.actors import ScopeKind
from provning.web.permissions import Address, addresses
from tests.web.matrix.visits import PARAMETER, Visits, path_of
from tests.web.matrix.world import OTHER, OWN, Matrix, Side, kind_of

pytestmark = pytest.mark.django_db
OPEN, FORBIDDEN, ABSENT = "open", 403, 404
BOTH = frozenset({ScopeKind.ORGANISER, ScopeKind.EVERYTHING})
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
# What nobody sees but who asked for it, whatever their reach.
PRIVATE = {"comparison_id"}
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
# A file of results is seen by whoever brought it and by who has the whole provider in reach: it
# may speak of other teachers' groups.
NOT_OF_OWN_GROUPS = {"imports:results-one", "imports:results-progress"}
Outcome = dict[tuple[str, str], object]


def test_every_view_says_who_may_open_it() -> None:
    assert [each.pattern for each in ADDRESSES if each.rule is None] == []


def test_every_parameter_is_of_a_kind_that_the_matrix_has(matrix: Matrix) -> None:
    patterns = [each.pattern for each in ADDRESSES]
    assert [each for each in patterns if "<" in PARAMETER.sub("", each)] == []
    asked = {name for each in patterns for name in PARAMETER.findall(each)}
    assert asked == set(matrix.sides[OWN].ids)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.name)
def test_a_role_opens_what_its_rights_and_its_scope_say(
    address: Address, matrix: Matrix, visits: Visits
) -> None:
    assert address.rule is not None
    wanted = asked(expected(address))
    if "GET" in address.rule.methods:
        found = {key: _outcome(visits.of(address, *key).status) for key in wanted}
    else:
        found = {
            key: answer(matrix.clients[key[0]], address, matrix.sides[key[1]]) for key in wanted
        }
    assert found == wanted


@pytest.mark.parametrize("address", POSTED, ids=lambda each: each.name)
def test_nothing_is_sent_to_what_one_may_not_reach(address: Address, matrix: Matrix) -> None:
    events = AuditEvent.objects.count()
    closed = {key: status for key, status in asked(expected(address)).items() if status != OPEN}
    answers = {
        (role, side): answer(matrix.clients[role], address, matrix.sides[side])
        for role, side in closed
    }
    assert answers == closed
    assert AuditEvent.objects.count() == events


def expected(address: Address) -> Outcome:
    """Return what the view's rule, the role's rights and its scope say."""
    return {
        (role, side): _expected(address, role, side) for role in ROLES for side in sides(address)
    }


def asked(outcome: Outcome) -> Outcome:
    """Return what is asked: whose things it is does not matter to who is stopped at the door.

    A role without the right is stopped before the view is called, so it is asked about the things
    in its own reach. That the door answers alike for all others' the first such role shows.
    """
    first = next((role for (role, _side), status in outcome.items() if status == FORBIDDEN), "")
    return {
        (role, side): status
        for (role, side), status in outcome.items()
        if status != FORBIDDEN or side == OWN or role == first
    }


def _expected(address: Address, role: str, side: str) -> object:
    assert address.rule is not None
    rights = address.rule.permissions
    if not rights:
        return OPEN
    if not ROLES[role].permissions.intersection(rights):
        return FORBIDDEN
    if PRIVATE & set(PARAMETER.findall(address.pattern)):
        return ABSENT
    reaches = side == OWN or kind_of(role) in BOTH
    if address.name in NOT_OF_OWN_GROUPS and kind_of(role) is ScopeKind.OWN_GROUPS:
        reaches = False
    return OPEN if reaches else ABSENT


def sides(address: Address) -> tuple[str, ...]:
    """Return whose things the address can name: in itself or in its form."""
    return (OWN, OTHER) if PARAMETER.search(address.pattern) or address.name in FORMS else (OWN,)


def answer(client: Client, address: Address, side: Side) -> object:
    """Send what an address takes, and return how it answered."""
    form = FORMS.get(address.name)
    return _outcome(client.post(path_of(address, side), form(side) if form else {}).status_code)


def _outcome(status: int) -> object:
    """Return the status, or that the address opened: with a page, a form's problems or onwards."""
    return OPEN if status in {200, 302, 422} else status
