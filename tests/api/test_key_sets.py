"""Key sets of others are fetched from their own address alone, and kept for a while."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from provning.api.issuers import subject_of

pytestmark = pytest.mark.once("no key set has met the database")


class Keys(BaseHTTPRequestHandler):
    """An issuer's server: its key set, and an address that leads to it."""

    def do_GET(self) -> None:
        """Hand out the keys, or a redirect to them."""
        self.server.asked.append(self.path)  # type: ignore[attr-defined] # the test's own
        content: bytes = self.server.keys if self.path == "/jwks" else b""  # type: ignore[attr-defined] # as above
        self.send_response(200 if content else 302)
        self.send_header("Location", "/jwks")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def issuer() -> Iterator[Any]:
    """Serve a key set on this machine, with the private key beside it."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    server.private, server.asked = ec.generate_private_key(ec.SECP256R1()), []
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(server.private.public_key()))
    server.keys = json.dumps({"keys": [{**public, "kid": "k1", "alg": "ES256"}]}).encode()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def believe(issuer: Any, tmp_path: Path, settings: Settings) -> Any:
    """Return a way to believe the issuer's keys at a path of its server."""

    def at(path: str, *, trusted: bool = True) -> None:
        host = f"127.0.0.1:{issuer.server_port}"
        settings.FEED_HOSTS = frozenset({host} if trusted else ())
        file = tmp_path / "issuers.json"
        file.write_text(json.dumps([{"name": "dnp", "keys": f"http://{host}{path}"}]), "utf-8")
        settings.TOKEN_ISSUERS = str(file)

    return at


def token(issuer: Any) -> str:
    claims = {"sub": "SE2021004185", "exp": int(time.time()) + 300}
    return jwt.encode(claims, issuer.private, algorithm="ES256", headers={"kid": "k1"})


def test_keys_are_fetched_once_and_kept(issuer: Any, believe: Any) -> None:
    believe("/jwks")
    assert [subject_of(token(issuer)) for _time in range(2)] == [("dnp", "SE2021004185")] * 2
    assert issuer.asked == ["/jwks"]


def test_a_redirect_to_keys_is_not_followed(issuer: Any, believe: Any) -> None:
    believe("/elsewhere")
    assert subject_of(token(issuer)) is None
    assert set(issuer.asked) == {"/elsewhere"}


def test_our_own_network_has_no_issuer(issuer: Any, believe: Any) -> None:
    believe("/jwks", trusted=False)
    assert subject_of(token(issuer)) is None
    assert issuer.asked == []
