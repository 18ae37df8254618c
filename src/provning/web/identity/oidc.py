"""OpenID Connect: out with PKCE, state and nonce, back with a code that we redeem ourselves.

The requests are allauth's. Stricter than it: the ID token's signature is always checked, against
the provider's published keys and asymmetric algorithms alone; the nonce is ours and holds once; the
client can show itself by a signed token (private_key_jwt), as the Swedish profile asks.
"""

import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from secrets import token_urlsafe
from typing import Any

import jwt
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from provning.accounts.assurance import ENOUGH
from provning.accounts.providers import IdentityProvider
from provning.web.identity.answers import CONFIRM, Said, State, answered, refused
from provning.web.identity.limits import try_once
from provning.web.identity.ways import way_named
from provning.web.permissions import screen

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SKEW = 120
"""Seconds by which the provider's clock may differ from ours."""
SECONDS = 10
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CLIENT_ASSERTION_HOLDS = 60


class OidcError(Exception):
    """The provider's answer cannot be believed; the message is a word for the trail."""


class Client(OAuth2Client):  # type: ignore[misc] # allauth ships no types
    """allauth's client, which can sign its name instead of sending a secret."""

    signing_key = ""
    signing_algorithm = "RS256"
    signing_key_id = ""

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: Any = None
    ) -> dict[str, Any]:
        """Redeem a code; returns the token response."""
        extra = dict(extra_data or {})
        if self.signing_key:
            now = int(time.time())
            claims = {
                "iss": self.consumer_key,
                "sub": self.consumer_key,
                "aud": self.access_token_url,
                "jti": str(uuid.uuid4()),
                "iat": now,
                "exp": now + CLIENT_ASSERTION_HOLDS,
            }
            headers = {"kid": self.signing_key_id} if self.signing_key_id else None
            extra["client_assertion_type"] = ASSERTION
            extra["client_assertion"] = jwt.encode(
                claims, self.signing_key, self.signing_algorithm, headers
            )
        found: dict[str, Any] = super().get_access_token(code, pkce_code_verifier, extra)
        return found


def leave(request: HttpRequest, provider: IdentityProvider, state: dict[str, Any]) -> str:
    """Return the address at the provider to go to; what we remember lies in the session."""
    pkce = generate_code_challenge()
    nonce = token_urlsafe(32)
    client = _client(request, provider)
    client.state = statekit.stash_state(
        request,
        provider_id=provider.name,
        state={**state, "nonce": nonce, "verifier": pkce.pop("code_verifier")},
        state_id=token_urlsafe(32),
    )
    params = {**pkce, "nonce": nonce, **_wished(provider, state)}
    params["code_challenge"] = params["code_challenge"].decode()
    scope = provider.settings.get("scope", ["openid"])
    address: str = client.get_redirect_url(
        _found(provider)["authorization_endpoint"], scope, params
    )
    return address


@screen(public=True, methods=("GET", "HEAD"))
def oidc_answer(request: HttpRequest, name: str) -> HttpResponse:
    """Take the provider's answer: a state that is ours, a code that opens, a token that holds."""
    provider = way_named(name, "oidc")
    if try_once(request, "provider") is None:
        return refused(request, provider, "too many")
    state = statekit.unstash_state(request, provider_id=name, state_id=request.GET.get("state", ""))
    if state is None:
        return refused(request, provider, "state")
    if "code" not in request.GET:
        return refused(request, provider, "cancelled")
    try:
        said = _redeem(request, provider, state)
    except OidcError as error:
        return refused(request, provider, str(error))
    except (OAuth2Error, requests.RequestException, ValueError, KeyError):
        return refused(request, provider, "provider")
    return answered(request, provider, said, state)


