"""Calls to subscribers go to public addresses, to the one that was checked, signed, once."""

import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from pytest_django import Settings

from provning.outbound import NotAllowedTargetError, checked
from provning.publishing.signing_key import key_set
from provning.publishing.webhooks import call

BODY = {"modifiedEntites": ["Person"], "deletedEntities": False}


class Receiver(BaseHTTPRequestHandler):
    """A subscriber's server: keeps the calls, and answers as its server says."""

    def do_POST(self) -> None:
        """Take a call."""
        length = int(self.headers["Content-Length"])
        self.server.calls.append((self.path, dict(self.headers), self.rfile.read(length)))  # type: ignore[attr-defined] # the test's own
        self.send_response(self.server.status)  # type: ignore[attr-defined] # as above
        if self.server.status == 302:  # type: ignore[attr-defined] # as above
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Any]:
    server: Any = HTTPServer(("127.0.0.1", 0), Receiver)
    server.calls, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def anywhere(settings: Settings) -> None:
    """Let calls go to this machine."""
    settings.WEBHOOKS_ANYWHERE = True
    settings.PUBLIC_ADDRESS = "https://provning.example.se"


def address(receiver: Any, path: str = "/told?by=us") -> str:
    return f"http://127.0.0.1:{receiver.server_port}{path}"


def now() -> datetime:
    """Return the moment of the call: what it signs holds for a few minutes alone."""
    return datetime.now(UTC)


@pytest.mark.usefixtures("anywhere")
def test_a_call_is_signed_with_our_published_key(receiver: Any) -> None:
    target = address(receiver)
    assert call(target, "abc", BODY, now()) == ""
    ((path, headers, content),) = receiver.calls
    assert (path, json.loads(content)) == ("/told?by=us", BODY)
    key = jwt.PyJWKSet.from_dict(key_set()).keys[0]
    token = headers["Authorization"].removeprefix("Bearer ")
    assert jwt.get_unverified_header(token)["kid"] == key.key_id
    claims = jwt.decode(token, key.key, algorithms=["ES256"], audience=target)
    assert {name: claims[name] for name in ("iss", "sub", "body_sha256")} == {
        "iss": "https://provning.example.se",
        "sub": "abc",
        "body_sha256": hashlib.sha256(content).hexdigest(),
    }


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize("status", [302, 404, 500])
def test_anything_but_success_is_a_fault_and_no_redirect_is_followed(
    receiver: Any, status: int
) -> None:
    receiver.status = status
    assert call(address(receiver), "abc", BODY, now()) == f"HTTP {status}"
    assert len(receiver.calls) == 1


@pytest.mark.usefixtures("anywhere")
def test_nobody_at_home_is_a_fault() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    assert call(f"http://127.0.0.1:{port}/", "abc", BODY, now()) == "NewConnectionError"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 # an address that must not be called
        "224.0.0.1",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "2130706433",
        "0x7f000001",
        "127.1",
        "localhost",
    ],
)
def test_our_own_network_is_never_called(receiver: Any, host: str) -> None:
    target = f"https://{host}:{receiver.server_port}/"
    with pytest.raises(NotAllowedTargetError):
        checked(target)
    assert call(target, "abc", BODY, now()).startswith("target: ")
    assert receiver.calls == []


@pytest.mark.parametrize("target", ["http://192.0.2.1/", "ftp://192.0.2.1/", "x", "https://"])
def test_only_https_is_called(target: str) -> None:
    with pytest.raises(NotAllowedTargetError):
        checked(target)


def answers(*addresses: str) -> Any:
    def lookup(_host: str, port: int, **_more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    return lookup


def test_a_name_with_one_inner_address_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "10.0.0.1"))
    with pytest.raises(NotAllowedTargetError):
        checked("https://example.com/")


@pytest.mark.usefixtures("anywhere")
def test_the_address_that_was_checked_is_the_one_that_is_called(
    receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = socket.getaddrinfo, []

    def first_ours_then_nobody(host: str, port: int, *more: Any, **named: Any) -> Any:
        asked.append(host)
        known = "127.0.0.1" if host == "moving.example" else host
        return real(known, port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", first_ours_then_nobody)
    port = receiver.server_port
    assert call(f"http://moving.example:{port}/", "abc", BODY, now()) == ""
    assert asked.count("moving.example") == 1
    assert receiver.calls[0][1]["Host"] == f"moving.example:{port}"
