"""From a document that asks for a reason to the page that takes it, and back.

Which document it is goes by a signed token: nobody opens what no answer has asked them to open.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from provning.web.screen_request import actor_of

SALT = "provning.document"
LASTS_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """Which document somebody was asked to open, from where it is asked, and the way back."""

    key: UUID
    place: str
    back: str


def ask_why(request: HttpRequest, key: UUID) -> HttpResponseRedirect:
    """Lead to the page that asks why the document is needed."""
    place = request.resolver_match.view_name if request.resolver_match else ""
    said = [_account(request), str(key), place, _back(request)]
    token = signing.dumps(said, salt=SALT)
    return HttpResponseRedirect(f"{reverse('access:document')}?{urlencode({'t': token})}")


def asked(request: HttpRequest, token: str) -> Asked | None:
    """Read a token back; None when it is somebody else's, too old or none of ours."""
    try:
        account, key, place, back = signing.loads(token, salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return None
    return Asked(UUID(key), place, back) if account == _account(request) else None


def _account(request: HttpRequest) -> str:
    actor = actor_of(request)
    return actor.id if actor else ""


def _back(request: HttpRequest) -> str:
    """Return the document's address; for what is fetched by a button the page it stands on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return urlsplit(came_from).path if known else "/"
