"""One's own account: password, second steps, codes to fall back on, and where one is signed in."""

from dataclasses import replace

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from provning.accounts.actions import (
    add_key,
    add_totp,
    change_password,
    end_other_sessions,
    end_session,
    new_recovery_codes,
    remove_factor,
)
from provning.accounts.assurance import Act
from provning.accounts.queries import OwnRole, bindings_of, factors_of, own_roles, sessions_of
from provning.kernel.problems import NotFoundError
from provning.organisation.role_places import place_names
from provning.web.clock import today
from provning.web.forms import PasswordForm, problems_on
from provning.web.identity.forms import KeyForm, NewPasswordForm, TotpForm
from provning.web.identity.sessions import (
    assurance_of,
    enter,
    factors_in,
    is_confirmed_for,
    password_is_enough,
    remember_assurance,
    remember_factors,
)
from provning.web.identity.ways import ways_in
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

POST_ONLY = ("POST",)


class ChangePasswordForm(PasswordForm, NewPasswordForm):
    """The new password twice, and the one that holds now."""

    act = Act.CHANGE_SIGN_IN


@screen(methods=("GET", "HEAD"))
def account(request: ScreenRequest) -> HttpResponse:
    """Show how one signs in, and where one is signed in."""
    user_id = request.user.pk
    labels = {each.name: each.label for each in ways_in()}
    context = {
        "roles": _roles(request),
        "factors": factors_of(user_id),
        "sessions": sessions_of(user_id, request.session.session_key),
        "bindings": [
            (labels.get(each.provider, each.provider), each.shown)
            for each in bindings_of(request.actor, user_id)
        ],
        "has_password": request.user.has_usable_password(),
        "password_is_enough": password_is_enough(),
    }
    return page(request, "identity/account.html", context)


def _roles(request: ScreenRequest) -> list[tuple[OwnRole, str]]:
    """Return one's own roles today, each with the name of its place."""
    held = own_roles(request.user.pk, today())
    names = place_names(each.scope for each in held)
    return [(each, names[each.scope] or _("Hela systemet")) for each in held]


@screen()
def new_password(request: ScreenRequest) -> HttpResponse:
    """Change one's password; every other sign-in ends, and this one goes on under a new key."""
    if not request.user.has_usable_password():
        raise NotFoundError
    if _lacks_own_factor(request):
        return _confirm_first(request)
    form = ChangePasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with problems_on(form, {"password": "new_password"}):
            assurance, factors = assurance_of(request), factors_in(request)
            user = change_password(
                actor=request.actor,
                user_id=request.user.pk,
                password=form.cleaned_data["new_password"],
            )
            enter(request, user, assurance, factors)
            messages.success(request, _("Du har ett nytt lösenord."))
            return redirect("account")
    return page(request, "identity/new_password.html", form=form)


@screen()
def add_app(request: ScreenRequest) -> HttpResponse:
    """Let an app that shows codes be the second step."""
    if not _confirmed(request):
        return _confirm_first(request)
    form = TotpForm(request.POST or None)
    secret = get_totp_secret()
    if request.method == "POST" and form.is_valid():
        with problems_on(form, {"code": "one_time_code"}):
            codes = add_totp(
                actor=request.actor,
                user_id=request.user.pk,
                secret=secret,
                code=form.cleaned_data["one_time_code"],
            )
            clear_totp_secret(request)
            return _added(request, codes)
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, secret)
    context = {
        # allauth draws it from the address alone: paths of black squares.
        # A drawing of squares made by the library: nothing that was typed stands in it as text.
        "picture": mark_safe(adapter.build_totp_svg(address)),  # noqa: S308 # as said above
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return page(request, "identity/add_app.html", context, form=form)


@screen()
def add_security_key(request: ScreenRequest) -> HttpResponse:
    """Let a security key or a passkey be the second step; the browser's own part needs a script."""
    if not _confirmed(request):
        return _confirm_first(request)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            codes = add_key(actor=request.actor, user_id=request.user.pk, **form.cleaned_data)
            return _added(request, codes)
    creation = dict(webauthn.begin_registration(request.user, passwordless=False))
    return page(request, "identity/add_key.html", {"creation": creation}, form=form)


@screen(methods=POST_ONLY)
def take_away_factor(request: ScreenRequest, factor_id: int) -> HttpResponse:
    """Take a second step away."""
    if not _confirmed(request, reverse("account")):
        return _confirm_first(request)
    remove_factor(actor=request.actor, user_id=request.user.pk, factor_id=factor_id)
    remember_factors(request, [each.kind for each in factors_of(request.user.pk)])
    messages.success(request, _("Det andra steget är borttaget."))
    return redirect("account")


@screen(methods=POST_ONLY)
def fresh_codes(request: ScreenRequest) -> HttpResponse:
    """Show new codes to fall back on, once; the old ones hold no longer."""
    if not _confirmed(request, reverse("account")):
        return _confirm_first(request)
    codes = new_recovery_codes(actor=request.actor, user_id=request.user.pk)
    return page(request, "identity/codes.html", {"codes": codes})


@screen(methods=POST_ONLY)
def end_one(request: ScreenRequest, sign_in_id: int) -> HttpResponse:
    """End one of one's own sign-ins."""
    end_session(actor=request.actor, user_id=request.user.pk, sign_in_id=sign_in_id)
    messages.success(request, _("Inloggningen är avslutad."))
    return redirect("account")


@screen(methods=POST_ONLY)
def end_others(request: ScreenRequest) -> HttpResponse:
    """End every sign-in of one's own but this one."""
    key = str(request.session.session_key)
    end_other_sessions(actor=request.actor, user_id=request.user.pk, kept=key)
    messages.success(request, _("Alla andra inloggningar är avslutade."))
    return redirect("account")


def _confirmed(request: ScreenRequest, path: str = "") -> bool:
    return is_confirmed_for(request, path or request.path) and not _lacks_own_factor(request)


def _lacks_own_factor(request: ScreenRequest) -> bool:
    """Say whether the account has a second step that this sign-in has not shown.

    Such a sign-in is older than the step: whoever has it changes nothing of how one signs in.
    """
    return not assurance_of(request).strong and bool(factors_of(request.user.pk))


def _confirm_first(request: ScreenRequest) -> HttpResponse:
    """Lead to the page where one shows who one is, and back here; a POST goes to the account."""
    till = request.path if request.method in {"GET", "HEAD"} else reverse("account")
    return redirect(f"{reverse('confirm')}?{urlencode({'till': till})}")


def _added(request: ScreenRequest, codes: list[str]) -> HttpResponse:
    """Go on with a sign-in that is stronger now, and show the recovery codes once."""
    remember_assurance(request, replace(assurance_of(request), factor=True))
    remember_factors(request, [each.kind for each in factors_of(request.user.pk)])
    if codes:
        return page(request, "identity/codes.html", {"codes": codes})
    messages.success(request, _("Det andra steget är tillagt."))
    return redirect("account")
