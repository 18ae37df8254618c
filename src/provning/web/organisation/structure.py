"""Adding and changing huvudmän, providers and units."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.audit.conflicts import version_of
from provning.organisation import events
from provning.organisation.actions import (
    change_organiser,
    change_provider,
    change_unit,
    create_organiser,
    create_provider,
    create_unit,
    set_grading_right,
)
from provning.organisation.administration import organiser_managed, provider_managed
from provning.organisation.queries import unit_for
from provning.web.fields import DayField
from provning.web.forms import VersionedForm
from provning.web.organisation.frame import MANAGE, FormPage, form_page, no_version
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest

NUMBER = gettext_lazy("Organisationsnummer")
NUMBER_SHAPE = gettext_lazy("Skriv NNNNNN-NNNN, eller lämna tomt.")


class OrganiserForm(VersionedForm):
    """A huvudman and its home municipality."""

    name = forms.CharField(label=gettext_lazy("Namn"))
    municipality_code = forms.CharField(
        label=gettext_lazy("Kommunkod"), help_text=gettext_lazy("Fyra siffror, till exempel 0180.")
    )
    municipality_name = forms.CharField(label=gettext_lazy("Kommun"))
    organisation_number = forms.CharField(label=NUMBER, required=False, help_text=NUMBER_SHAPE)


class ProviderForm(VersionedForm):
    """A provider and how it is run."""

    name = forms.CharField(label=gettext_lazy("Namn"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Drift"),
        choices=(
            ("internal", gettext_lazy("Egen regi")),
            ("external", gettext_lazy("Entreprenad")),
        ),
        widget=forms.RadioSelect,
    )
    organisation_number = forms.CharField(label=NUMBER, required=False, help_text=NUMBER_SHAPE)


class RightForm(VersionedForm):
    """Between which days a contracted provider has betygsrätt."""

    grading_right_from = DayField(label=gettext_lazy("Betygsrätt från"), required=False)
    grading_right_to = DayField(
        label=gettext_lazy("Betygsrätt till"),
        required=False,
        help_text=gettext_lazy("Tomt: tills vidare. Båda tomma: ingen betygsrätt."),
    )


class UnitForm(VersionedForm):
    """A unit, its code in the register and its principal."""

    name = forms.CharField(label=gettext_lazy("Namn"))
    code = forms.CharField(
        label=gettext_lazy("Skolenhetskod"),
        required=False,
        help_text=gettext_lazy("Åtta siffror, ur Skolverkets skolenhetsregister."),
    )
    principal_name = forms.CharField(label=gettext_lazy("Rektor"), required=False)


@screen(permission=MANAGE, everywhere=True)
def new_organiser(request: ScreenRequest) -> HttpResponse:
    """Add a huvudman; only for who manages the whole installation."""
    form = OrganiserForm(request.POST or None, initial={"expected_version": 0})
    shown = _page(_("Ny huvudman"), _("Lägg upp huvudmannen"), "", reverse("organisation:list"))

    def save() -> str:
        made = create_organiser(actor=request.actor, **_typed(form))
        return _at("organiser", made.pk)

    return form_page(request, form, shown, save, no_version)


@screen(permission=MANAGE)
def organiser(request: ScreenRequest, organiser_id: UUID) -> HttpResponse:
    """Change a huvudman."""
    row = organiser_managed(request.actor, organiser_id)

    def version() -> int:
        return version_of("organiser", organiser_id, events.OF_ORGANISERS)

    form = OrganiserForm(request.POST or None, initial=_seen(OrganiserForm, row, version()))
    back = _at("organiser", organiser_id)

    def save() -> str:
        typed = _typed(form) | _over(form)
        change_organiser(actor=request.actor, organiser_id=organiser_id, **typed)
        return back

    shown = _page(_("Ändra huvudman"), _("Spara"), row.name, back)
    return form_page(request, form, shown, save, version)


@screen(permission=MANAGE)
def new_provider(request: ScreenRequest, organiser_id: UUID) -> HttpResponse:
    """Add a provider under a huvudman."""
    row = organiser_managed(request.actor, organiser_id)
    form = ProviderForm(request.POST or None, initial={"expected_version": 0})
    back = _at("organiser", organiser_id)

    def save() -> str:
        made = create_provider(actor=request.actor, organiser_id=organiser_id, **_typed(form))
        return _at("provider", made.pk)

    lead = _("Betygsrätt för en anordnare på entreprenad skrivs på nästa sida.")
    shown = _page(_("Ny anordnare"), _("Lägg upp anordnaren"), row.name, back, lead)
    return form_page(request, form, shown, save, no_version)


@screen(permission=MANAGE)
def provider(request: ScreenRequest, provider_id: UUID) -> HttpResponse:
    """Change a provider."""
    row = provider_managed(request.actor, provider_id)
    form = ProviderForm(
        request.POST or None,
        initial=_seen(ProviderForm, row, _provider_version(provider_id)),
    )
    back = _at("provider", provider_id)

    def save() -> str:
        typed = _typed(form) | _over(form)
        change_provider(actor=request.actor, provider_id=provider_id, **typed)
        return back

    shown = _page(_("Ändra anordnare"), _("Spara"), row.name, back)
    return form_page(request, form, shown, save, lambda: _provider_version(provider_id))


@screen(permission=MANAGE)
def right(request: ScreenRequest, provider_id: UUID) -> HttpResponse:
    """Set between which days a provider has betygsrätt."""
    row = provider_managed(request.actor, provider_id)
    initial = _seen(RightForm, row, _provider_version(provider_id))
    form = RightForm(request.POST or None, initial=initial)
    back = _at("provider", provider_id)

    def save() -> str:
        set_grading_right(
            actor=request.actor,
            provider_id=provider_id,
            first_day=form.cleaned_data["grading_right_from"],
            last_day=form.cleaned_data["grading_right_to"],
            **_over(form),
        )
        return back

    lead = _("Utan betygsrätt beslutar huvudmannens rektor (förordningen (2011:1108) 6 kap. 1 §).")
    shown = _page(_("Betygsrätt"), _("Spara betygsrätten"), row.name, back, lead)
    return form_page(request, form, shown, save, lambda: _provider_version(provider_id))


@screen(permission=MANAGE)
def new_unit(request: ScreenRequest, provider_id: UUID) -> HttpResponse:
    """Add a unit under a provider."""
    row = provider_managed(request.actor, provider_id)
    form = UnitForm(request.POST or None, initial={"expected_version": 0})
    back = _at("provider", provider_id)

    def save() -> str:
        made = create_unit(actor=request.actor, provider_id=provider_id, **_typed(form))
        return _at("initials", made.pk)

    lead = _("Initialerna skrivs på nästa sida.")
    shown = _page(_("Ny skolenhet"), _("Lägg upp skolenheten"), row.name, back, lead)
    return form_page(request, form, shown, save, no_version)


@screen(permission=MANAGE)
def unit(request: ScreenRequest, unit_id: UUID) -> HttpResponse:
    """Change a unit."""
    row = unit_for(request.actor, unit_id, MANAGE)

    def version() -> int:
        return version_of("unit", unit_id, events.OF_UNITS)

    form = UnitForm(request.POST or None, initial=_seen(UnitForm, row, version()))
    back = _at("unit", unit_id)

    def save() -> str:
        change_unit(actor=request.actor, unit_id=unit_id, **(_typed(form) | _over(form)))
        return back

    shown = _page(_("Ändra skolenhet"), _("Spara"), row.name, back)
    return form_page(request, form, shown, save, version)


def _provider_version(provider_id: UUID) -> int:
    return version_of("provider", provider_id, events.OF_PROVIDERS)


def _at(name: str, key: UUID) -> str:
    return reverse(f"organisation:{name}", args=[key])


def _page(title: str, answer: str, name: str, back: str, lead: str = "") -> FormPage:
    return FormPage(title, answer, back, name or _("Organisation"), lead)


def _typed(form: VersionedForm) -> dict[str, Any]:
    """Return what was typed, without the version."""
    found = form.cleaned_data.items()
    return {name: value for name, value in found if name != "expected_version"}


def _over(form: VersionedForm) -> dict[str, Any]:
    """Return the version that was seen."""
    return {"expected_version": form.cleaned_data["expected_version"]}


def _seen(kind: type[VersionedForm], row: object, version: int) -> dict[str, object]:
    """Return the form's fields as they are now."""
    names = [name for name in kind.base_fields if name != "expected_version"]
    return {"expected_version": version, **{name: getattr(row, name) for name in names}}
