"""What somebody had typed when their sign-in ran out, or before they show anew who they are.

The values travel in the person's own browser, signed so that nobody else can put words there, or
wait in the session while the person is at an identity provider. They belong to whose sign-in it
was, are shown to nobody else, and are posted again only by a button that the person presses.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from provning.web.identity.sessions import owner_who_was

SALT = "provning.kept"
HOURS = 60 * 60
LIFETIME = 12 * HOURS
NEVER_KEPT = ("password", "csrfmiddlewaretoken", "one_time_code")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way to an address; `has_files` when files were chosen, which cannot be kept.

    `owner` is the account it was typed under, "" when nobody knows any more.
    """

    path: str
    fields: tuple[tuple[str, str], ...]
    has_files: bool = False
    owner: str = ""

    @property
    def token(self) -> str:
        """The signed text that goes through the sign-in page."""
        held = [self.path, self.fields, self.has_files, self.owner]
        return signing.dumps(held, salt=SALT, compress=True)

    def belongs_to(self, user_id: UUID) -> bool:
        """Say whether the account may have what was typed."""
        return self.owner in {"", str(user_id)}


def keep(request: HttpRequest, owner: UUID | None = None, path: str = "") -> Kept:
    """Return what was posted, passwords and codes left out."""
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not _is_secret(name)
    )
    return Kept(path or request.get_full_path(), fields, bool(request.FILES), str(owner or ""))


def read_kept(token: str) -> Kept | None:
    """Return what a token holds, None when it is not ours or too old."""
    try:
        path, fields, has_files, owner = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError):
        return None
    return Kept(path, tuple((name, value) for name, value in fields), has_files, owner)


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """Answer a form that came after the sign-in ran out: sign in, and what was typed remains.

    Only for a request that has passed the CSRF check, or has `is_from_us`.
    """
    from provning.web.identity.forms import SignInForm
    from provning.web.identity.ways import ways_in

    kept = keep(request, owner_who_was(request))
    form = SignInForm(initial={"next": kept.path, "kept": kept.token})
    found = {"form": form, "kept": kept, "ways": ways_in()}
    return render(request, "identity/signed_out.html", found, status=401)


def ask_to_send_again(
    request: HttpRequest,
    kept: Kept,
    status: int = 200,
    *,
    confirmed: bool = False,
    weak: bool = False,
) -> HttpResponse:
    """Show a button that sends what was typed once more; `weak` says that it may not be enough."""
    found = {"kept": kept, "confirmed": confirmed, "weak": weak}
    return render(request, "identity/send_again.html", found, status=status)


def is_from_us(request: HttpRequest) -> bool:
    """Say whether the browser vouches that the form stood on one of our own pages."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in NEVER_KEPT)
