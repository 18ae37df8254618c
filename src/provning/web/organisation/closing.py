"""A unit or provider that ends: what stands there is told first."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.audit.conflicts import version_of
from provning.organisation import events
from provning.organisation.above import Effect, Standing, standing_in
from provning.organisation.actions import end_provider, end_unit
from provning.organisation.administration import provider_managed
from provning.organisation.queries import unit_for, units_for
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import VersionedForm
from provning.web.organisation.frame import MANAGE, FormPage, form_page
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest


class EndForm(VersionedForm):
    """The last day, empty while there is none."""

    last_day = DayField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Tomt: upphör inte. Inget tas bort, allt som varit finns kvar."),
    )


@screen(permission=MANAGE)
def unit(request: ScreenRequest, unit_id: UUID) -> HttpResponse:
    """Let a unit end, or go on."""
    row = unit_for(request.actor, unit_id, MANAGE)

    def version() -> int:
        return version_of("unit", unit_id, events.OF_UNITS)

    form = _form(request, row.last_day, version())
    back = reverse("organisation:unit", args=[unit_id])

    def save() -> str:
        end_unit(
            actor=request.actor,
            unit_id=unit_id,
            last_day=form.cleaned_data["last_day"],
            today=today(),
            expected_version=form.cleaned_data["expected_version"],
        )
        return back

    shown = _page(_("Skolenheten upphör"), row.name, back, [unit_id])
    return form_page(request, form, shown, save, version)


@screen(permission=MANAGE)
def provider(request: ScreenRequest, provider_id: UUID) -> HttpResponse:
    """Let a provider end with all its units, or go on."""
    row = provider_managed(request.actor, provider_id)

    def version() -> int:
        return version_of("provider", provider_id, events.OF_PROVIDERS)

    form = _form(request, row.last_day, version())
    back = reverse("organisation:provider", args=[provider_id])
    units = [u.id for u in units_for(request.actor, MANAGE) if u.provider_id == provider_id]

    def save() -> str:
        end_provider(
            actor=request.actor,
            provider_id=provider_id,
            last_day=form.cleaned_data["last_day"],
            today=today(),
            expected_version=form.cleaned_data["expected_version"],
        )
        return back

    shown = _page(_("Anordnaren upphör"), row.name, back, units)
    return form_page(request, form, shown, save, version)


def counted(rows: Iterable[Standing | Effect]) -> tuple[str, ...]:
    """Return counts as sentences in the reader's language."""
    return tuple(
        _(each.one if each.count == 1 else each.many).format(count=each.count) for each in rows
    )


def _form(request: ScreenRequest, last_day: date | None, version: int) -> EndForm:
    seen = {"expected_version": version, "last_day": last_day}
    return EndForm(request.POST or None, initial=seen)


def _page(title: str, name: str, back: str, units: list[UUID]) -> FormPage:
    """Tell what stands in the units today, before a day has been chosen."""
    day = today()
    lead = _("Efter sista dagen går det inte att lägga upp grupper. Det här finns i dag:")
    notes = counted(standing_in(units, day, day)) or (_("Inga grupper pågår efter i dag."),)
    return FormPage(title, _("Spara sista dagen"), back, name, lead, notes)
