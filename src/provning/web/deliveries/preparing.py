"""Where a period's delivery is prepared: what it would hold, and what is missing."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from provning.archive.actions import prepare_delivery
from provning.archive.queries import period_of_unit, preparation_for
from provning.archive.rules.periods import Period
from provning.catalogues.rendering import RenderError
from provning.kernel.actors import Permission
from provning.kernel.problems import ProblemsFoundError
from provning.organisation.queries import unit_for
from provning.web.clock import today
from provning.web.deliveries.pieces import missing_items, papers_table
from provning.web.forms import SubmittedForm, problem_text, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import selected

SENDS = Permission.SEND_DELIVERIES


class PrepareForm(SubmittedForm):
    """Whose delivery of which period to prepare; both are shown, neither is typed."""

    unit = forms.UUIDField(widget=forms.HiddenInput)
    period = forms.CharField(widget=forms.HiddenInput, max_length=8)


@screen(permission=SENDS, methods=("GET", "HEAD"))
def period(request: ScreenRequest) -> HttpResponse:
    """Show what the delivery of a unit's period would hold, and what is missing before it goes."""
    unit_id, chosen = _asked(request)
    return _shown(request, unit_id, chosen)


@screen(permission=SENDS, methods=("POST",))
def prepare(request: ScreenRequest) -> HttpResponse:
    """Choose the papers and print the lists; sent twice it is done once."""
    form = PrepareForm(request.POST, auto_id=False)
    chosen = _read_period(request.POST.get("period", ""))
    if not form.is_valid() or chosen is None:
        raise Http404
    unit_id: UUID = form.cleaned_data["unit"]
    with problems_on(form):
        try:
            made = prepare_delivery(
                actor=request.actor,
                unit_id=unit_id,
                period=chosen,
                submission=form.cleaned_data["submission"],
                today=today(),
            )
        except RenderError:
            message = _("Följesedeln kunde inte skrivas ut. Försök igen, eller kontakta supporten.")
            form.add_error(None, message)
        else:
            messages.success(request, _("Leveransen är förberedd. Skriv ut följesedeln nedan."))
            return redirect("deliveries:detail", made.pk)
    return _shown(request, unit_id, chosen, form)


def _shown(
    request: ScreenRequest, unit_id: UUID, chosen: Period, form: PrepareForm | None = None
) -> HttpResponse:
    found = preparation_for(request.actor, unit_id=unit_id, period=chosen, today=today())
    unit = unit_for(request.actor, unit_id, SENDS)
    initial = {"unit": unit_id, "period": chosen.code}
    context = {
        "unit": unit,
        "found": found,
        "missing": missing_items(found.missing),
        "hindered": [problem_text(each) for each in found.hindered],
        "papers": papers_table(found.papers),
        "other_units": _others(request, unit_id, chosen),
    }
    shown = form or PrepareForm(initial=initial, auto_id=False)
    return page(request, "deliveries/period.html", context, form=shown)


def _asked(request: ScreenRequest) -> tuple[UUID, Period]:
    """Return the unit and period of the address, else the chosen ones; 404 for neither."""
    selection = selected(request)
    try:
        asked = request.GET.get("unit", "")
        unit_id = UUID(asked) if asked else selection.unit.id if selection.unit else None
    except ValueError as error:
        raise Http404 from error
    if unit_id is None:
        raise Http404
    code = request.GET.get("period", "")
    if not code:
        return unit_id, period_of_unit(request.actor, unit_id, selection.term)
    chosen = _read_period(code)
    if chosen is None:
        raise Http404
    return unit_id, chosen


def _read_period(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except ProblemsFoundError:
        return None


def _others(request: ScreenRequest, unit_id: UUID, chosen: Period) -> list[tuple[str, str]]:
    """Return name and address of the actor's other units, for the same period."""
    address = reverse("deliveries:period")
    return [
        (unit.name, f"{address}?{urlencode({'unit': str(unit.id), 'period': chosen.code})}")
        for unit in selected(request).units
        if unit.id != unit_id
    ]
