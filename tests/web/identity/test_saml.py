"""SAML 2.0, there and back, with Debian's SimpleSAMLphp; and what is refused of its answers."""

import base64
import re
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from zlib import decompress

import pytest
from django.test import Client
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Saml

from provning.accounts.models import User
from provning.web.identity.saml import ASSERTION, authenticated_at
from tests.builders import account
from tests.support.identity_providers import Running, sign_in_at_simplesaml
from tests.web.identity.conftest import (
    EPPN,
    NUMBER,
    Configure,
    Traveller,
    bind,
    reasons,
    saml_entry,
)

pytestmark = pytest.mark.django_db


def answer_of(traveller: Traveller, who: str = "lena") -> dict[str, str]:
    """Go to the provider and sign in there; returns what its page posts to us."""
    return sign_in_at_simplesaml(traveller.leave(), who, "hemligt")


def xml_of(fields: dict[str, str]) -> str:
    return base64.b64decode(fields["SAMLResponse"]).decode()


def with_xml(xml: str) -> dict[str, str]:
    return {"SAMLResponse": base64.b64encode(xml.encode()).decode()}


@pytest.fixture
def ready(configure: Configure, saml_idp: Running, lena: User, traveller: Traveller) -> Traveller:
    """Return a browser where Sjöstad's provider is set up and Lena is bound."""
    configure(saml_entry(saml_idp))
    assert lena.is_active
    return traveller


def test_an_eppn_signs_its_account_in_at_the_level_of_the_answer(
    ready: Traveller, lena: User
) -> None:
    answer = ready.post_saml(answer_of(ready))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert ready.user_id == str(lena.pk)
    assert ready.client.session["assurance"] == {
        "level": 3,
        "method": "idp:sjostad",
        "factor": False,
    }


def test_a_personnummer_signs_in_whoever_is_bound_to_it(ready: Traveller) -> None:
    nils = account("nils")
    bind(nils, "personal_number", NUMBER)
    ready.post_saml(answer_of(ready, "nummer"))
    assert ready.user_id == str(nils.pk)


def test_an_unknown_eppn_with_a_known_mail_opens_nothing(ready: Traveller, lena: User) -> None:
    answer = ready.post_saml(answer_of(ready, "okand"))
    assert (answer.status_code, ready.user_id, reasons()) == (403, None, ["unknown"])
    assert lena.name not in answer.content.decode()


def test_an_answer_holds_once(ready: Traveller, lena: User) -> None:
    fields = answer_of(ready)
    ready.post_saml(fields)
    ready.client.post("/logga-ut/")
    assert ready.post_saml(fields).status_code == 403
    assert (ready.user_id, reasons()) == (None, ["no request"])
    assert lena.is_active


def test_an_answer_opens_nothing_in_another_browser(ready: Traveller) -> None:
    fields = answer_of(ready)
    lured = Traveller(Client())
    assert lured.post_saml(fields).status_code == 403
    assert (lured.user_id, reasons()) == (None, ["no request"])


def test_an_answer_nobody_asked_for_is_refused(ready: Traveller) -> None:
    xml = re.sub(r' InResponseTo="[^"]+"', "", xml_of(answer_of(ready)))
    ready.post_saml(with_xml(xml))
    assert (ready.user_id, reasons()) == (None, ["answer: invalid_response"])


SIGNATURE = r"<ds:Signature .*?</ds:Signature>"


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        (rf"(<saml:Issuer>[^<]+</saml:Issuer>){SIGNATURE}(<saml:Subject>)", r"\1\2"),
        (SIGNATURE, ""),
        (re.escape(EPPN), "okand@sjostad.example"),
        (r"loa/1\.0/loa3", "loa/1.0/loa4"),
        (r"</samlp:Response>", "<!--x--></samlp:Response><!DOCTYPE x>"),
        (r"<samlp:Response ", '<!DOCTYPE x [<!ENTITY e "x">]><samlp:Response '),
    ],
    ids=["assertion unsigned", "nothing signed", "eppn", "level", "trailing", "entity"],
)
def test_an_answer_that_was_touched_opens_nothing(
    found: str, instead: str, ready: Traveller
) -> None:
    xml = xml_of(answer_of(ready))
    touched = re.sub(found, instead, xml, flags=re.DOTALL)
    assert touched != xml
    ready.post_saml(with_xml(touched))
    assert ready.user_id is None
    assert [each.partition(":")[0] for each in reasons()] == ["answer"]


