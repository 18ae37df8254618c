"""A second step for tests: an app with codes."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from provning.accounts.actions import add_totp
from provning.accounts.models import User
from provning.people.queries import actor_for
from tests.builders import PASSWORD, TODAY


def code_of(secret: str) -> str:
    """Return the code that an app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def with_app(user: User) -> tuple[str, list[str]]:
    """Give the account an app with codes; returns its secret and the recovery codes."""
    secret = generate_totp_secret()
    me = actor_for(user, TODAY)
    return secret, add_totp(actor=me, user_id=user.pk, secret=secret, code=code_of(secret))


def add_app(client: Client) -> str:
    """Add an app on the own account by its pages, as whoever has a password alone; its secret."""
    client.get("/bekrafta/?till=/konto/app/")
    client.post("/bekrafta/har/", {"password": PASSWORD})
    [shown] = re.findall(r"<code>([A-Z2-7 ]+)</code>", client.get("/konto/app/").content.decode())
    secret = str(shown).replace(" ", "")
    answer = client.post("/konto/app/", {"one_time_code": code_of(secret)})
    assert "Dina återställningskoder" in answer.content.decode()
    return secret
