"""Taking an identity, a second factor or every sign-in from an account; done twice, done once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.accounts.actions import end_sessions, remove_factor, unbind_identity
from provning.accounts.queries import bindings_of, factors_of, sessions_of
from provning.kernel.problems import NotAllowedError
from provning.web.accounts.reach import MANAGE, administers_sign_in, places_of
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def unbind(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Take the identity that the form names from the account."""
    asked, places = request.POST.get("binding", ""), places_of(request.actor)
    for each in bindings_of(request.actor, user_id, places):
        if str(each.id) == asked:
            unbind_identity(
                actor=request.actor,
                binding_id=each.id,
                within=places,
            )
            messages.success(request, _("Identiteten är borttagen, och kontot är utloggat."))
    return redirect("accounts:detail", user_id)


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def remove_step(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Take the second factor that the form names out of use."""
    _somebody_elses(request, user_id)
    asked, places = request.POST.get("factor", ""), places_of(request.actor)
    for each in factors_of(user_id):
        if str(each.id) == asked:
            remove_factor(
                actor=request.actor,
                user_id=user_id,
                factor_id=each.id,
                within=places,
            )
            messages.success(request, _("Det andra steget är borttaget."))
    return redirect("accounts:detail", user_id)


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def end_all(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """End every sign-in of the account."""
    _somebody_elses(request, user_id)
    if sessions_of(user_id, None):
        end_sessions(actor=request.actor, user_id=user_id, within=places_of(request.actor))
        messages.success(request, _("Kontot är utloggat överallt."))
    return redirect("accounts:detail", user_id)


def _somebody_elses(request: ScreenRequest, user_id: UUID) -> None:
    """Let one's own be done at one's own page, which asks who one is."""
    if request.actor.id == str(user_id):
        raise NotAllowedError(MANAGE.value)