def _redeem(request: HttpRequest, provider: IdentityProvider, state: State) -> Said:
    """Return what the ID token and, where there is one, the userinfo say."""
    issuer = request.GET.get("iss")
    if issuer is not None and issuer != provider.settings["issuer"]:
        raise OidcError("issuer")
    client = _client(request, provider)
    token = client.get_access_token(request.GET["code"], state["verifier"])
    claims = _id_token(provider, token.get("id_token", ""), state["nonce"])
    extra = _userinfo(provider, token["access_token"], claims["sub"])
    attributes = {name: _texts(value) for name, value in {**extra, **claims}.items()}
    shown = claims.get("auth_time")
    at = datetime.fromtimestamp(shown, UTC) if isinstance(shown, int) else None
    level = claims.get("acr")
    return Said(attributes, [level] if isinstance(level, str) else [], at)


def _id_token(provider: IdentityProvider, token: str, nonce: str) -> dict[str, Any]:
    """Return the claims of a token that the provider signed, for us, now, for this very request."""
    client_id = provider.settings["client_id"]
    try:
        key = _key(_keys(_found(provider)["jwks_uri"]), token)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=provider.settings["issuer"],
            leeway=SKEW,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise OidcError(f"token: {type(error).__name__}") from error
    if claims.get("nonce") != nonce:
        raise OidcError("nonce")
    if claims.get("azp", client_id) != client_id:
        raise OidcError("authorized party")
    return claims


def _key(keys: jwt.PyJWKClient, token: str) -> jwt.PyJWK:
    """Return the published key that a token names; where it names none, the only one there is."""
    if jwt.get_unverified_header(token).get("kid"):
        return keys.get_signing_key_from_jwt(token)
    published = [each for each in keys.get_jwk_set().keys if each.public_key_use in {"sig", None}]
    if len(published) != 1:
        raise OidcError("key")
    return published[0]


def _userinfo(provider: IdentityProvider, token: str, subject: str) -> dict[str, Any]:
    """Return the claims beside the token, of the same subject; empty where there are none."""
    address = _found(provider).get("userinfo_endpoint")
    if not address or not provider.settings.get("userinfo", True):
        return {}
    answer = requests.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS)
    answer.raise_for_status()
    claims: dict[str, Any] = answer.json()
    if claims.get("sub") != subject:
        raise OidcError("subject")
    return claims


def _wished(provider: IdentityProvider, state: State) -> dict[str, str]:
    """Return what we wish of the sign-in: a level, and to be asked anew before an act."""
    least = ENOUGH if state["why"] == CONFIRM else provider.settings.get("least_level", 0)
    values = provider.level_values(least) if least else []
    wished = {"acr_values": " ".join(values)} if values else {}
    if state["why"] == CONFIRM:
        wished |= {"prompt": "login", "max_age": "0"}
    return wished


def _client(request: HttpRequest, provider: IdentityProvider) -> Client:
    known, settings = _found(provider), provider.settings
    methods = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    client = Client(
        request,
        settings["client_id"],
        settings.get("client_secret", ""),
        "POST",
        known["token_endpoint"],
        request.build_absolute_uri(reverse("oidc-answer", args=[provider.name])),
        basic_auth="client_secret_basic" in methods and bool(settings.get("client_secret")),
    )
    client.signing_key = settings.get("private_key", "")
    client.signing_algorithm = settings.get("algorithm", "RS256")
    client.signing_key_id = settings.get("key_id", "")
    return client


def _found(provider: IdentityProvider) -> Mapping[str, Any]:
    """Return what the provider publishes about itself, asked for once an hour."""
    return _discovered(provider.settings["issuer"], int(time.time() // 3600))


@lru_cache(maxsize=32)
def _discovered(issuer: str, _hour: int) -> Mapping[str, Any]:
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    answer = requests.get(address, timeout=SECONDS)
    answer.raise_for_status()
    known: dict[str, Any] = answer.json()
    if known["issuer"] != issuer:
        raise OidcError("issuer")
    return known


@lru_cache(maxsize=32)
def _keys(address: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(address, lifespan=3600, timeout=SECONDS)


def _texts(value: object) -> list[str]:
    """Return a claim as texts; what is neither a text nor a list of texts says nothing."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]
