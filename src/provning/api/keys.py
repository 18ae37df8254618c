"""Our public key, for whoever checks that a call to them came from us."""

from django.http import HttpRequest, HttpResponse

from provning.api.answers import json_answer
from provning.clients.marks import MACHINE_MARK, MachineRule
from provning.publishing.signing_key import key_set


def keys(_request: HttpRequest) -> HttpResponse:
    """Return the key set (RFC 7517)."""
    return json_answer(key_set())


keys.__dict__[MACHINE_MARK] = MachineRule("", ("GET",), public=True)
