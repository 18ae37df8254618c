"""A machine gets a token, and is let in with it, or with somebody else's, or a certificate."""

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from provning.api.access import Machine, machine
from provning.api.answers import json_answer
from provning.clients.actions import revoke_client
from provning.clients.models import ClientCall
from provning.clients.rows import MadeClient
from provning.kernel.problems import NotAllowedError, NotFoundError
from tests.builders import PROGRAM, TODAY
from tests.clients.making import NOW, bearer, make_client

pytestmark = pytest.mark.django_db
TOKEN = "/api/token"
GRANT = {"grant_type": "client_credentials"}
Ask = Callable[..., HttpResponse]


@machine("grades")
def endpoint(_request: HttpRequest, caller: Machine) -> HttpResponse:
    """Say who called, as an endpoint of any other room would."""
    return json_answer({"name": caller.client.name, "sees": sorted(caller.data_classes)})


def ask(headers: dict[str, str] | None = None, method: str = "get", **extra: Any) -> HttpResponse:
    """Call the endpoint."""
    request = getattr(RequestFactory(), method)(
        "/api/x?student=189001019802", headers=headers or {}, **extra
    )
    response = endpoint(request)
    assert isinstance(response, HttpResponse)
    return response


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)


def send(client: Client, form: dict[str, str], headers: dict[str, str] | None = None) -> Any:
    """Ask for a token as a program does."""
    kind = "application/x-www-form-urlencoded"
    return client.post(TOKEN, urlencode(form), content_type=kind, headers=headers or {})


def basic(made: MadeClient) -> dict[str, str]:
    pair = f"{made.client_id}:{made.secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def in_form(made: MadeClient) -> dict[str, str]:
    return {"client_id": str(made.client_id), "client_secret": made.secret}


def test_a_client_gets_a_token_by_its_header_and_calls_with_it(client: Client) -> None:
    made = make_client(data_classes=["grades", "groups"])
    answer = send(client, GRANT, headers=basic(made))
    given = answer.json()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert {key: given[key] for key in ("token_type", "expires_in", "scope")} == {
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "grades groups",
    }
    called = ask({"Authorization": f"Bearer {given['access_token']}"})
    assert body(called) == {"name": "Skolplattformen", "sees": ["grades", "groups"]}


def test_a_client_may_send_its_secret_in_the_form_and_ask_for_less(client: Client) -> None:
    made = make_client(data_classes=["grades", "groups"])
    given = send(client, {**GRANT, **in_form(made), "scope": "grades"}).json()
    called = ask({"Authorization": f"Bearer {given['access_token']}"})
    assert body(called)["sees"] == ["grades"]


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "guess"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": "64f85de7-566b-473c-9d09-d90d3a9ffade"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "groups"}, 400, "invalid_scope"),
    ],
)
def test_no_token_is_given_and_the_answer_says_why(
    client: Client, change: dict[str, str], status: int, error: str
) -> None:
    made = make_client(data_classes=["grades"])
    answer = send(client, {**GRANT, **in_form(made), **change})
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert "access_token" not in answer.json()


def test_a_token_endpoint_is_not_for_looking(client: Client) -> None:
    made = make_client()
    assert client.get(TOKEN, {**GRANT, **in_form(made)}).status_code == 400


@pytest.mark.parametrize("how", ["stopped", "run out"])
def test_a_client_that_may_not_call_gets_no_token_and_its_old_one_opens_nothing(
    client: Client, how: str, settings: Settings
) -> None:
    settings.TODAY = TODAY.isoformat()
    made = make_client(expires_on=TODAY)
    token = bearer(made)
    assert ask(token).status_code == 200
    if how == "stopped":
        revoke_client(actor=PROGRAM, client_id=made.client_id, now=NOW)
    else:
        settings.TODAY = "2026-11-25"
    assert ask(token).status_code == 401
    assert send(client, {**GRANT, **in_form(made)}).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer a.b.c", "Bearer ÅÄÖ", "Digest x"]
)
def test_nobody_is_told_nothing(header: str) -> None:
    make_client()
    answer = ask({"Authorization": header} if header else None)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="provning"')
    assert body(answer) == {"code": "unauthorized", "message": "Anropet saknar en giltig token."}


