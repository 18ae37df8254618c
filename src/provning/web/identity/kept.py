"""What somebody had typed when their sign-in ran out: kept in the page, never on the server.

The values travel in the person's own browser, signed so that nobody else can put words there, and
are posted again only by a button that the person presses after signing in.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SALT = "provning.kept"
HOURS = 60 * 60
LIFETIME = 12 * HOURS
NEVER_KEPT = ("password", "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way to an address; `has_files` when files were chosen, which cannot be kept."""

    path: str
    fields: tuple[tuple[str, str], ...]
    has_files: bool = False

    @property
    def token(self) -> str:
        """The signed text that goes through the sign-in page."""
        return signing.dumps([self.path, self.fields, self.has_files], salt=SALT, compress=True)


def keep(request: HttpRequest) -> Kept:
    """Return what was posted, passwords left out."""
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not _is_secret(name)
    )
    return Kept(request.get_full_path(), fields, bool(request.FILES))


def read_kept(token: str) -> Kept | None:
    """Return what a token holds, None when it is not ours or too old."""
    try:
        path, fields, has_files = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Kept(path, tuple((name, value) for name, value in fields), has_files)


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """Answer a form that came after the sign-in ran out: sign in, and what was typed remains.

    Only for a request that has passed the CSRF check, or has `is_from_us`.
    """
    from provning.web.identity.forms import SignInForm

    kept = keep(request)
    form = SignInForm(initial={"next": kept.path, "kept": kept.token})
    return render(request, "identity/signed_out.html", {"form": form, "kept": kept}, status=401)


def ask_to_send_again(request: HttpRequest, kept: Kept, status: int = 200) -> HttpResponse:
    """Show a button that sends what was typed once more."""
    return render(request, "identity/send_again.html", {"kept": kept}, status=status)


def is_from_us(request: HttpRequest) -> bool:
    """Say whether the browser vouches that the form stood on one of our own pages."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in NEVER_KEPT)
