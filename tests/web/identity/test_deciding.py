"""Deciding asks who one is, by whatever one has; and what was typed waits meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from provning.accounts.models import User
from provning.audit.models import AuditEvent
from provning.kernel.actors import Permission
from provning.web.screen_request import actor_of
from tests.builders import PASSWORD, recorded
from tests.clients.making import bearer, make_client
from tests.support.identity_providers import Running, sign_in_at_node, sign_in_at_simplesaml
from tests.support.second_step import code_of, with_app
from tests.web.grades.conftest import Desk, desk, placed, reviewed, typed
from tests.web.identity.conftest import (
    EPPN,
    LOA3,
    Configure,
    Traveller,
    bind,
    node_entry,
    onward,
    reasons,
    saml_entry,
)
from tests.web.integrity.conftest import found
from tests.web.integrity.visitor import Form, Forms

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
WHO = {"eduperson_principal_name": EPPN}


def form_to(html: str, action: str) -> Form:
    """Return the form of a page that goes to an address."""
    return next(each for each in Forms(html).found if each.action == action)


def to_decide(desk: Desk, client: Client) -> str:
    """Type a grade, and return the review page."""
    client.post(desk.sheet, typed(client.get(desk.sheet).content.decode(), _0="A"))
    return client.get(desk.review).content.decode()


def karin() -> User:
    """Return the account of the group's teacher, who has signed in."""
    return User.objects.get(name="Karin Wallgren")


class TestDeciding:
    def test_a_password_alone_does_not_decide_where_more_is_asked(
        self, desk: Desk, settings: Settings
    ) -> None:
        client = desk.teacher()
        settings.ASSURANCE = "strong"
        page = to_decide(desk, client)
        assert "Det här kräver mer än ett lösenord" in page
        assert 'name="password"' not in page
        answer = client.post(desk.review, reviewed(page))
        assert (answer.status_code, found().decisions) == (422, {})

    def test_the_key_of_a_program_decides_nothing_and_lends_no_strength(
        self, desk: Desk, settings: Settings
    ) -> None:
        client = desk.teacher()
        settings.ASSURANCE = "strong"
        page = to_decide(desk, client)
        sent, token = reviewed(page), bearer(make_client(data_classes=["grades"]))
        for each in (client, Client()):
            answer = each.post(desk.review, sent, headers=token)
            assert (answer.status_code, found().decisions) == (422 if each is client else 401, {})

    def test_a_code_makes_it_enough_and_what_was_typed_is_sent_again(
        self, desk: Desk, settings: Settings
    ) -> None:
        client = desk.teacher()
        settings.ASSURANCE = "strong"
        secret, _codes = with_app(karin())
        page = to_decide(desk, client)
        client.post(f"/bekrafta/?till={desk.review}", reviewed(page))
        assert PASSWORD not in str(dict(client.session))
        with recorded() as events:
            wrong = client.post("/bekrafta/har/", {"one_time_code": "0"})
            assert (wrong.status_code, found().decisions) == (422, {})
            back = client.post("/bekrafta/har/", {"one_time_code": code_of(secret)})
        assert events == ["factor_refused", "stepped_up"]
        form = form_to(back.content.decode(), desk.review)
        assert found().decisions == {}
        client.post(desk.review, form.fields)
        assert found().decisions == placed(desk, "A", "-", "-")
        assert AuditEvent.objects.filter(name="stepped_up").count() == 1

    def test_what_is_confirmed_holds_for_its_own_address_and_for_minutes(
        self, desk: Desk, settings: Settings
    ) -> None:
        client = desk.teacher()
        settings.ASSURANCE = "strong"
        secret, _codes = with_app(karin())
        page = to_decide(desk, client)
        client.post("/bekrafta/?till=/konto/", {})
        client.post("/bekrafta/har/", {"one_time_code": code_of(secret)})
        assert client.post(desk.review, reviewed(page) | {"password": ""}).status_code == 422
        session = client.session
        old = (datetime.now(UTC) - timedelta(minutes=6)).timestamp()
        session["confirmed"] = {"path": desk.review, "at": old}
        session.save()
        assert client.post(desk.review, reviewed(page) | {"password": ""}).status_code == 422
        assert found().decisions == {}

    def test_whoever_signs_in_by_a_provider_decides_by_signing_in_there_anew(
        self, desk: Desk, configure: Configure, node_idp: Running, settings: Settings
    ) -> None:
        traveller = Traveller(desk.teacher())
        settings.ASSURANCE = "strong"
        user = karin()
        bind(user, "eppn", EPPN)
        User.objects.filter(pk=user.pk).update(password="!")
        configure(node_entry(node_idp))
        traveller.client.get(sign_in_at_node(traveller.leave(), "l", WHO, LOA3))
        page = to_decide(desk, traveller.client)
        assert 'name="password"' not in page
        traveller.client.post(f"/bekrafta/?till={desk.review}", reviewed(page))
        address = onward(traveller.client.post("/bekrafta/via/sjostad/"))
        assert "prompt=login" in address
        assert "max_age=0" in address
        back = traveller.client.get(sign_in_at_node(address, "l", WHO, LOA3))
        form = form_to(back.content.decode(), desk.review)
        traveller.client.post(desk.review, form.fields)
        assert found().decisions == placed(desk, "A", "-", "-")

    def test_another_person_at_the_provider_confirms_nothing(
        self, desk: Desk, configure: Configure, saml_idp: Running, lena: User
    ) -> None:
        traveller = Traveller(desk.teacher())
        bind(karin(), "eppn", "karin@sjostad.example")
        configure(saml_entry(saml_idp))
        traveller.client.get(f"/bekrafta/?till={desk.review}")
        address = onward(traveller.client.post("/bekrafta/via/sjostad/"))
        answer = traveller.post_saml(sign_in_at_simplesaml(address, "lena", "hemligt"), away=False)
        assert (answer.status_code, reasons()) == (403, ["another person"])
        assert "confirmed" not in traveller.client.session
        assert lena.is_active


