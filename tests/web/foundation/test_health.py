"""For whoever keeps the program running: alive, ready, figures; a log that gives nobody away."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from provning.operations.actions import beat
from provning.operations.logs import JsonFormatter
from provning.web.requests_log import RequestLogMiddleware, request_id

pytestmark = pytest.mark.django_db
NUMBER, NAME, WORD = "189001019802", "Hemlighet-Karlsson", "ett hemligt lösenord"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Give what is logged, written as the program writes it, whatever the level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def logged(lines: io.StringIO) -> list[dict[str, object]]:
    """Return every line, read back."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_alive_asks_nothing_of_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_when_a_worker_lives(settings: Settings) -> None:
    settings.DATA_DIR.mkdir(exist_ok=True)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == "fault"
    beat(worker="a", started_at=datetime.now(UTC), now=datetime.now(UTC))
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert set(answer.json()["checks"]) == {"database", "migrations", "worker", "disk"}


@pytest.mark.parametrize(
    ("token", "sent", "expected"),
    [
        ("", {}, 200),
        ("", {"REMOTE_ADDR": "192.0.2.7"}, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 404),
        ("", {"HTTP_FORWARDED": "for=192.0.2.7"}, 404),
        ("", {"HTTP_X_REAL_IP": "192.0.2.7"}, 404),
        ("hemligt", {}, 404),
        ("hemligt", {"HTTP_AUTHORIZATION": "Bearer fel"}, 404),
        ("hemligt", {"HTTP_AUTHORIZATION": "Bearer hemligt", "REMOTE_ADDR": "192.0.2.7"}, 200),
    ],
)
def test_figures_are_for_whoever_may_have_them(
    settings: Settings, token: str, sent: dict[str, str], expected: int
) -> None:
    settings.METRICS_TOKEN = token
    assert Client().get("/metrics", **sent).status_code == expected  # type: ignore[arg-type] # WSGI's own


def test_figures_tell_how_it_fares_and_of_nobody() -> None:
    Client().get(f"/elever/?q={NUMBER}")
    Client().get(f"/finns/{NUMBER}/{NAME}")
    text = Client().get("/metrics").content.decode()
    assert NUMBER not in text
    assert NAME not in text
    names = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    assert names >= {
        "provning_requests_total",
        "provning_request_seconds",
        "provning_info",
        "provning_ready",
        "provning_jobs",
        "provning_job_waiting_seconds",
        "provning_worker_beat_timestamp_seconds",
        "provning_backup_timestamp_seconds",
        "provning_audit_events",
        "provning_disk_free_bytes",
    }
    assert re.search(r'provning_requests_total\{method="GET",route="elever/"', text)
    assert 'route="(none)",status="404"' in text


KNOWN: dict[str, str] = {}


def failing(request: HttpRequest) -> str:
    """Fail as code does that puts what it was given into its exception."""
    message = f"{NAME} {request.POST.get('number')}"
    try:
        return KNOWN[message]
    except KeyError as error:
        raise ValueError(message) from error


def test_nothing_personal_is_ever_logged(lines: io.StringIO, settings: Settings) -> None:
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    get_user_model().objects.create(username="larare", name=NAME)
    browser = Client(raise_request_exception=False)
    browser.get(f"/elever/{NUMBER}/?q={NAME}", HTTP_USER_AGENT=NAME, HTTP_REFERER=f"/x/{NUMBER}")
    browser.get(f"/finns-inte/{NUMBER}/{NAME}/", HTTP_X_REQUEST_ID=NUMBER)
    browser.get("/", HTTP_HOST=f"{NUMBER}.example.se")
    browser.post("/logga-in/", {"username": NUMBER, "password": WORD})
    browser.post("/logga-in/", b"{" + NAME.encode(), content_type="application/json")
    request = RequestFactory().post("/x/", {"number": NUMBER})
    try:
        failing(request)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", NAME)
    logging.getLogger("some.library").warning(f"could not read {NUMBER}")  # noqa: G004 # as others do
    text = lines.getvalue()
    assert [each for each in (NUMBER, NAME, WORD) if each in text] == []
    assert len([each for each in logged(lines) if each["logger"] == "provning.request"]) == 5


def test_an_exception_is_told_by_kind_and_place(lines: io.StringIO) -> None:
    try:
        failing(RequestFactory().post("/x/", {"number": NUMBER}))
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", NAME)
    [line] = logged(lines)
    chain = line["exception"]
    assert isinstance(chain, list)
    assert [each["type"] for each in chain] == ["builtins.ValueError", "builtins.KeyError"]
    assert chain[0]["places"][-1].endswith(" failing")


def test_a_request_is_one_line_with_its_pattern(lines: io.StringIO) -> None:
    answer = Client().get("/healthz")
    [line] = [each for each in logged(lines) if each["logger"] == "provning.request"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    facts = {key: line[key] for key in ("level", "event", "method", "route", "status")}
    assert facts == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "healthz",
        "status": 200,
    }


def test_a_proxys_random_id_is_kept_and_anything_else_is_not() -> None:
    given = "0123456789abcdef0123456789ABCDEF"
    assert request_id(RequestFactory().get("/", HTTP_X_REQUEST_ID=given)) == given.lower()
    for other in (NUMBER, NAME, "0" * 31, "0" * 33):
        made = request_id(RequestFactory().get("/", HTTP_X_REQUEST_ID=other))
        assert made != other
        assert re.fullmatch("[0-9a-f]{32}", made)


def test_lines_within_a_request_carry_its_id(lines: io.StringIO) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        logging.getLogger("provning.inside").warning("inside")
        return HttpResponse()

    answer = RequestLogMiddleware(view)(RequestFactory().get("/"))
    ids = {str(each["request_id"]) for each in logged(lines)}
    assert ids == {answer.headers["X-Request-ID"]}
    logging.getLogger("provning.outside").warning("outside")
    assert "request_id" not in logged(lines)[-1]


def test_only_known_facts_are_written(lines: io.StringIO) -> None:
    logging.getLogger("provning.x").warning("event", extra={"person": NAME, "status": 3})
    [line] = logged(lines)
    assert set(line) == {"time", "level", "logger", "event", "status"}
