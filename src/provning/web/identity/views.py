"""Signing in and out, and the switches of language, look, unit and term."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from provning.accounts.actions import record_sign_in, set_preferences
from provning.accounts.assurance import Assurance
from provning.accounts.models import User
from provning.accounts.queries import accounts, user_by_username
from provning.web.context import LANGUAGE_NAMES
from provning.web.identity.entering import go_on, safe_next
from provning.web.identity.forms import SignInForm
from provning.web.identity.kept import read_kept
from provning.web.identity.ways import ways_in
from provning.web.permissions import screen
from provning.web.preferences import THEMES, remember_language, remember_theme
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest, actor_of
from provning.web.selection import choose

POST_ONLY = ("POST",)


@screen(public=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password, and send the person on to where they were going."""
    if actor_of(request) is not None and request.method != "POST":
        return redirect(safe_next(request, request.GET.get("next", "")))
    if request.method != "POST":
        form = SignInForm(initial={"next": request.GET.get("next", "")})
        return page(request, "identity/sign_in.html", _helpers(), form=form)
    form = SignInForm(request.POST, request=request)
    if form.is_valid() and form.user is not None:
        return go_on(
            request,
            form.user,
            Assurance(),
            next_path=form.cleaned_data["next"],
            kept_token=form.cleaned_data["kept"],
        )
    if form.username_tried:
        record_sign_in(user=user_by_username(form.username_tried), succeeded=False)
    kept = read_kept(form.cleaned_data.get("kept", ""))
    template = "identity/signed_out.html" if kept else "identity/sign_in.html"
    return page(request, template, {"kept": kept, **_helpers()}, form=form)


@screen(public=True, methods=POST_ONLY)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the sign-in and say so."""
    logout(request)
    return redirect(f"{reverse('sign-in')}?utloggad=1")


@screen(public=True, methods=POST_ONLY)
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on."""
    response = redirect(safe_next(request, request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if language in LANGUAGE_NAMES:
        _prefer(request, language=language)
        remember_language(response, language)
    return response


@screen(public=True, methods=POST_ONLY)
def set_theme(request: HttpRequest) -> HttpResponse:
    """Show the pages light, dark or as the computer says from now on."""
    response = redirect(safe_next(request, request.POST.get("next", "")))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        _prefer(request, theme=theme)
        remember_theme(response, theme)
    return response


@screen(methods=POST_ONLY)
def choose_unit_and_term(request: ScreenRequest) -> HttpResponse:
    """Work with another school unit or term from now on."""
    choose(request, unit=request.POST.get("unit", ""), term=request.POST.get("term", ""))
    return redirect(safe_next(request, request.POST.get("next", "")))


def _prefer(request: HttpRequest, *, language: str | None = None, theme: str | None = None) -> None:
    actor = actor_of(request)
    if actor is not None and isinstance(request.user, User):
        set_preferences(actor=actor, user_id=request.user.pk, language=language, theme=theme)


def _helpers() -> dict[str, object]:
    """Return the other ways in, and the demo's sign-ins where it is one."""
    found: dict[str, object] = {"ways": ways_in()}
    if settings.DEMO:
        found["accounts"] = sorted(accounts(), key=lambda row: row.username)
        found["demo_password"] = settings.DEMO_PASSWORD
    return found
