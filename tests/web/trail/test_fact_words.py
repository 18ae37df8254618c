"""Codes of the record are told in words: roles, second steps, ways to confirm, jobs, policies."""

from datetime import UTC, datetime

import pytest

from provning.accounts import events as accounts
from provning.audit.queries import HistoryRow
from provning.operations import events as operations
from provning.organisation import events as organisation
from provning.reporting import events as reporting
from provning.web.sentences import sentence

WHEN = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "after", "said"),
    [
        (
            accounts.ROLE_ASSIGNED,
            {"role": "grading_teacher", "username": "karin", "valid_from": "2026-01-01"},
            "Rollen Betygssättande lärare gavs till karin från 2026-01-01.",
        ),
        (
            accounts.TASK_DELEGATED,
            {
                "delegated_by": "Anders",
                "task": "delegated_corrections",
                "username": "karin",
                "valid_from": "2026-01-01",
                "valid_to": "2026-02-01",
            },
            "Anders delegerade ”Rättar betyg, på rektors delegation” till karin"
            " från 2026-01-01 till 2026-02-01.",
        ),
        (
            accounts.FACTOR_REMOVED,
            {"username": "karin", "kind": "totp"},
            "Ett andra steg togs bort för karin: app med koder.",
        ),
        (
            accounts.STEPPED_UP,
            {"username": "karin", "method": "password", "factor": False},
            "karin bekräftade vem det är: lösenord.",
        ),
        (
            accounts.STEPPED_UP,
            {"username": "karin", "method": "password", "factor": True},
            "karin bekräftade vem det är: lösenord och ett andra steg.",
        ),
        (
            accounts.STEPPED_UP,
            {"username": "karin", "method": "idp:kommunen", "factor": False},
            "karin bekräftade vem det är: kommunen.",
        ),
        (
            accounts.IDENTITY_REFUSED,
            {"provider": "kommunen", "reason": "unknown"},
            "Ett svar från kommunen öppnade inget konto: ingen här har den identiteten.",
        ),
        (
            accounts.IDENTITY_REFUSED,
            {"provider": "kommunen", "reason": "Signature too weak"},
            "Ett svar från kommunen öppnade inget konto: Signature too weak.",
        ),
        (
            operations.JOB_LOST,
            {"kind": "send_reset"},
            "Ett jobb (Länk till ett nytt lösenord) stannade mitt i och avslutades.",
        ),
        (
            organisation.POLICY_SET,
            {"key": "removed_long_ago", "value": "ja", "valid_from": "2026-01-01"},
            "Policyn removed_long_ago är ja från 2026-01-01.",
        ),
        (
            reporting.AUTHORITY_EXTRACT_ORDERED,
            {"kind": "scb", "term": "VT 2026"},
            "Underlag beställdes: SCB, VT 2026.",
        ),
    ],
)
def test_an_event_is_told_in_words(name: str, after: dict[str, object], said: str) -> None:
    row = HistoryRow(1, WHEN, name, "Nils", "system_administrator", {}, after, "")
    assert sentence(row) == said
