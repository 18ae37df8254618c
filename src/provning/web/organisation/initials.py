"""A unit's initials from a day on."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.audit.conflicts import version_of
from provning.organisation import events
from provning.organisation.actions import set_initials
from provning.organisation.queries import unit_for
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import VersionedForm
from provning.web.organisation.frame import MANAGE, FormPage, form_page
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest


class InitialsForm(VersionedForm):
    """The letters and their first day."""

    initials = forms.CharField(
        label=gettext_lazy("Initialer"),
        widget=forms.TextInput(attrs={"class": "w-s"}),
        help_text=gettext_lazy("Bara bokstäver, högst sex. Siffror skulle läsas som årtalet."),
    )
    valid_from = DayField(label=gettext_lazy("Gäller från"))


@screen(permission=MANAGE)
def initials(request: ScreenRequest, unit_id: UUID) -> HttpResponse:
    """Give a unit its initials from a day on."""
    row = unit_for(request.actor, unit_id, MANAGE)

    def version() -> int:
        return version_of("unit", unit_id, (events.INITIALS_SET,))

    seen = {"expected_version": version(), "valid_from": today()}
    form = InitialsForm(request.POST or None, initial=seen)
    back = reverse("organisation:unit", args=[unit_id])

    def save() -> str:
        set_initials(
            actor=request.actor,
            unit_id=unit_id,
            initials=form.cleaned_data["initials"],
            valid_from=form.cleaned_data["valid_from"],
            today=today(),
            expected_version=form.cleaned_data["expected_version"],
        )
        return back

    lead = _("Nya grupper får de nya initialerna. Grupper som redan finns behåller sina namn.")
    shown = FormPage(_("Nya initialer"), _("Spara initialerna"), back, row.name, lead)
    return form_page(request, form, shown, save, version)