def test_another_assertion_wrapped_around_the_signed_one_opens_nothing(ready: Traveller) -> None:
    xml = xml_of(answer_of(ready))
    signed = re.search(r"<saml:Assertion .*?</saml:Assertion>", xml, re.DOTALL)
    assert signed
    forged = re.sub(SIGNATURE, "", signed[0], flags=re.DOTALL).replace(EPPN, "rut@sjostad.example")
    forged = re.sub(r' ID="[^"]+"', ' ID="_forged"', forged)
    ready.post_saml(with_xml(xml.replace(signed[0], forged + signed[0])))
    assert (ready.user_id, reasons()) == (None, ["answer: invalid_response"])


def test_an_answer_for_a_neighbour_is_not_for_us(
    ready: Traveller, configure: Configure, saml_idp: Running
) -> None:
    neighbour = saml_entry(saml_idp)
    neighbour["settings"]["our_entity_id"] = "http://neighbour.example/saml/"
    configure(neighbour)
    fields = answer_of(ready)
    configure(saml_entry(saml_idp))
    ready.post_saml(fields)
    assert (ready.user_id, reasons()) == (None, ["answer: invalid_response"])


def test_an_answer_signed_by_another_provider_opens_nothing(
    ready: Traveller, configure: Configure, saml_idp: Running
) -> None:
    fields = answer_of(ready)
    other = saml_entry(saml_idp)
    other["settings"]["entity_id"] = "http://annan.example/idp"
    configure(other)
    ready.post_saml(fields)
    assert (ready.user_id, reasons()) == (None, ["answer: invalid_response"])


@pytest.mark.parametrize(
    ("later", "opened"), [(-250, True), (-900, False), (0, True), (60 * 60, False)]
)
def test_clocks_may_differ_by_minutes_and_an_old_answer_opens_nothing(
    later: int, opened: bool, ready: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = answer_of(ready)
    monkeypatch.setattr(Saml, "now", staticmethod(lambda: int(time.time()) + later))
    ready.post_saml(fields)
    assert (ready.user_id is not None) is opened


@pytest.mark.parametrize("rubbish", ["", "x", "PHNhbWw+", base64.b64encode(b"\0").decode()])
def test_what_is_no_answer_is_refused(rubbish: str, ready: Traveller) -> None:
    assert ready.post_saml({"SAMLResponse": rubbish}).status_code == 403
    assert ready.user_id is None


def test_the_page_of_the_answer_alone_opens_nothing(ready: Traveller) -> None:
    assert ready.client.get("/logga-in/saml/sjostad/svar/").status_code == 403
    assert reasons() == ["nothing posted"]


def test_what_is_published_of_us_holds_where_answers_go_and_that_they_are_signed(
    ready: Traveller,
) -> None:
    page = ready.client.get("/logga-in/saml/sjostad/")
    assert page.headers["Content-Type"] == "application/samlmetadata+xml"
    metadata = page.content.decode()
    assert 'WantAssertionsSigned="true"' in metadata
    assert 'Location="http://testserver/logga-in/saml/sjostad/acs/"' in metadata


def test_before_an_act_the_provider_is_asked_to_sign_in_anew_at_level_three(
    ready: Traveller, lena: User
) -> None:
    ready.client.force_login(lena)
    ready.client.get("/bekrafta/?till=/konto/app/")
    page = ready.client.post("/bekrafta/via/sjostad/").content.decode()
    found = re.search(r'content="0; url=([^"]+)"', page)
    assert found
    [packed] = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)["SAMLRequest"]
    request = decompress(base64.b64decode(packed), -15).decode()
    assert 'ForceAuthn="true"' in request
    assert "http://id.elegnamnden.se/loa/1.0/loa3" in request


def test_a_statement_beside_the_signed_assertion_says_nothing_of_when() -> None:
    """Only the assertion has to be signed: who holds the browser can put more around it."""
    statement = '<s:AuthnStatement AuthnInstant="{}"/>'
    outside = f"<p:Extensions>{statement.format('2026-11-27T09:00:00Z')}</p:Extensions>"
    inside = f"<s:Assertion>{statement.format('2026-11-27T07:00:00Z')}</s:Assertion>"
    names = f'xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:s="{ASSERTION[1:-1]}"'
    found = authenticated_at(f"<p:Response {names}>{outside}{inside}</p:Response>")
    assert found == datetime(2026, 11, 27, 7, tzinfo=UTC)
    assert authenticated_at(f"<p:Response {names}>{outside}<s:Assertion/></p:Response>") is None
