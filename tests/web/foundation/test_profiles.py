"""A browser profile that has been given back holds nothing of whoever had it."""

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.web.profiles import Profiles

pytestmark = pytest.mark.django_db(transaction=True)
STORE = "['localStorage', 'sessionStorage'].forEach(each => window[each].setItem('a', 'b'))"
STORED = "[localStorage.length, sessionStorage.length]"


def test_the_next_to_have_a_profile_finds_it_empty(
    profiles: Profiles, live_server: LiveServer
) -> None:
    address = live_server.url
    with profiles.one(address) as first:
        page = first.new_page()
        page.goto(f"{address}/logga-in/")
        page.evaluate(STORE)
        first.add_cookies([{"name": "a", "value": "b", "url": address}])
        assert page.evaluate(STORED) == [1, 1]
    with profiles.one(address) as second, profiles.one(address) as other:
        assert (second is first, other is first) == (True, False)
        page = second.new_page()
        page.goto(f"{address}/static/logo.svg")
        assert (page.evaluate(STORED), second.cookies(), len(second.pages)) == ([0, 0], [], 2)
