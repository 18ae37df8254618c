"""Deciding a policy's value from a day on, with what it would touch shown before it is saved."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.problems import Problem
from provning.organisation.above import effects_of
from provning.organisation.actions import set_policy, withdraw_policy
from provning.organisation.administration import (
    Decided,
    PolicyRow,
    organiser_managed,
    policies_of,
    policy_version,
)
from provning.organisation.policies_data import PolicyKind, PolicyValue
from provning.organisation.policy_effects import EFFECT_LABELS
from provning.organisation.rules import past_problems, policy_problems
from provning.web import markup
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import VersionedForm, add_problems, problems_on
from provning.web.organisation.closing import counted
from provning.web.organisation.frame import MANAGE
from provning.web.organisation.policies import shown_value
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

SAVE = "spara"
NARROW = {"class": "w-s"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a value would do: what is now, what would be, and sentences of what it touches."""

    before: str
    after: str
    sentences: tuple[str, ...]


class PolicyForm(VersionedForm):
    """A value of the policy's kind, its first day and the decision that it stands in."""

    valid_from = DayField(label=gettext_lazy("Gäller från"))
    source = forms.CharField(
        label=gettext_lazy("Beslut"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Var det är beslutat, till exempel nämndens protokoll."),
    )

    def __init__(self, *args: object, kind: PolicyKind, **kwargs: object) -> None:
        """Ask for what the policy may be."""
        super().__init__(*args, **kwargs)
        self.fields["value"] = _field(kind)
        self.order_fields(["expected_version", "value", "valid_from", "source"])

    @property
    def value(self) -> PolicyValue:
        """Return the value as it is stored."""
        found = self.cleaned_data["value"]
        return found if isinstance(found, int) else str(found)


@screen(permission=MANAGE)
def decide(request: ScreenRequest, organiser_id: UUID) -> HttpResponse:
    """Show one policy; with a value, what it would touch; confirmed, decide it."""
    organiser = organiser_managed(request.actor, organiser_id)
    row = _wanted(request, organiser_id)
    if row is None:
        return redirect("organisation:policies", organiser_id)
    form, preview = _form(request, organiser_id, row), None
    if request.method == "POST" and form.is_valid():
        add_problems(form, _problems(form, row))
        if not form.errors and request.POST.get("do") == SAVE:
            with problems_on(form):
                _save(request, organiser_id, row.kind, form)
                messages.success(request, _("Regeln är beslutad."))
                return redirect("organisation:policies", organiser_id)
        preview = None if form.errors else _preview(organiser_id, row, form)
    version = policy_version(organiser_id, row.kind.key)
    if form.conflict:
        form.now_over(version)
    context = {"organiser": organiser, "preview": preview, "version": version, **_known(row)}
    return page(request, "organisation/policy.html", context, form=form)


@screen(permission=MANAGE, methods=("POST",))
def withdraw(request: ScreenRequest, organiser_id: UUID) -> HttpResponse:
    """Take back a value that has not begun."""
    organiser_managed(request.actor, organiser_id)
    row = _wanted(request, organiser_id)
    seen = request.POST.get("expected_version", "")
    if row is not None and seen.isdecimal():
        withdraw_policy(
            actor=request.actor,
            organiser_id=organiser_id,
            key=row.kind.key,
            today=today(),
            expected_version=int(seen),
        )
        messages.success(request, _("Det som skulle komma är taget tillbaka."))
    return redirect("organisation:policies", organiser_id)


def _wanted(request: ScreenRequest, organiser_id: UUID) -> PolicyRow | None:
    """Return the policy that the address names, None when it names none."""
    key = request.GET.get("policy", "")
    rows = policies_of(request.actor, organiser_id, today())
    return next((row for row in rows if row.kind.key.value == key), None)


def _form(request: ScreenRequest, organiser_id: UUID, row: PolicyRow) -> PolicyForm:
    seen = {
        "expected_version": policy_version(organiser_id, row.kind.key),
        "value": row.value,
        "valid_from": today() + timedelta(days=1),
    }
    return PolicyForm(request.POST or None, kind=row.kind, initial=seen)


def _known(row: PolicyRow) -> dict[str, object]:
    """Return what the page tells of the policy as it stands."""
    kind = row.kind
    return {
        "row": row,
        "label": _(kind.label),
        "meaning": _(kind.meaning),
        "source": _(kind.source),
        "default": shown_value(kind, kind.default),
        "now": shown_value(kind, row.value),
        "coming": shown_value(kind, row.coming.value) if row.coming else "",
        "earlier": _earlier(row),
    }


def _problems(form: PolicyForm, row: PolicyRow) -> list[Problem]:
    day, latest = form.cleaned_data["valid_from"], row.coming or row.now
    start = latest.valid_from if latest else None
    return policy_problems(row.kind.key, form.value, day, start) + past_problems(day, today())


def _save(request: ScreenRequest, organiser_id: UUID, kind: PolicyKind, form: PolicyForm) -> None:
    set_policy(
        actor=request.actor,
        organiser_id=organiser_id,
        key=kind.key,
        value=form.value,
        valid_from=form.cleaned_data["valid_from"],
        source=form.cleaned_data["source"],
        today=today(),
        expected_version=form.cleaned_data["expected_version"],
    )


def _preview(organiser_id: UUID, row: PolicyRow, form: PolicyForm) -> Preview:
    first = form.cleaned_data["valid_from"]
    effects = effects_of(organiser_id, row.kind.key, form.value, first, today())
    return Preview(
        shown_value(row.kind, row.value),
        shown_value(row.kind, form.value),
        (*counted(effects), _(EFFECT_LABELS[row.kind.key])),
    )


def _field(kind: PolicyKind) -> forms.Field:
    """Return the input that fits the policy's values."""
    label = _(kind.label)
    if kind.choices:
        choices = [(value, _(text)) for value, text in kind.choices]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if isinstance(kind.default, int):
        hint = _("Från {lowest} till {highest}.").format(lowest=kind.lowest, highest=kind.highest)
        return forms.IntegerField(label=label, help_text=hint, widget=forms.NumberInput(NARROW))
    return forms.CharField(label=label, required=False)


def _earlier(row: PolicyRow) -> Table[Decided]:
    return Table(
        row.earlier,
        (
            Column("value", _("Värde"), lambda d: shown_value(row.kind, d.value), heads_row=True),
            Column("from", _("Från"), lambda each: markup.day(each.valid_from)),
            Column("to", _("Till"), lambda each: markup.day(each.valid_to)),
            Column("source", _("Beslut"), lambda each: each.source or markup.NOTHING),
        ),
        caption=_("Tidigare värden"),
        caption_hidden=True,
        export="tidigare-varden",
    )