class TestRunningOut:
    def test_a_sheet_survives_the_round_trip_to_the_provider(
        self, desk: Desk, configure: Configure, saml_idp: Running
    ) -> None:
        traveller = Traveller(desk.teacher())
        bind(karin(), "eppn", EPPN)
        configure(saml_entry(saml_idp))
        sent = typed(traveller.client.get(desk.sheet).content.decode(), _0="C")
        session = traveller.client.session
        session["seen_at"] = 1
        session.save()
        away = traveller.client.post(desk.sheet, sent)
        assert away.status_code == 401
        form = form_to(away.content.decode(), "/logga-in/via/sjostad/")
        address = onward(traveller.client.post(form.action, form.fields))
        back = traveller.post_saml(sign_in_at_simplesaml(address, "lena", "hemligt"))
        again = form_to(back.content.decode(), desk.sheet)
        assert found().drafts == {}
        traveller.client.post(again.action, again.fields)
        assert found().drafts == placed(desk, "C", "-", "-")

    def test_another_who_signs_in_at_the_provider_sees_nothing_of_it(
        self, desk: Desk, configure: Configure, saml_idp: Running, lena: User
    ) -> None:
        traveller = Traveller(desk.teacher())
        configure(saml_entry(saml_idp))
        sent = typed(traveller.client.get(desk.sheet).content.decode(), _0="C")
        session = traveller.client.session
        session["seen_at"] = 1
        session.save()
        away = traveller.client.post(desk.sheet, sent | {"note": "bara Karins"})
        form = form_to(away.content.decode(), "/logga-in/via/sjostad/")
        address = onward(traveller.client.post(form.action, form.fields))
        back = traveller.post_saml(sign_in_at_simplesaml(address, "lena", "hemligt"))
        assert (back.status_code, traveller.user_id) == (302, str(lena.pk))
        page = traveller.client.get("/").content.decode()
        assert "bara Karins" not in page
        assert "hörde till någon annan" in page


def test_a_weak_sign_in_has_no_right_to_see_protected_persons(
    desk: Desk, settings: Settings
) -> None:
    settings.ASSURANCE = "strong"
    client = desk.principal()

    def may() -> bool:
        actor = actor_of(client.get("/").wsgi_request)
        return actor is not None and actor.may(Permission.VIEW_PROTECTED)

    assert may() is False
    closed = client.get("/skydd/")
    assert closed.status_code == 403
    assert 'href="/bekrafta/?till=/skydd/"' in closed.content.decode()
    assert "Din roll räcker inte" in client.get("/konton/").content.decode()
    session = client.session
    session["assurance"] = {"level": 1, "method": "password", "factor": True}
    session.save()
    assert (may(), client.get("/skydd/").status_code) == (True, 200)
