"""One delivery: the provider sends it, Vuxenutbildningscentrum receives it or returns it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.archive.actions import receive_delivery, return_delivery, send_delivery
from provning.archive.policies import SIDES
from provning.archive.queries import (
    DeliveryRow,
    DeliveryState,
    PreparationRow,
    delivery_for,
    list_document,
    preparation_for,
)
from provning.archive.rows import ListRow
from provning.archive.rules.steps import LONGEST_TEXT
from provning.audit.queries import history_of
from provning.kernel.actors import Actor
from provning.web.clock import today
from provning.web.deliveries.listing import state_mark
from provning.web.deliveries.pieces import missing_items, papers_table
from provning.web.deliveries.preparing import PrepareForm
from provning.web.fields import DayField
from provning.web.forms import SubmittedForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.sentences import history_items
from provning.web.tables import Column, Table

AT_PROVIDER = {DeliveryState.PREPARED, DeliveryState.RETURNED}


class WordsField(forms.CharField):
    """Words that the other side reads, or that are kept with the step."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        """Keep the words to what a person reads."""
        super().__init__(max_length=LONGEST_TEXT, **kwargs)


class StepForm(SubmittedForm):
    """One step with a delivery, on the state that was read."""

    expected_step = forms.IntegerField(widget=forms.HiddenInput)


class SendForm(StepForm):
    """Why it is sent although something is missing: asked only when custom allows it."""

    override_reason = WordsField(
        label=gettext_lazy("Skäl att skicka fast något saknas"),
        help_text=gettext_lazy("Sparas med leveransen. Vuxenutbildningscentrum läser skälet."),
        required=False,
    )


class ReceiveForm(StepForm):
    """When the papers came, and anything to say about them."""

    day = DayField(label=gettext_lazy("Mottagen"))
    remarks = WordsField(label=gettext_lazy("Anmärkning"), required=False)


class ReturnForm(StepForm):
    """What is missing."""

    remarks = WordsField(
        label=gettext_lazy("Vad som saknas"),
        help_text=gettext_lazy("Anordnaren läser texten och rättar."),
    )


@dataclass(frozen=True, slots=True)
class StepToTake:
    """One thing to do with a delivery: its form, who may, what it does and what is said after."""

    form: type[StepForm]
    may: Callable[[DeliveryRow], bool]
    act: Callable[..., object]
    said: Promise | str


STEPS: Mapping[str, StepToTake] = {
    "send": StepToTake(
        SendForm,
        lambda row: row.may_send and row.state is DeliveryState.PREPARED,
        send_delivery,
        gettext_lazy("Leveransen är skickad. Du ser här när den är mottagen."),
    ),
    "receive": StepToTake(
        ReceiveForm,
        lambda row: row.may_receive and row.state is DeliveryState.SENT,
        receive_delivery,
        gettext_lazy("Leveransen är mottagen."),
    ),
    "return": StepToTake(
        ReturnForm,
        lambda row: row.may_receive and row.state is DeliveryState.SENT,
        return_delivery,
        gettext_lazy("Leveransen är återsänd till anordnaren."),
    ),
}


@screen(permission=SIDES)
def detail(request: ScreenRequest, delivery_id: UUID) -> HttpResponse:
    """Show a delivery with what the actor may do with it, and do it."""
    row = delivery_for(request.actor, delivery_id)
    act = request.POST.get("do", "") if request.method == "POST" else ""
    sent = STEPS[act].form(request.POST, auto_id=f"{act}-%s") if act in STEPS else None
    if sent is not None and sent.is_valid():
        with problems_on(sent):
            STEPS[act].act(
                actor=request.actor, delivery_id=delivery_id, today=today(), **sent.cleaned_data
            )
            messages.success(request, str(STEPS[act].said))
            return redirect("deliveries:detail", delivery_id)
        row = delivery_for(request.actor, delivery_id)
    context = _context(request.actor, row, act, sent)
    return page(request, "deliveries/detail.html", context, form=sent)


@screen(permission=SIDES, methods=("GET", "HEAD"))
def document(request: ScreenRequest, list_id: UUID) -> HttpResponse:
    """Hand out the stored list under its own name."""
    found = list_document(request.actor, list_id)
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


def _context(actor: Actor, row: DeliveryRow, act: str, sent: StepForm | None) -> dict[str, object]:
    """Return what the page shows: the way so far, and a form for each step possible now."""
    preparation = _preparation(actor, row)
    late = row.due is not None and today() > row.due
    return {
        "row": row,
        "state": state_mark(row.state, late=late),
        "shown_form": sent,
        "forms": _forms(row, preparation, act, sent),
        "missing": missing_items(preparation.missing) if preparation else [],
        "preparation": preparation,
        "prepare_form": PrepareForm(
            initial={"unit": row.unit_id, "period": row.period.code}, auto_id=False
        ),
        "papers": papers_table(row.papers),
        "lists": _lists(row.lists),
        "returned": row.last if row.state is DeliveryState.RETURNED else None,
        "excused": next((each for each in reversed(row.steps) if each.override_reason), None),
        "received": row.last if row.state is DeliveryState.RECEIVED else None,
        "events": history_items(history_of("delivery", row.id)),
        "supplementary": row.number > 1,
    }


def _preparation(actor: Actor, row: DeliveryRow) -> PreparationRow | None:
    """Return what is missing while the delivery is at the provider, for who sends it."""
    if not row.may_send or row.state not in AT_PROVIDER:
        return None
    return preparation_for(actor, unit_id=row.unit_id, period=row.period, today=today())


def _forms(
    row: DeliveryRow, preparation: PreparationRow | None, act: str, sent: StepForm | None
) -> dict[str, StepForm]:
    """Return the form of each possible step; the one that was sent keeps what was typed."""
    found = {}
    for key, step in STEPS.items():
        if not step.may(row):
            continue
        initial = {"expected_step": row.last.number, "day": today()}
        found[key] = step.form(initial=initial, auto_id=f"{key}-%s")
        if sent is not None and key == act and not sent.conflict:
            found[key] = sent
    if "send" in found and not _may_excuse(preparation):
        del found["send"].fields["override_reason"]
    return found


def _may_excuse(preparation: PreparationRow | None) -> bool:
    """Say whether everything that is missing may wait for a written reason."""
    missing = preparation.missing if preparation else ()
    return bool(missing) and all(each.overridable for each in missing)


def _lists(lists: Sequence[ListRow]) -> Table[ListRow]:
    count = ngettext("%(n)s följesedel", "%(n)s följesedlar", len(lists)) % {"n": len(lists)}
    return Table(
        lists,
        (
            Column("part", _("Följesedel"), _link, heads_row=True),
            Column("rows", _("Beslut"), lambda row: row.rows, align="n"),
            Column("pages", _("Sidor"), lambda row: row.pages, align="n"),
            Column("latest", _("Läge"), _standing),
        ),
        caption=count,
        caption_hidden=True,
        export="följesedlar",
    )


def _link(row: ListRow) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("deliveries:list-document", args=[row.id]),
        _(row.part_label).capitalize(),
        _("(PDF)"),
    )


def _standing(row: ListRow) -> str:
    return _("Gäller, två exemplar") if row.latest else _("Ersatt av en nyare")
