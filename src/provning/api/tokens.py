"""The token endpoint: OAuth 2.0 client credentials (RFC 6749 section 4.4)."""

import base64
import binascii
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, OAuth2Error, RequestValidator

from provning.api.access import certificate_of, open_call
from provning.api.answers import JSON, ApiError
from provning.api.clock import now, today
from provning.clients.actions import end_call, issue_token
from provning.clients.marks import MACHINE_MARK, MachineRule
from provning.clients.queries import client_by_secret, may_call
from provning.clients.rows import ClientRow
from provning.clients.secrets import TOKEN_SECONDS


class Validator(RequestValidator):  # type: ignore[misc] # oauthlib ships no types
    """What the protocol asks of us: whose secret it is, and which scopes they have."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the call and, once it is known, its client."""
        self.request = request
        self.client: ClientRow | None = None

    def authenticate_client(self, request: Request, *_args: Any, **_kwargs: Any) -> bool:
        """Say whether the call shows a secret that holds, and the certificate it needs."""
        client = client_by_secret(*_credentials(self.request), now())
        if client is None or not may_call(client, today()):
            return False
        if client.certificate and client.certificate != certificate_of(self.request):
            return False
        self.client = request.client = client
        return True

    def validate_grant_type(
        self, _client_id: str, grant_type: str, *_args: Any, **_kwargs: Any
    ) -> bool:
        """Allow the one grant for machines."""
        return grant_type == "client_credentials"

    def get_default_scopes(self, _client_id: str, request: Request, *_args: Any) -> list[str]:
        """Return everything the client has, when it asks for nothing in particular."""
        return list(request.client.data_classes)

    def validate_scopes(
        self, _client_id: str, scopes: list[str], client: ClientRow, *_args: Any, **_kwargs: Any
    ) -> bool:
        """Say whether the client has everything it asks for."""
        return set(scopes) <= set(client.data_classes)

    def save_bearer_token(self, *_args: Any, **_kwargs: Any) -> None:
        """Do nothing: the token was stored when it was made."""


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """Give a client that shows its secret a token for an hour."""
    validator = Validator(request)
    headers, body, status = _answer(request, validator)
    try:
        number = open_call(request, validator.client)
    except ApiError as error:
        return error.answer
    end_call(number=number, status=status)
    return HttpResponse(body, status=status, headers=headers)


token.__dict__[MACHINE_MARK] = MachineRule("", ("POST",), public=True)


def _answer(request: HttpRequest, validator: Validator) -> tuple[dict[str, str], str, int]:
    try:
        answer: tuple[dict[str, str], str, int] = _server(validator).create_token_response(
            request.build_absolute_uri(),
            http_method=str(request.method),
            body=request.body.decode("utf-8", "replace"),
            headers={"Content-Type": request.headers.get("Content-Type", "")},
        )
    except OAuth2Error as error:
        # A wrong method, or a secret in the address: the library says so by raising.
        return {"Content-Type": JSON, "Cache-Control": "no-store"}, error.json, error.status_code
    return answer


def _server(validator: Validator) -> BackendApplicationServer:
    def made(request: Request, **_kwargs: Any) -> str:
        return issue_token(client=request.client, data_classes=request.scopes, now=now())

    return BackendApplicationServer(validator, token_generator=made, token_expires_in=TOKEN_SECONDS)


def _credentials(request: HttpRequest) -> tuple[str, str]:
    """Return the client's id and secret, from the header or from the form."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)
