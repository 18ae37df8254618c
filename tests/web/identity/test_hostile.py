"""Tokens that no honest provider issues: every one of them opens nothing."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from pytest_django import Settings

from provning.accounts.models import User
from tests.builders import account, official_numbers
from tests.support.identity_providers import Running, new_key
from tests.web.identity.conftest import (
    EPPN,
    LOA2,
    LOA3,
    MAIL,
    Configure,
    Traveller,
    bind,
    oidc_entry,
    onward,
    reasons,
)

pytestmark = pytest.mark.django_db
OWN, STRANGE = new_key(), new_key()
NIN = "https://id.oidc.se/claim/personalIdentityNumber"


@dataclass
class Hostile:
    """A provider that answers with whatever a test has put here."""

    server: ThreadingHTTPServer
    token: str = ""
    userinfo: dict[str, Any] = field(default_factory=dict)
    issuer: str = ""

    @property
    def address(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def answers(self) -> dict[str, Any]:
        """Return what it says at each path."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OWN.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer or self.address,
                "authorization_endpoint": f"{self.address}/auth",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/jwks",
            },
            "/jwks": {"keys": [key | {"kid": "own", "use": "sig"}]},
            "/token": {"access_token": "x", "token_type": "Bearer", "id_token": self.token},
            "/userinfo": self.userinfo,
        }


