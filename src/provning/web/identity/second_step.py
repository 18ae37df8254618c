"""The second step of a sign-in: a code, or a security key."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from provning.accounts.actions import confirm_code, confirm_key
from provning.accounts.assurance import Assurance
from provning.accounts.models import User
from provning.accounts.queries import factors_of
from provning.kernel.problems import Problem
from provning.web.forms import TOO_OFTEN, add_problems
from provning.web.identity.entering import HALFWAY, halfway, let_in
from provning.web.identity.forms import SecondStepForm
from provning.web.identity.limits import try_once
from provning.web.permissions import screen
from provning.web.responses import page


@screen(public=True)
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever has shown their first step for the second; nothing else tells of the account."""
    found = halfway(request)
    if found is None:
        request.session.pop(HALFWAY, None)
        return redirect("sign-in")
    user, known = found
    kinds = [each.kind for each in factors_of(user.pk)]
    form = SecondStepForm(request.POST or None)
    if form.is_valid() and _holds(request, form, user):
        assurance = Assurance(known["level"], known["method"], factor=True)
        return let_in(
            request, user, assurance, kinds, next_path=known["next"], kept_token=known["kept"]
        )
    context = {"kinds": kinds, "challenge": challenge(user, kinds)}
    return page(request, "identity/second_step.html", context, form=form)


def challenge(user: User, kinds: list[str]) -> dict[str, Any] | None:
    """Return what a security key has to answer, None for who has none; it holds once."""
    if "webauthn" not in kinds:
        return None
    return dict(webauthn.begin_authentication(user))


def step_problems(form: SecondStepForm, user: User) -> list[Problem]:
    """Return why what was given does not hold, in the names of the form."""
    credential = form.cleaned_data.get("credential")
    if credential:
        return confirm_key(user_id=user.pk, response=credential)
    return confirm_code(user_id=user.pk, code=form.cleaned_data["one_time_code"])


def _holds(request: HttpRequest, form: SecondStepForm, user: User) -> bool:
    tried = try_once(request, "second_step", str(user.pk))
    if tried is None:
        form.add_error(None, TOO_OFTEN)
        return False
    problems = step_problems(form, user)
    add_problems(form, problems, {"code": "one_time_code"})
    if not problems:
        tried.rollback()
    return not problems
