"""A provider's own first and last day of a term."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.audit.conflicts import version_of
from provning.kernel.terms import Term
from provning.organisation import events
from provning.organisation.actions import set_term_calendar
from provning.organisation.administration import provider_managed
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import VersionedForm
from provning.web.organisation.frame import MANAGE, FormPage, form_page
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest

AHEAD = 6


class CalendarForm(VersionedForm):
    """A term and its days."""

    term = forms.ChoiceField(label=gettext_lazy("Termin"))
    first_day = DayField(label=gettext_lazy("Första dag"))
    last_day = DayField(
        label=gettext_lazy("Sista dag"),
        help_text=gettext_lazy(
            "Vårterminen ligger i januari till juni, höstterminen i juli till"
            " december (Manual s. 2)."
        ),
    )


@screen(permission=MANAGE)
def calendar(request: ScreenRequest, provider_id: UUID) -> HttpResponse:
    """Set a term's first and last day."""
    row = provider_managed(request.actor, provider_id)

    def version() -> int:
        return version_of("provider", provider_id, (events.CALENDAR_SET,))

    terms = _terms()
    form = CalendarForm(
        request.POST or None,
        initial={"expected_version": version(), "term": request.GET.get("term", terms[0].code)},
    )
    field = form.fields["term"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(each.code, each.label) for each in terms]
    back = reverse("organisation:provider", args=[provider_id])

    def save() -> str:
        set_term_calendar(
            actor=request.actor,
            provider_id=provider_id,
            term=Term.parse(form.cleaned_data["term"]),
            first_day=form.cleaned_data["first_day"],
            last_day=form.cleaned_data["last_day"],
            expected_version=form.cleaned_data["expected_version"],
        )
        return back

    lead = _("Nya grupper får terminens dagar. Grupper som redan finns behåller sina.")
    shown = FormPage(_("Terminstider"), _("Spara terminen"), back, row.name, lead)
    return form_page(request, form, shown, save, version)


def _terms() -> list[Term]:
    """Return this term and those that come: what has been is not written anew."""
    found = [Term.of(today())]
    while len(found) < AHEAD:
        found.append(found[-1].next())
    return found
