"""Showing anew that it is you, before an act of lifelong effect: by whatever you have.

A form that asks for it is a `PasswordForm`; this page is for what does not fit into a form: a code,
a security key, an identity provider. What was typed waits in the session meanwhile.
"""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from provning.accounts.actions import confirm_password, record_step_up
from provning.accounts.assurance import Act, Needed, still_needed
from provning.accounts.queries import bindings_of, factors_of
from provning.kernel.problems import Problem
from provning.web.forms import TOO_OFTEN, add_problems
from provning.web.identity.answers import CONFIRM
from provning.web.identity.entering import safe_next
from provning.web.identity.forms import ConfirmForm
from provning.web.identity.kept import Kept, ask_to_send_again, keep, read_kept
from provning.web.identity.leaving import off_to
from provning.web.identity.limits import try_once
from provning.web.identity.second_step import challenge, step_problems
from provning.web.identity.sessions import (
    assurance_of,
    confirm_now,
    is_confirmed,
    password_is_enough,
    remember_assurance,
    remember_factors,
)
from provning.web.identity.ways import way_named, ways_in
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

# The form that waits, and an address that is on the way meanwhile: whoever has no second step adds
# one on their account, which asks too, and finds the form again.
WAITING, ADDRESS = "waiting", "waiting_address"
ANEW = (("anew", "1"),)
POST_ONLY = ("POST",)


def ask_first(request: ScreenRequest, act: Act) -> HttpResponse | None:
    """Return the way to show what an act still asks of a posted form; None when it asks no more.

    The form waits meanwhile, and is then sent again by a button.
    """
    if _needed(request, act) is Needed.NOTHING:
        return None
    kept = keep(request, request.user.pk, request.path)
    # A form of a button alone has to be sent again too.
    _let_wait(request, replace(kept, fields=kept.fields or ANEW))
    return redirect("confirm")


def is_too_weak(request: ScreenRequest, act: Act) -> bool:
    """Say whether an act asks for a stronger sign-in, so that its page tells so beforehand."""
    return _needed(request, act) is Needed.STRENGTH


@screen()
def confirm(request: ScreenRequest) -> HttpResponse:
    """Keep the form that is being filled in, and show every way to confirm who one is.

    `?till=` is where the form was going.
    """
    path = safe_next(request, request.GET.get("till", ""))
    if request.method == "POST":
        _let_wait(request, keep(request, request.user.pk, path))
        return redirect("confirm")
    if "till" in request.GET:
        request.session[ADDRESS] = Kept(path, (), owner=str(request.user.pk)).token
    return _page(request, ConfirmForm())


@screen(methods=POST_ONLY)
def confirm_here(request: ScreenRequest) -> HttpResponse:
    """Take a password, a code or a security key, and give back what was typed."""
    form = ConfirmForm(request.POST)
    if not form.is_valid() or not _holds(request, form):
        return _page(request, form)
    assurance = assurance_of(request)
    if not form.cleaned_data.get("password"):
        assurance = replace(assurance, factor=True)
        remember_assurance(request, assurance)
    record_step_up(actor=request.actor, user=request.user, assurance=assurance)
    kept = _waiting(request)
    _take_out(request)
    if kept is None:
        return redirect("overview")
    confirm_now(request, kept.path.partition("?")[0])
    if not kept.fields:
        return redirect(kept.path)
    return ask_to_send_again(request, kept, confirmed=True)


@screen(methods=POST_ONLY)
def confirm_at_provider(request: ScreenRequest, name: str) -> HttpResponse:
    """Send the person to their identity provider, to sign in there anew and more surely."""
    kept = _waiting(request)
    request.session.pop(ADDRESS, None)
    state = {
        "why": CONFIRM,
        "next": kept.path if kept else "/",
        "kept": kept.token if kept else "",
        "user": str(request.user.pk),
    }
    return off_to(request, way_named(name), state)


def _needed(request: ScreenRequest, act: Act) -> Needed:
    return still_needed(
        act,
        assurance_of(request),
        confirmed=is_confirmed(request),
        password_is_enough=password_is_enough(),
    )


def _page(request: ScreenRequest, form: ConfirmForm) -> HttpResponse:
    factors = factors_of(request.user.pk)
    kinds = [each.kind for each in factors]
    remember_factors(request, kinds)
    bound = {each.provider for each in bindings_of(request.actor, request.user.pk)}
    kept, usable = _waiting(request), request.user.has_usable_password()
    context = {
        "kinds": kinds,
        "challenge": challenge(request.user, kinds),
        "ways": [each for each in ways_in() if each.name in bound],
        "with_password": usable and _password_helps(request, kept, kinds),
        "kept": kept,
    }
    return page(request, "identity/confirm.html", context, form=form)


def _password_helps(request: ScreenRequest, kept: Kept | None, kinds: list[str]) -> bool:
    """Say whether the password can be what is asked for.

    On one's own account it is, until there is a second step: that is how one gets the first.
    """
    if assurance_of(request).strong:
        return True
    own = kept is not None and kept.path.startswith(reverse("account"))
    return not kinds if own else password_is_enough()


def _let_wait(request: ScreenRequest, kept: Kept) -> None:
    request.session[WAITING] = kept.token
    request.session.pop(ADDRESS, None)


def _take_out(request: ScreenRequest) -> None:
    """Forget what has been confirmed; a form goes on waiting while an address is confirmed."""
    request.session.pop(ADDRESS if ADDRESS in request.session else WAITING, None)


def _waiting(request: ScreenRequest) -> Kept | None:
    kept = read_kept(request.session.get(ADDRESS) or request.session.get(WAITING, ""))
    return kept if kept and kept.belongs_to(request.user.pk) else None


def _holds(request: ScreenRequest, form: ConfirmForm) -> bool:
    tried = try_once(request, "confirm", str(request.user.pk))
    if tried is None:
        form.add_error(None, TOO_OFTEN)
        return False
    problems = _problems(request, form)
    add_problems(form, problems, {"code": "one_time_code"})
    if not problems:
        tried.rollback()
    return not problems


def _problems(request: ScreenRequest, form: ConfirmForm) -> list[Problem]:
    password = form.cleaned_data.get("password")
    if password:
        user_id = request.user.pk
        return confirm_password(actor=request.actor, user_id=user_id, password=password)
    return step_problems(form, request.user)
