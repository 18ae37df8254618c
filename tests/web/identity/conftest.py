"""The identity providers, the file that names them, and people who go there and back."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from django.test import Client
from pytest_django import Settings

from provning.accounts.actions import bind_identity
from provning.accounts.models import User
from provning.audit.models import AuditEvent
from tests import builders
from tests.builders import PROGRAM, TODAY, official_numbers
from tests.support.identity_providers import (
    Running,
    new_key,
    node_oidc,
    python_oidc,
    simplesaml,
)

NUMBER = next(official_numbers())
EPPN = "lena@sjostad.example"
MAIL = "lena.mail@sjostad.example"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
LOA2 = "http://id.elegnamnden.se/loa/1.0/loa2"
CALLBACK = "http://testserver/logga-in/oidc/sjostad/svar/"
EPPN_ATTRIBUTE = "urn:oid:1.3.6.1.4.1.5923.1.1.1.6"
NUMBER_ATTRIBUTE = "urn:oid:1.2.752.29.4.13"
MAIL_ATTRIBUTE = "urn:oid:0.9.2342.19200300.100.1.3"
PEOPLE = {
    "lena:hemligt": {EPPN_ATTRIBUTE: [EPPN], MAIL_ATTRIBUTE: [MAIL]},
    "nummer:hemligt": {NUMBER_ATTRIBUTE: [NUMBER]},
    "okand:hemligt": {EPPN_ATTRIBUTE: ["okand@sjostad.example"], MAIL_ATTRIBUTE: [MAIL]},
}
KEY = new_key()
KEY_ID = "vi"


@pytest.fixture(scope="session")
def python_idp() -> Iterator[Running]:
    """Return oidc-provider-mock, started once."""
    yield from python_oidc()


@pytest.fixture(scope="session")
def node_idp() -> Iterator[Running]:
    """Return oidc-provider, started once."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    yield from node_oidc(CALLBACK, public | {"kid": KEY_ID, "alg": "RS256", "use": "sig"})


@pytest.fixture(scope="session")
def saml_idp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return SimpleSAMLphp, started once."""
    yield from simplesaml(tmp_path_factory.mktemp("simplesaml"), PEOPLE)


Configure = Callable[..., None]


@pytest.fixture
def configure(settings: Settings, tmp_path: Path) -> Configure:
    """Return a writer of the file of providers, which makes it the program's."""

    def write(*entries: dict[str, Any]) -> None:
        path = tmp_path / f"providers-{len(list(tmp_path.iterdir()))}.json"
        path.write_text(json.dumps(entries), "utf-8")
        settings.IDENTITY_PROVIDERS = str(path)

    return write


def entry(protocol: str, settings: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return one provider of the file, Sjöstad's unless told otherwise."""
    return {
        "name": "sjostad",
        "label": "Sjöstads inloggning",
        "organiser": "9999",
        "protocol": protocol,
        "identities": ["eppn", "personal_number"],
        "eppn_scopes": ["sjostad.example"],
        "settings": settings,
    } | more


def oidc_entry(idp: Running, **more: Any) -> dict[str, Any]:
    """Return oidc-provider-mock as a provider."""
    settings = {"issuer": idp.address, "client_id": "provning", "client_secret": "hemligt"}
    return entry("oidc", settings, **more)


def node_entry(idp: Running, **more: Any) -> dict[str, Any]:
    """Return oidc-provider as a provider to which we sign our name."""
    pem = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    settings = {
        "issuer": idp.address,
        "client_id": "provning",
        "private_key": pem.decode(),
        "key_id": KEY_ID,
    }
    return entry("oidc", settings, **more)


def saml_entry(idp: Running, **more: Any) -> dict[str, Any]:
    """Return SimpleSAMLphp as a provider."""
    settings = {
        "entity_id": f"{idp.address}/idp",
        "sso_url": f"{idp.address}/saml2/idp/SSOService.php",
        "certificate": idp.certificate,
    }
    return entry("saml", settings, **more)


@pytest.fixture
def lena() -> User:
    """Return an account that is bound to an EPPN and has no password."""
    user = builders.account("lena")
    user.set_unusable_password()
    user.email = MAIL
    user.save()
    bind(user, "eppn", EPPN)
    return user


def bind(user: User, kind: str, value: str, provider: str = "sjostad") -> None:
    """Bind an account."""
    bind_identity(
        actor=PROGRAM,
        user_id=user.pk,
        provider=provider,
        kind=kind,
        value=value,
        scopes=frozenset({"sjostad.example"}),
        today=TODAY,
    )


@dataclass
class Traveller:
    """A browser that goes to a provider and comes back."""

    client: Client

    def leave(self, name: str = "sjostad", **fields: str) -> str:
        """Press the button of a provider; returns where the page leads."""
        return onward(self.client.post(f"/logga-in/via/{name}/", fields))

    def post_saml(self, fields: dict[str, str], *, away: bool = True) -> Any:
        """Bring the provider's POST, without our cookie as browsers do, and follow to our page."""
        cookie = self.client.cookies.pop("provning_session", None) if away else None
        posted = self.client.post("/logga-in/saml/sjostad/acs/", fields)
        if cookie is not None:
            self.client.cookies["provning_session"] = cookie.value
        return self.client.get(posted.headers["Location"])

    @property
    def user_id(self) -> str | None:
        """Return who is signed in."""
        return self.client.session.get("_auth_user_id")


@pytest.fixture
def traveller() -> Traveller:
    """Return a browser that nobody has signed in with."""
    return Traveller(Client())


def onward(page: Any) -> str:
    """Return where the page leads that sends a browser to a provider."""
    html = page.content.decode()
    found = re.search(r'content="0; url=([^"]+)"', html)
    assert found, html
    return unescape(found[1])


def reasons() -> list[str]:
    """Return why answers of providers have opened nothing, in order."""
    found = AuditEvent.objects.filter(name="identity_refused").order_by("number")
    return [json.loads(each.after)["reason"] for each in found]