@pytest.fixture(scope="module")
def server() -> Iterator[Hostile]:
    """Return the provider, started once."""
    known: list[Hostile] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            body = json.dumps(known[0].answers()[self.path]).encode()
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 # the library's name

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    provider = Hostile(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    known.append(provider)
    thread = threading.Thread(target=provider.server.serve_forever, daemon=True)
    thread.start()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()
    thread.join()


def claims(hostile: Hostile, nonce: str) -> dict[str, Any]:
    """Return what an honest token would say."""
    now = int(time.time())
    return {
        "iss": hostile.address,
        "aud": "provning",
        "sub": "lena",
        "iat": now,
        "exp": now + 300,
        "nonce": nonce,
        "eduperson_principal_name": EPPN,
    }


def come_back(traveller: Traveller, hostile: Hostile, address: str = "", **said: Any) -> str:
    """Come back with a token; returns the page. A claim that is None is left out.

    `_` is how it is signed, `address` where the browser has been led already.
    """
    sent = parse_qs(urlsplit(address or traveller.leave()).query)
    signing = {"key": OWN, "algorithm": "RS256", "headers": {"kid": "own"}} | said.pop("_", {})
    wanted = claims(hostile, sent["nonce"][0]) | said
    held = {name: value for name, value in wanted.items() if value is not None}
    hostile.token = jwt.encode(held, **signing)
    hostile.userinfo = hostile.userinfo or {"sub": "lena"}
    answer = traveller.client.get(f"/logga-in/oidc/sjostad/svar/?code=x&state={sent['state'][0]}")
    return answer.content.decode()


@pytest.fixture
def hostile(server: Hostile, configure: Configure, lena: User) -> Hostile:
    """Return the provider as one we have chosen to believe."""
    server.userinfo, server.issuer = {}, ""
    configure(oidc_entry(Running(server.address)))
    assert lena.is_active
    return server


def test_an_honest_token_signs_in(hostile: Hostile, traveller: Traveller, lena: User) -> None:
    come_back(traveller, hostile)
    assert (traveller.user_id, reasons()) == (str(lena.pk), [])


def public_pem() -> bytes:
    """Return the published key as text, which a careless reader takes for a shared secret."""
    return OWN.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


PAST = int(time.time()) - 3600


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"nonce": None}, "nonce"),
        ({"nonce": "x"}, "nonce"),
        ({"aud": "granne"}, "token: InvalidAudienceError"),
        ({"iss": "http://annan.example"}, "token: InvalidIssuerError"),
        ({"exp": PAST, "iat": PAST - 300}, "token: ExpiredSignatureError"),
        ({"exp": None}, "token: MissingRequiredClaimError"),
        ({"iat": PAST + 7200, "exp": PAST + 9000}, "token: ImmatureSignatureError"),
        ({"aud": ["provning", "granne"], "azp": "granne"}, "authorized party"),
        ({"_": {"key": STRANGE}}, "token: InvalidSignatureError"),
        ({"_": {"headers": {"kid": "other"}}}, "token: PyJWKClientError"),
        ({"_": {"key": "", "algorithm": "none"}}, "token: InvalidAlgorithmError"),
        ({"_": {"key": "x" * 40, "algorithm": "HS256"}}, "token: InvalidAlgorithmError"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_token_that_is_not_for_this_very_request_opens_nothing(
    said: dict[str, Any], reason: str, hostile: Hostile, traveller: Traveller
) -> None:
    come_back(traveller, hostile, **said)
    assert (traveller.user_id, reasons()) == (None, [reason])


def test_clocks_may_differ_by_two_minutes(
    hostile: Hostile, traveller: Traveller, lena: User
) -> None:
    come_back(traveller, hostile, exp=int(time.time()) - 60)
    assert traveller.user_id == str(lena.pk)


def test_userinfo_of_another_subject_opens_nothing(hostile: Hostile, traveller: Traveller) -> None:
    hostile.userinfo = {"sub": "rut", "eduperson_principal_name": EPPN}
    come_back(traveller, hostile)
    assert (traveller.user_id, reasons()) == (None, ["subject"])


@pytest.mark.usefixtures("hostile")
def test_an_answer_that_names_another_issuer_opens_nothing(traveller: Traveller) -> None:
    sent = parse_qs(urlsplit(traveller.leave()).query)
    address = f"/logga-in/oidc/sjostad/svar/?code=x&state={sent['state'][0]}&iss=http://annan"
    traveller.client.get(address)
    assert (traveller.user_id, reasons()) == (None, ["issuer"])


@pytest.mark.parametrize(
    ("eppn", "opens"),
    [(EPPN.upper(), True), ("annan@sjostad.example", False), (MAIL, False), (None, False)],
)
def test_an_account_is_found_by_its_eppn_and_never_by_its_mail(
    eppn: str | None, opens: bool, hostile: Hostile, traveller: Traveller, lena: User
) -> None:
    hostile.userinfo = {"sub": "lena", "email": MAIL, "email_verified": True}
    come_back(traveller, hostile, eduperson_principal_name=eppn, email=MAIL, sub="lena")
    assert traveller.user_id == (str(lena.pk) if opens else None)


def test_anothers_personnummer_beside_ones_own_eppn_opens_neither(
    hostile: Hostile, traveller: Traveller, lena: User
) -> None:
    numbers = official_numbers()
    own, others = next(numbers), next(numbers)
    bind(lena, "personal_number", own)
    bind(account("rut"), "personal_number", others)
    every: list[Any] = [others, [own, others], next(numbers)]
    for said in every:
        come_back(traveller, hostile, **{NIN: said})
        assert traveller.user_id is None
    come_back(traveller, hostile, **{NIN: own})
    assert traveller.user_id == str(lena.pk)


@pytest.mark.parametrize(
    ("acr", "level"),
    [(LOA3, 3), (LOA2, 2), (None, 1), ("loa9", 1), ([LOA3], 1), (3, 1), (LOA3.upper(), 1)],
)
def test_a_level_is_what_the_signed_token_says_in_the_files_own_words(
    acr: object, level: int, hostile: Hostile, traveller: Traveller
) -> None:
    hostile.userinfo = {"sub": "lena", "acr": LOA3}
    come_back(traveller, hostile, acr=acr)
    assert traveller.client.session["assurance"]["level"] == level


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"acr": LOA2}, "weaker than the sign-in"),
        ({"acr": None}, "weaker than the sign-in"),
        ({"auth_time": None}, "not anew"),
        ({"auth_time": PAST}, "not anew"),
        ({"eduperson_principal_name": "rut@sjostad.example"}, "another person"),
        ({}, ""),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_showing_anew_who_one_is_takes_as_much_as_the_sign_in_did(
    said: dict[str, Any], reason: str, hostile: Hostile, traveller: Traveller
) -> None:
    bind(account("rut"), "eppn", "rut@sjostad.example")
    come_back(traveller, hostile, acr=LOA3)
    traveller.client.get("/bekrafta/?till=/konto/")
    address = onward(traveller.client.post("/bekrafta/via/sjostad/"))
    come_back(traveller, hostile, address, **{"acr": LOA3, "auth_time": int(time.time())} | said)
    assert reasons() == ([reason] if reason else [])
    assert ("confirmed" in traveller.client.session) == (not reason)
    assert traveller.client.session["assurance"]["level"] == 3


def test_a_weaker_sign_in_at_the_provider_takes_the_place_of_a_stronger(
    hostile: Hostile, traveller: Traveller
) -> None:
    come_back(traveller, hostile, acr=LOA3)
    come_back(traveller, hostile, acr=LOA2)
    assert traveller.client.session["assurance"] == {
        "level": 2, "method": "idp:sjostad", "factor": False,
    }  # fmt: skip


def test_what_was_typed_comes_back_with_what_the_sign_in_lacks(
    hostile: Hostile, traveller: Traveller, settings: Settings
) -> None:
    settings.ASSURANCE = "strong"
    said = []
    for acr in (LOA2, LOA3):
        come_back(traveller, hostile, acr=acr)
        traveller.client.post("/bekrafta/?till=/grupper/lagg-till/", {"course": "MAT"})
        address = onward(traveller.client.post("/bekrafta/via/sjostad/"))
        back = come_back(traveller, hostile, address, acr=acr, auth_time=int(time.time()))
        said.append(("Skicka igen" in back, "visade inte tillitsnivå 3" in back))
    assert said == [(True, True), (True, False)]
