"""Inviting the holder of an account anew, closing the account and opening it again."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.accounts.actions import invite, set_active
from provning.web.accounts.detail import shown
from provning.web.accounts.reach import MANAGE, administers_sign_in, places_of
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest

OPEN, CLOSED = "oppet", "stangt"
STATES = [(OPEN, OPEN), (CLOSED, CLOSED)]


class StateForm(ProvningForm):
    """What the account is to be, and what it was when the page was opened."""

    wanted = forms.ChoiceField(choices=STATES, widget=forms.HiddenInput)
    seen = forms.ChoiceField(choices=STATES, widget=forms.HiddenInput)


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def invite_again(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Send the link with which a password is chosen."""
    form = ProvningForm(request.POST)
    with problems_on(form):
        invite(actor=request.actor, user_id=user_id, within=places_of(request.actor))
        messages.success(request, _("Länken är skickad."))
        return redirect("accounts:detail", user_id)
    return shown(request, user_id, form)


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def set_state(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Close the account or open it again."""
    form = StateForm(request.POST)
    if form.is_valid():
        with problems_on(form):
            asked = form.cleaned_data
            active = asked["wanted"] == OPEN
            set_active(
                actor=request.actor,
                user_id=user_id,
                active=active,
                seen=asked["seen"] == OPEN,
                within=places_of(request.actor),
            )
            messages.success(request, _("Kontot är öppet.") if active else _("Kontot är stängt."))
            return redirect("accounts:detail", user_id)
    return shown(request, user_id, form)
