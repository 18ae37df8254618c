"""Language and look: kept with the account, and in cookies for pages before sign-in."""

from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from provning.accounts.models import User

YEAR = 60 * 60 * 24 * 365
THEME_COOKIE = "provning_theme"
THEMES = ("", "light", "dark")
SAME_SITE: Literal["Lax"] = "Lax"


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme: the account's, else the browser's, "" when nothing is chosen."""
    user = getattr(request, "user", None)
    chosen = user.theme if isinstance(user, User) else request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def remember_theme(response: HttpResponseBase, theme: str) -> None:
    """Keep the theme in the browser."""
    _remember(response, THEME_COOKIE, theme)


def remember_language(response: HttpResponseBase, language: str) -> None:
    """Keep the language in the browser, where it is read before anybody has signed in."""
    _remember(response, settings.LANGUAGE_COOKIE_NAME, language)


def _remember(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite=SAME_SITE
    )
