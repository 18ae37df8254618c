"""A sign-in that has run out: nothing is stored until the person is back and says so."""

import re

from django.contrib.sessions.models import Session

from tests.builders import PASSWORD
from tests.web.grades.conftest import Desk, placed, reviewed, typed
from tests.web.integrity.conftest import found, stored
from tests.web.integrity.visitor import FETCH, Forms, Visitor

DRAFTED, SIGNED_IN = "grades_drafted", "signed_in"


def sign_in_with(visitor: Visitor, html: str, username: str) -> str:
    """Sign in on the page that kept what was typed, and return the page that follows."""
    form = next(each for each in Forms(html).found if "kept" in each.fields)
    sent = form.fields | {"username": username, "password": PASSWORD}
    answer = visitor.client.post(form.action, sent)
    page: str = answer.content.decode()
    return page


def send_again(visitor: Visitor, html: str) -> object:
    """Press the button that sends what was kept."""
    form = next(each for each in Forms(html).found if each.action.startswith("/betyg/"))
    return visitor.client.post(form.action, form.fields, follow=True)


def test_a_sheet_that_met_an_expired_session_is_stored_after_sign_in_and_a_press(
    desk: Desk,
) -> None:
    visitor = Visitor(desk.teacher())
    sent = typed(visitor.page(desk.sheet), _0="A", _1="B")
    Session.objects.all().delete()
    away = visitor.send(desk.sheet, sent)
    assert away.status_code == 401
    back = sign_in_with(visitor, away.content.decode(), desk.username("Karin Wallgren"))
    assert found().drafts == {}
    send_again(visitor, back)
    assert found().drafts == placed(desk, "A", "B", "-")
    assert found().events[-1] == DRAFTED


def test_whoever_signs_in_instead_never_sees_what_another_typed(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    sent = typed(visitor.page(desk.sheet), _0="A") | {"note": "bara Karins"}
    desk.principal()
    Session.objects.all().delete()
    away = visitor.send(desk.sheet, sent)
    assert "bara Karins" not in sign_in_with(
        visitor, away.content.decode(), desk.username("Rut Hedin")
    )
    overview = visitor.page("/")
    assert "Det som var skrivet hörde till någon annan." in overview
    assert "bara Karins" not in overview
    assert found().drafts == {}


def test_a_row_saved_after_the_session_ran_out_says_so_and_stores_nothing(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    sent = typed(visitor.page(desk.sheet), _0="A")
    Session.objects.all().delete()
    answer = visitor.send(f"{desk.sheet}rader/", sent, headers=FETCH)
    assert answer.status_code == 401
    assert answer.content.decode() == "Du har loggats ut. Logga in igen."
    assert found() == stored()


def test_a_decision_that_met_an_expired_session_asks_for_the_password_anew(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    visitor.send(desk.sheet, typed(visitor.page(desk.sheet), _0="A"))
    sent = reviewed(visitor.page(desk.review))
    Session.objects.all().delete()
    away = visitor.send(desk.review, sent)
    assert away.status_code == 401
    assert re.search(rf'value="{PASSWORD}"', away.content.decode()) is None
    back = sign_in_with(visitor, away.content.decode(), desk.username("Karin Wallgren"))
    answer = send_again(visitor, back)
    html = getattr(answer, "content", b"").decode()
    assert getattr(answer, "status_code", 0) == 422
    assert "Skriv ditt lösenord." in html
    assert found().decisions == {}
    again = visitor.client.post(desk.review, reviewed(html) | token_in(html), follow=True)
    assert "1 betyg beslutat och låst." in again.content.decode()
    assert found().decisions == placed(desk, "A", "-", "-")


def token_in(html: str) -> dict[str, str]:
    """Return the token of a page."""
    name = "csrfmiddlewaretoken"
    form = next(each for each in Forms(html).found if name in each.fields)
    return {name: form.fields[name]}
