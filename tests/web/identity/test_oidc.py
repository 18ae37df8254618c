"""OpenID Connect, there and back, with two programs that others wrote."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from provning.accounts.models import IdentityBinding, SignIn, User
from provning.audit.models import AuditEvent
from tests.builders import account
from tests.support.identity_providers import Running, sign_in_at_node, sign_in_at_python
from tests.web.identity.conftest import (
    EPPN,
    LOA2,
    LOA3,
    MAIL,
    NUMBER,
    Configure,
    Traveller,
    bind,
    node_entry,
    oidc_entry,
    reasons,
)

pytestmark = pytest.mark.django_db
WHO = {"eduperson_principal_name": EPPN, "email": MAIL}


def query(address: str) -> dict[str, str]:
    """Return the parameters of an address, each once."""
    return {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}


def assurance(traveller: Traveller) -> tuple[int, str, bool]:
    """Return what the session knows of how surely somebody is who they are."""
    known = traveller.client.session["assurance"]
    return known["level"], known["method"], known["factor"]


def test_what_is_asked_holds_pkce_a_long_state_and_a_nonce(
    configure: Configure, python_idp: Running, traveller: Traveller
) -> None:
    configure(oidc_entry(python_idp))
    asked = query(traveller.leave())
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == "http://testserver/logga-in/oidc/sjostad/svar/"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_an_eppn_signs_its_account_in_and_leads_on(
    configure: Configure, python_idp: Running, traveller: Traveller, lena: User
) -> None:
    configure(oidc_entry(python_idp))
    back = sign_in_at_python(traveller.leave(next="/konto/"), "lena", WHO | {"acr": LOA3})
    answer = traveller.client.get(back)
    assert reasons() == []
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")
    assert traveller.user_id == str(lena.pk)
    assert assurance(traveller) == (3, "idp:sjostad", False)
    event = AuditEvent.objects.latest("number")
    assert (event.name, json.loads(event.after)) == ("signed_in", {"username": "lena"})
    assert SignIn.objects.get().method == "idp:sjostad"


def test_the_swedish_profile_signs_in_by_personnummer_with_our_name_signed(
    configure: Configure, node_idp: Running, traveller: Traveller
) -> None:
    nils = account("nils")
    bind(nils, "personal_number", NUMBER)
    configure(node_entry(node_idp))
    claims = {"https://id.oidc.se/claim/personalIdentityNumber": NUMBER}
    back = sign_in_at_node(traveller.leave(), "x1", claims, LOA2)
    assert traveller.client.get(back).status_code == 302
    assert (traveller.user_id, assurance(traveller)) == (str(nils.pk), (2, "idp:sjostad", False))


@pytest.mark.parametrize("acr", ["", "urn:no:such:level"])
def test_a_provider_that_says_no_level_is_believed_the_least(
    acr: str, configure: Configure, python_idp: Running, traveller: Traveller, lena: User
) -> None:
    configure(oidc_entry(python_idp))
    said = WHO | ({"acr": acr} if acr else {})
    traveller.client.get(sign_in_at_python(traveller.leave(), "lena", said))
    assert (traveller.user_id, assurance(traveller)[0]) == (str(lena.pk), 1)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": MAIL},
        {"eduperson_principal_name": "lena@annan.example", "email": MAIL},
        {"eduperson_principal_name": "ny@sjostad.example", "email": MAIL},
        {"https://id.oidc.se/claim/personalIdentityNumber": NUMBER},
    ],
    ids=["mail alone", "another's scope", "unknown", "number that is not bound"],
)
def test_who_is_unknown_gets_a_page_that_says_whom_to_ask_and_no_account(
    claims: dict[str, str],
    configure: Configure,
    python_idp: Running,
    traveller: Traveller,
    lena: User,
) -> None:
    configure(oidc_entry(python_idp))
    answer = traveller.client.get(sign_in_at_python(traveller.leave(), "x", claims))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "be den som är ansvarig" in page
    assert all(value not in page for value in (*claims.values(), lena.name))
    assert (traveller.user_id, User.objects.count()) == (None, 1)
    assert reasons() == ["unknown"]
    event = AuditEvent.objects.latest("number")
    assert (event.name, json.loads(event.after)) == (
        "identity_refused",
        {"provider": "sjostad", "reason": "unknown"},
    )


def test_a_provider_opens_no_account_of_anothers(
    configure: Configure, python_idp: Running, traveller: Traveller
) -> None:
    bind(account("nils"), "personal_number", NUMBER, "granne")
    configure(oidc_entry(python_idp))
    said = {"https://id.oidc.se/claim/personalIdentityNumber": NUMBER}
    assert traveller.client.get(sign_in_at_python(traveller.leave(), "x", said)).status_code == 403
    assert traveller.user_id is None


def test_a_provider_that_vouches_for_eppn_alone_is_not_believed_about_numbers(
    configure: Configure, python_idp: Running, traveller: Traveller
) -> None:
    bind(account("nils"), "personal_number", NUMBER)
    configure(oidc_entry(python_idp, identities=["eppn"]))
    said = {"https://id.oidc.se/claim/personalIdentityNumber": NUMBER}
    traveller.client.get(sign_in_at_python(traveller.leave(), "x", said))
    assert (traveller.user_id, reasons()) == (None, ["unknown"])


def test_a_closed_account_meets_the_same_page(
    configure: Configure, python_idp: Running, traveller: Traveller, lena: User
) -> None:
    User.objects.filter(pk=lena.pk).update(is_active=False)
    configure(oidc_entry(python_idp))
    traveller.client.get(sign_in_at_python(traveller.leave(), "lena", WHO))
    assert (traveller.user_id, reasons()) == (None, ["unknown"])
    assert IdentityBinding.objects.count() == 1


def test_an_answer_holds_once_and_in_its_own_browser_alone(
    configure: Configure, python_idp: Running, traveller: Traveller, lena: User
) -> None:
    configure(oidc_entry(python_idp))
    back = sign_in_at_python(traveller.leave(), "lena", WHO)
    elsewhere = Traveller(Client())
    assert elsewhere.client.get(back).status_code == 403
    assert traveller.client.get(back).status_code == 302
    assert traveller.client.get(back).status_code == 403
    assert (elsewhere.user_id, reasons()) == (None, ["state", "state"])
    assert traveller.user_id == str(lena.pk)


@pytest.mark.usefixtures("lena")
def test_a_nonce_that_is_not_ours_opens_nothing(
    configure: Configure, python_idp: Running, traveller: Traveller
) -> None:
    configure(oidc_entry(python_idp))
    first = traveller.leave()
    other = first.replace(query(first)["nonce"], "x" * 43)
    traveller.client.get(sign_in_at_python(other, "lena", WHO))
    assert (traveller.user_id, reasons()) == (None, ["nonce"])


@pytest.mark.usefixtures("lena")
def test_a_code_without_our_verifier_opens_nothing(
    configure: Configure, node_idp: Running, traveller: Traveller
) -> None:
    configure(node_entry(node_idp))
    first = traveller.leave()
    other = first.replace(query(first)["code_challenge"], "x" * 43)
    traveller.client.get(sign_in_at_node(other, "lena", WHO))
    assert (traveller.user_id, reasons()) == (None, ["provider"])


def test_whoever_turns_back_at_the_provider_is_told_so_neutrally(
    configure: Configure, python_idp: Running, traveller: Traveller
) -> None:
    configure(oidc_entry(python_idp))
    state = query(traveller.leave())["state"]
    address = f"/logga-in/oidc/sjostad/svar/?error=access_denied&state={state}"
    assert traveller.client.get(address).status_code == 403
    assert reasons() == ["cancelled"]


def test_a_provider_that_does_not_answer_is_no_error_of_ours(
    configure: Configure, traveller: Traveller
) -> None:
    configure(oidc_entry(Running("http://127.0.0.1:9")))
    answer = traveller.client.post("/logga-in/via/sjostad/")
    assert (answer.status_code, reasons()) == (403, ["unreachable"])


@pytest.mark.parametrize("wanted", ["https://ond.example/", "//ond.example/", "javascript:x"])
def test_nobody_is_led_elsewhere_after_the_round_trip(
    wanted: str, configure: Configure, python_idp: Running, traveller: Traveller, lena: User
) -> None:
    configure(oidc_entry(python_idp))
    back = sign_in_at_python(traveller.leave(next=wanted), "lena", WHO)
    assert traveller.client.get(back).headers["Location"] == "/"
    assert traveller.user_id == str(lena.pk)


def test_leaving_is_a_post_of_ours_and_gives_the_session_a_new_key_on_the_way_in(
    configure: Configure, python_idp: Running, lena: User
) -> None:
    configure(oidc_entry(python_idp))
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/logga-in/via/sjostad/").status_code == 403
    assert strict.get("/logga-in/via/sjostad/").status_code == 405
    traveller = Traveller(Client())
    address = traveller.leave()
    before = traveller.client.cookies["provning_session"].value
    traveller.client.get(sign_in_at_python(address, "lena", WHO))
    assert traveller.client.cookies["provning_session"].value != before
    assert traveller.user_id == str(lena.pk)
