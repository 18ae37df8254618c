"""Opening a protected identity as somebody at a screen does."""

from uuid import UUID

from django.test import Client

REASON = "Eleven har ringt och frågar om sitt betyg"


def open_identity(client: Client, person_id: UUID, reason: str = REASON) -> None:
    """Give the reason and see the person in clear from then on."""
    answer = client.post(f"/atkomst/{person_id}/identitet/", {"reason": reason})
    assert answer.status_code == 302
