"""Error pages say what is wrong and what to do, and give nothing away."""

import json

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.operations.logs import REQUEST_ID
from provning.organisation.models import SchoolUnit
from provning.web.errors import server_error
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_what_does_not_exist_says_so_and_shows_the_way_back(
    signed_in: SignIn, unit: SchoolUnit
) -> None:
    answer = signed_in("internal_provider", unit.id).get("/finns-inte/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<h1>Sidan finns inte</h1>" in page
    assert "utanför det du har tillgång till" in page
    assert 'href="/">Till översikten</a>' in page


def test_what_does_not_exist_looks_the_same_before_sign_in() -> None:
    assert Client().get("/finns-inte/").status_code == 404


def test_a_failure_of_ours_needs_no_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        answer = server_error(HttpRequest())
    assert answer.status_code == 500
    assert "Något gick fel" in answer.content.decode()


def test_a_failure_of_ours_shows_where_the_log_tells_of_it() -> None:
    token = REQUEST_ID.set("0123456789abcdef0123456789abcdef")
    answer = server_error(HttpRequest())
    REQUEST_ID.reset(token)
    assert "<code>0123456789abcdef0123456789abcdef</code>" in answer.content.decode()


def test_a_failure_of_ours_is_json_to_a_machine() -> None:
    request = HttpRequest()
    request.path = "/api/ss12000/v2.0/grades"
    token = REQUEST_ID.set("0123456789abcdef0123456789abcdef")
    answer = server_error(request)
    REQUEST_ID.reset(token)
    message = "Något gick fel hos oss. Felets nummer i loggen: 0123456789abcdef0123456789abcdef"
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert json.loads(answer.content) == {"code": "internal_error", "message": message}


def test_the_program_says_that_it_is_up() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
