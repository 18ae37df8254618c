"""Saying whose an account is, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.kernel.identity import identity_problems
from provning.kernel.problems import ProblemsFoundError, refuse_if
from provning.people.actions import link_account, unlink_account
from provning.people.queries import staff_by_number
from provning.people.rules import staff_unknown
from provning.web.access.searching import log_typed_numbers
from provning.web.accounts.detail import shown
from provning.web.accounts.forms import LinkForm, UnlinkForm
from provning.web.accounts.reach import MANAGE, administers_sign_in, places_of
from provning.web.clock import today
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def link(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Link the account to the staff member who has the number; linked already, nothing changes."""
    form = LinkForm(request.POST)
    if form.is_valid():
        with problems_on(form, {"person": "identity_number", "user": "identity_number"}):
            link_account(
                actor=request.actor,
                person_id=_person(request, form.cleaned_data["identity_number"]),
                user_id=user_id,
                within=places_of(request.actor),
            )
            messages.success(request, _("Kontot är kopplat till personen."))
            return redirect("accounts:detail", user_id)
    return shown(request, user_id, form)


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def unlink(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Take the link back; what was decided stays as it was."""
    form = UnlinkForm(request.POST)
    if form.is_valid():
        with problems_on(form):
            unlink_account(
                actor=request.actor,
                user_id=user_id,
                expected_version=form.cleaned_data["expected_version"],
                within=places_of(request.actor),
            )
            messages.success(request, _("Kontot hör inte längre till personen."))
            return redirect("accounts:detail", user_id)
    return shown(request, user_id, form)


def _person(request: ScreenRequest, written: str) -> UUID:
    """Return the staff member; what is out of reach is told as what nobody has, both are logged."""
    refuse_if(identity_problems(written, today=today()))
    log_typed_numbers(request, "accounts:link", [written])
    found = staff_by_number(request.actor, written, today())
    if found is None:
        raise ProblemsFoundError([staff_unknown()])
    return found
