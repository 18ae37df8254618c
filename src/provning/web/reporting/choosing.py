"""What a reporting screen is about: the authority, the term, the huvudman and one provider."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.terms import Term
from provning.reporting.layout import Target
from provning.web.forms import ProvningForm, SubmittedForm
from provning.web.reporting.words import FINDINGS, TARGETS
from provning.web.screen_request import ScreenRequest
from provning.web.selection import Selection, choose, selected


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `provider_id` and `code` narrow the control list down."""

    target: Target
    term: Term
    organiser_id: UUID
    organiser_name: str
    provider_id: UUID | None
    code: str


class FilterForm(ProvningForm):
    """Which file of which term, and what of the control list; nothing is required of it."""

    target = forms.ChoiceField(label=gettext_lazy("Myndighet"), choices=list(TARGETS.items()))
    term = forms.ChoiceField(label=gettext_lazy("Termin"))
    provider = forms.ChoiceField(label=gettext_lazy("Anordnare"))
    code = forms.ChoiceField(label=gettext_lazy("Vad"))


class MakeForm(SubmittedForm):
    """Which file to make; all of it is shown, nothing is typed."""

    target = forms.ChoiceField(choices=list(TARGETS.items()), widget=forms.HiddenInput)
    term = forms.CharField(widget=forms.HiddenInput, max_length=8)
    organiser = forms.UUIDField(widget=forms.HiddenInput)


def asked_for(request: ScreenRequest) -> Asked | None:
    """Return what is asked for, None for somebody without any unit; the choice is kept."""
    if "term" in request.GET:
        selected(request)
        choose(request, term=request.GET["term"])
    selection = selected(request)
    if selection.unit is None:
        return None
    providers = {str(each.provider_id): each.provider_id for each in selection.units}
    code = request.GET.get("code", "")
    return Asked(
        target=read_target(request.GET.get("target", "")),
        term=selection.term,
        organiser_id=selection.unit.organiser_id,
        organiser_name=selection.unit.organiser_name,
        provider_id=providers.get(request.GET.get("provider", "")),
        code=code if code in FINDINGS else "",
    )


def read_target(text: str) -> Target:
    """Return the authority that is named, SCB when none is."""
    return Target(text) if text in set(Target) else Target.SCB


def filter_form(selection: Selection, asked: Asked) -> FilterForm:
    """Return the form over the list, filled with what is asked for."""
    form = FilterForm(
        initial={
            "target": asked.target.value,
            "term": asked.term.code,
            "provider": str(asked.provider_id or ""),
            "code": asked.code,
        },
        auto_id="filter-%s",
    )
    providers = {str(each.provider_id): each.provider_name for each in selection.units}
    _offer(form, "term", [(each.code, each.label) for each in selection.terms])
    _offer(form, "provider", [("", _("Alla")), *providers.items()])
    _offer(form, "code", [("", _("Allt")), *FINDINGS.items()])
    return form


def _offer(form: forms.Form, name: str, choices: list[tuple[str, object]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # the form's own fields are
    field.choices = choices
