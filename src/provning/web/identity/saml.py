"""SAML 2.0 as a service provider: signed assertions alone, each for a request of ours, once.

python3-saml reads and checks the answer; allauth carries it from the provider's POST, which comes
without our cookie, to a page of ours, and remembers the request until it is answered.
"""

import re
from datetime import UTC, datetime
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.sessions import LoginSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Words
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from provning.accounts.assurance import ENOUGH
from provning.accounts.providers import IdentityProvider
from provning.web.identity.answers import CONFIRM, Said, answered, refused
from provning.web.identity.limits import try_once
from provning.web.identity.ways import way_named
from provning.web.permissions import screen

CARRIER, COOKIE = "saml_answer", "provning_saml"
PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def leave(request: HttpRequest, provider: IdentityProvider, state: dict[str, Any]) -> str:
    """Return the address at the provider to go to; the request's id is remembered in the session.

    Before an act the person is asked to sign in anew there (ForceAuthn).
    """
    auth = _auth(request, provider, state["why"])
    anew = state["why"] == CONFIRM
    address: str = auth.login(return_to="", force_authn=anew)
    statekit.stash_state(
        request, provider_id=provider.name, state=state, state_id=auth.get_last_request_id()
    )
    return address


@csrf_exempt
@screen(public=True, methods=("POST",))
def saml_post(request: HttpRequest, name: str) -> HttpResponse:
    """Carry the provider's POST to a page that the browser's own cookie follows to."""
    provider = way_named(name, "saml")
    if try_once(request, "provider") is None:
        return refused(request, provider, "too many")
    response = redirect("saml-answer", name=name)
    carrier = LoginSession(request, CARRIER, COOKIE)
    carrier.store["answer"] = request.POST.get("SAMLResponse", "")
    carrier.save(response)
    response.cookies[COOKIE]["httponly"] = True
    return response


@screen(public=True, methods=("GET", "HEAD"))
def saml_answer(request: HttpRequest, name: str) -> HttpResponse:
    """Check the answer, and that it is to a request that this browser was sent out with."""
    provider = way_named(name, "saml")
    carrier = LoginSession(request, CARRIER, COOKIE)
    posted = carrier.store.get("answer")
    carrier.delete()
    if not posted:
        return refused(request, provider, "nothing posted")
    auth = _auth(request, provider, answer=posted)
    fault = _fault(auth)
    if fault:
        return refused(request, provider, fault)
    state = statekit.unstash_state(
        request, provider_id=name, state_id=auth.get_last_response_in_response_to() or ""
    )
    if state is None:
        return refused(request, provider, "no request")
    return answered(request, provider, _said(auth), state)


@screen(public=True, methods=("GET", "HEAD"))
def saml_metadata(request: HttpRequest, name: str) -> HttpResponse:
    """Publish what the provider has to know of us."""
    settings = OneLogin_Saml2_Settings(
        _config(request, way_named(name, "saml"), ""), sp_validation_only=True
    )
    return HttpResponse(settings.get_sp_metadata(), content_type="application/samlmetadata+xml")


def _fault(auth: Any) -> str:
    """Return what is wrong with the answer, as a word for the trail; "" when nothing is."""
    try:
        auth.process_response()
    except (OneLogin_Saml2_Error, ValueError, etree.XMLSyntaxError) as error:
        return f"answer: {type(error).__name__}"
    if auth.get_errors():
        return f"answer: {', '.join(auth.get_errors())}"
    return "" if auth.is_authenticated() else "not signed in"


def _said(auth: Any) -> Said:
    attributes = {
        name: [value for value in values if isinstance(value, str)]
        for name, values in auth.get_attributes().items()
    }
    xml = auth.get_last_response_xml()
    return Said(attributes, list(auth.get_last_authn_contexts()), authenticated_at(xml))


def authenticated_at(xml: str | bytes) -> datetime | None:
    """Return AuthnInstant of the only assertion in a response; its signature has been checked.

    Nothing else in the response has to be signed: a statement beside the assertion says nothing.
    """
    root = etree.fromstring(xml, SAFE)
    statement = root.find(f"{ASSERTION}Assertion/{ASSERTION}AuthnStatement")
    text = statement.get("AuthnInstant", "") if statement is not None else ""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _auth(
    request: HttpRequest, provider: IdentityProvider, why: str = "", *, answer: str = ""
) -> Any:
    """Return python3-saml for one exchange; an answer is judged as posted to our own address."""
    described = {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": reverse("saml-post", args=[provider.name]),
        "get_data": {},
        "post_data": {"SAMLResponse": answer} if answer else {},
    }
    return OneLogin_Saml2_Auth(described, _config(request, provider, why))


def _config(request: HttpRequest, provider: IdentityProvider, why: str) -> dict[str, Any]:
    """Return python3-saml's settings: strict, and nothing in the file can make them laxer."""
    own = provider.settings
    metadata = request.build_absolute_uri(reverse("saml-metadata", args=[provider.name]))
    answer = request.build_absolute_uri(reverse("saml-post", args=[provider.name]))
    least = ENOUGH if why == CONFIRM else own.get("least_level", 0)
    certificates = ["".join(each.split()) for each in PEM.findall(own["certificate"])]
    return {
        "strict": True,
        "sp": {
            "entityId": own.get("our_entity_id") or metadata,
            "assertionConsumerService": {"url": answer, "binding": Words.BINDING_HTTP_POST},
            "NameIDFormat": Words.NAMEID_TRANSIENT,
            "x509cert": own.get("our_certificate", ""),
            "privateKey": own.get("our_key", ""),
        },
        "idp": {
            "entityId": own["entity_id"],
            "singleSignOnService": {
                "url": own["sso_url"],
                "binding": Words.BINDING_HTTP_REDIRECT,
            },
            "x509certMulti": {"signing": certificates, "encryption": certificates[:1]},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": False,
            "wantAttributeStatement": True,
            "wantAssertionsEncrypted": bool(own.get("encrypted")),
            "authnRequestsSigned": bool(own.get("our_key")),
            "rejectDeprecatedAlgorithm": True,
            "allowSingleLabelDomains": True,
            "allowRepeatAttributeName": True,
            "requestedAuthnContext": provider.level_values(least) if least else False,
            "requestedAuthnContextComparison": "exact",
        },
    }
