"""Opening a protected identity as somebody at a screen does."""

from typing import Any
from uuid import UUID

from django.test import Client

REASON = "Eleven har ringt och frågar om sitt betyg"


def open_identity(client: Client, person_id: UUID, reason: str = REASON) -> None:
    """Give the reason and see the person in clear from then on."""
    answer = client.post(f"/atkomst/{person_id}/identitet/", {"reason": reason})
    assert answer.status_code == 302


def opened(client: Client, address: str, reason: str = REASON) -> Any:
    """Ask for a document with protected persons, say why, and return the document."""
    asked = client.get(address)
    assert (asked.status_code, asked["Location"][:20]) == (302, "/atkomst/dokument/?t")
    answer = client.post(asked["Location"], {"reason": reason})
    assert (answer.status_code, answer["Location"]) == (302, address)
    return client.get(address)