def test_a_token_for_other_data_is_told_what_it_lacks() -> None:
    answer = ask(bearer(make_client(), ["groups"]))
    assert (answer.status_code, body(answer)["code"]) == (403, "insufficient_scope")
    assert 'scope="grades"' in answer["WWW-Authenticate"]


def test_what_cannot_be_done_here_is_told() -> None:
    answer = ask(bearer(make_client()), "post")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_every_call_stands_in_the_log_and_its_question_does_not() -> None:
    made = make_client()
    ask(bearer(made))
    ask()
    rows = ClientCall.objects.order_by("pk").values_list("client", "path", "filters", "status")
    assert list(rows) == [
        (made.client_id, "/api/x", "student", 200),
        (None, "/api/x", "student", 401),
    ]
    assert "189001019802" not in str(list(ClientCall.objects.values()))


def test_a_call_that_fails_is_in_the_log_as_failed() -> None:
    @machine("grades")
    def broken(_request: HttpRequest, _caller: Machine) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        broken(RequestFactory().get("/api/x", headers=bearer(make_client())))
    assert ClientCall.objects.get().status == 500


@pytest.mark.parametrize(("error", "status"), [(NotFoundError, 404), (NotAllowedError, 403)])
def test_what_a_query_refuses_becomes_an_answer(error: type[Exception], status: int) -> None:
    @machine("grades")
    def refused(_request: HttpRequest, _caller: Machine) -> HttpResponse:
        raise error

    answer = refused(RequestFactory().get("/api/x", headers=bearer(make_client())))
    assert answer.status_code == status
    assert ClientCall.objects.get().status == status


