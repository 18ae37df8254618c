"""Grades are fetched from allowed addresses alone: so much, so long, never from another place."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from provning.feeds.fetching import fetch
from provning.kernel.problems import ProblemsFoundError

pytestmark = pytest.mark.once("what is fetched has not met the database")
GRADES = b"<betyg/>" * 20_000


class OtherSystem(BaseHTTPRequestHandler):
    """Another system's server: hands out grades, or does what the path says."""

    def do_GET(self) -> None:
        """Answer a question."""
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, self.headers["Host"], self.headers["Authorization"]))  # type: ignore[attr-defined] # the test's own
        status = int(path[1:]) if path[1:].isdigit() else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/betyg")
        self.send_header("Content-Length", str(len(GRADES) + (path == "/broken")))
        self.end_headers()
        if path == "/slow":
            self._drip()
        else:
            self.wfile.write(GRADES)

    def _drip(self) -> None:
        """Send a little at a time, for longer than anybody waits."""
        for _each in range(40):
            try:
                self.wfile.write(b"<betyg/>")
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), OtherSystem)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def address(other: Any, settings: Settings) -> str:
    """Return the address of the other system, which this installation trusts."""
    other.asked.clear()
    host = f"127.0.0.1:{other.server_port}"
    settings.FEED_HOSTS = frozenset({host})
    return f"http://{host}"


def refused(address: str, most: int = 10**6, seconds: float = 10) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFoundError) as found:
        list(fetch(address, most, field="address", seconds=seconds).pieces)
    return [(each.code, each.field) for each in found.value.problems]


def test_grades_are_fetched_from_a_host_that_is_trusted(other: Any, address: str) -> None:
    written = address.replace("http://", "http://anna:hemlig%21@")
    found = fetch(f"{written}/betyg?from=2026-01-01", len(GRADES), field="address")
    host = f"127.0.0.1:{other.server_port}"
    assert (found.file_name, b"".join(found.pieces)) == (f"{host}/betyg", GRADES)
    assert other.asked == [("/betyg?from=2026-01-01", host, "Basic YW5uYTpoZW1saWch")]


@pytest.mark.parametrize(
    "target",
    [
        "http://{host}",
        "https://{host}",
        "https://localhost",
        "x",
        "https://[",
        "file:///etc/passwd",
    ],
)
def test_our_own_network_is_not_fetched_from(other: Any, settings: Settings, target: str) -> None:
    other.asked.clear()
    settings.FEED_HOSTS = frozenset({"127.0.0.1:1"})
    host = f"127.0.0.1:{other.server_port}"
    assert refused(target.format(host=host)) == [("fetch-address", "address")]
    assert other.asked == []


@pytest.mark.parametrize("status", [302, 401, 500])
def test_anything_but_the_grades_is_refused(other: Any, address: str, status: int) -> None:
    assert refused(f"{address}/{status}") == [("fetch-refused", "address")]
    assert [path for path, _host, _password in other.asked] == [f"/{status}"]


def test_more_than_is_read_is_refused(address: str) -> None:
    assert refused(f"{address}/betyg", most=len(GRADES) - 1) == [("fetch-too-large", "address")]


def test_a_slow_sender_is_given_up(address: str) -> None:
    assert refused(f"{address}/slow", seconds=0.3) == [("fetch-too-slow", "address")]


def test_an_answer_that_breaks_off_is_no_answer(address: str) -> None:
    assert refused(f"{address}/broken") == [("fetch-unreachable", "address")]


def test_nobody_at_home_is_told(settings: Settings) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{held.getsockname()[1]}"
    settings.FEED_HOSTS = frozenset({host})
    assert refused(f"http://{host}/betyg") == [("fetch-unreachable", "address")]
