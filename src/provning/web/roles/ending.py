"""Ending one role."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.actors import Permission
from provning.organisation.actions import take_role
from provning.organisation.role_places import placed_role_for
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

FROM_REVIEW, FROM_DELEGATION = "fran=granskning", "fran=delegering"
LABELS = {
    "roles:list": gettext_lazy("Roller"),
    "roles:review": gettext_lazy("Granska roller"),
    "roles:delegation": gettext_lazy("Delegering"),
}
FIELDS = {"valid_to": "last_day"}


class EndForm(ProvningForm):
    """The last day of a role, and the one that was seen when the page was opened."""

    last_day = DayField(label=gettext_lazy("Sista dag"))
    leaves_none = forms.BooleanField(
        label=gettext_lazy("Avsluta även om ingen då ger roller här"), required=False
    )
    seen = DayField(widget=forms.HiddenInput, required=False)


@screen(permission=Permission.REVIEW_ROLES)
def end(request: ScreenRequest) -> HttpResponse:
    """Ask for the last day of the role that `roll` names; without one, go to the list."""
    back = _back(request)
    number = request.GET.get("roll", "")
    if not number.isdecimal():
        return redirect(back)
    found = placed_role_for(request.actor, int(number))
    seen = found.holding.held.valid_to
    form = EndForm(request.POST or None, initial={"last_day": today(), "seen": seen})
    if request.method == "POST" and form.is_valid():
        with problems_on(form, FIELDS):
            asked = form.cleaned_data
            take_role(
                actor=request.actor,
                assignment_id=int(number),
                last_day=asked["last_day"],
                seen=(asked["seen"],),
                leaves_none=asked["leaves_none"],
            )
            messages.success(request, _("Rollen slutar %(day)s.") % {"day": asked["last_day"]})
            return redirect(back)
    return page(
        request,
        "roles/end.html",
        {"found": found, "back": back, "back_label": LABELS[back]},
        form=form,
    )


def _back(request: ScreenRequest) -> str:
    """Return the list that the person came from; who gives no roles has only the others."""
    came_from = request.GET.get("fran", "")
    if came_from == "delegering" and request.actor.may(Permission.DELEGATE):
        return "roles:delegation"
    from_list = request.actor.may(Permission.GIVE_ROLES) and not came_from
    return "roles:list" if from_list else "roles:review"