def test_too_many_calls_are_told_when_to_come_back() -> None:
    token = bearer(make_client(calls_per_minute=2))
    answers = [ask(token) for _time in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert body(answers[2])["code"] == "too_many_requests"


def test_a_call_has_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    token = bearer(make_client())
    # Token with its client, their places; lock, count, log (with a savepoint); and the answer.
    with django_assert_num_queries(10):
        ask(token)


# Certificates that the proxy tells of.


@pytest.fixture
def proxy(settings: Settings) -> None:
    """Believe the proxy at 192.0.2.10."""
    settings.CLIENT_CERTIFICATE_HEADER = "X-Client-Name"
    settings.CLIENT_CERTIFICATE_PROXIES = ["192.0.2.10"]


def through(address: str, name: str, more: dict[str, str] | None = None) -> HttpResponse:
    headers = {"X-Client-Name": name, **(more or {})}
    return ask(headers, REMOTE_ADDR=address)


@pytest.mark.usefixtures("proxy")
def test_a_certificate_that_is_asked_for_must_be_shown_too() -> None:
    token = bearer(make_client(certificate="CN=a"))
    asked = [
        through("192.0.2.10", "CN=a", token),
        through("192.0.2.10", "CN=b", token),
        through("192.0.2.11", "CN=a", token),
        ask(token, REMOTE_ADDR="192.0.2.10"),
    ]
    assert [each.status_code for each in asked] == [200, 401, 401, 401]


@pytest.mark.usefixtures("proxy")
def test_a_certificate_alone_lets_in_only_who_may_come_without_a_token() -> None:
    make_client("A", certificate="CN=a", certificate_alone=True)
    make_client("B", certificate="CN=b")
    asked = [
        through("192.0.2.10", "CN=a"),
        through("192.0.2.10", "CN=b"),
        through("192.0.2.11", "CN=a"),
        through("192.0.2.10", "CN=a", {"Authorization": "Bearer wrong"}),
    ]
    assert [each.status_code for each in asked] == [200, 401, 401, 401]


def test_without_a_header_named_in_the_settings_no_certificate_is_believed() -> None:
    token = bearer(make_client(certificate="CN=a", certificate_alone=True))
    assert through("127.0.0.1", "CN=a", token).status_code == 401
    assert through("127.0.0.1", "CN=a").status_code == 401


# Tokens that others issue.
LOCATION = "https://provning.example.se/api/ss12000/v2.0"


@pytest.fixture
def signing_key(tmp_path: Path, settings: Settings) -> ec.EllipticCurvePrivateKey:
    """Believe an issuer whose key set lies in a file."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
    keys, issuers = tmp_path / "jwks.json", tmp_path / "issuers.json"
    keys.write_text(json.dumps({"keys": [{**public, "kid": "k1", "alg": "ES256"}]}), "utf-8")
    issuer = {
        "name": "dnp",
        "keys": str(keys),
        "algorithms": ["ES256"],
        "identity_claim": "organization_id",
        "access_type": "ss12000-api",
        "location": LOCATION,
    }
    issuers.write_text(json.dumps([issuer]), "utf-8")
    settings.TOKEN_ISSUERS = str(issuers)
    return key


def signed(key: ec.EllipticCurvePrivateKey, kid: str = "k1", **changes: Any) -> dict[str, str]:
    claims = {
        "organization_id": "SE2021004185",
        "nbf": int(time.time()) - 5,
        "exp": int(time.time()) + 300,
        "requested_access": [{"type": "ss12000-api", "locations": [LOCATION]}],
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode(kept, key, algorithm="ES256", headers={"kid": kid})
    return {"Authorization": f"Bearer {token}"}


def test_a_token_of_a_known_issuer_opens_what_its_client_sees(
    signing_key: ec.EllipticCurvePrivateKey,
) -> None:
    make_client("DNP", data_classes=["grades"], issuer="dnp", subject="SE2021004185")
    assert body(ask(signed(signing_key))) == {"name": "DNP", "sees": ["grades"]}


@pytest.mark.parametrize(
    "changes",
    [
        {"organization_id": "SE2120000142"},
        {"organization_id": None},
        {"organization_id": ["SE2021004185"]},
        {"exp": 1},
        {"exp": None},
        {"nbf": 99999999999},
        {"requested_access": None},
        {"requested_access": "ss12000-api"},
        {"requested_access": [{"type": "other", "locations": [LOCATION]}]},
        {"requested_access": [{"type": "ss12000-api", "locations": ["https://other.example"]}]},
    ],
    ids=str,
)
def test_a_token_that_says_something_else_opens_nothing(
    signing_key: ec.EllipticCurvePrivateKey, changes: dict[str, Any]
) -> None:
    make_client("DNP", issuer="dnp", subject="SE2021004185")
    assert ask(signed(signing_key, **changes)).status_code == 401


def test_a_token_of_another_key_opens_nothing(signing_key: ec.EllipticCurvePrivateKey) -> None:
    make_client("DNP", issuer="dnp", subject="SE2021004185")
    assert ask(signed(ec.generate_private_key(ec.SECP256R1()))).status_code == 401
    assert ask(signed(signing_key, kid="k2")).status_code == 401


def test_an_unsigned_token_opens_nothing(signing_key: ec.EllipticCurvePrivateKey) -> None:
    make_client("DNP", issuer="dnp", subject="SE2021004185")
    honest = signed(signing_key)["Authorization"].split()[1]
    claims = jwt.decode(honest, options={"verify_signature": False})
    forged = jwt.encode(claims, "", algorithm="none", headers={"kid": "k1"})
    assert ask({"Authorization": f"Bearer {forged}"}).status_code == 401


def test_no_address_for_machines_shows_a_page_for_people(client: Client) -> None:
    answer = client.get("/api/what/ever")
    assert (answer.status_code, answer.content) == (404, b"")
