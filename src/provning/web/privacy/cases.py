"""Identitetsärenden: what one has proposed of who somebody is, and another approves."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.kernel.actors import Permission
from provning.privacy.actions import approve_case, refuse_case, undo_merge
from provning.privacy.queries import case_for, conflicts_of, open_cases
from provning.privacy.rows import CaseRow
from provning.web import markup
from provning.web.access.searching import log_typed_numbers
from provning.web.clock import today
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

REGISTER = Permission.REGISTER_PERSONS
Difference = tuple[str, str, str]
SAID = {
    "approve": gettext_lazy("Ändringen är genomförd."),
    "refuse": gettext_lazy("Förslaget är avslaget."),
    "undo": gettext_lazy("Posterna är två personer igen."),
}


@screen(permission=REGISTER, methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponse:
    """List the cases, those to decide first."""
    rows = open_cases(request.actor)
    return page(request, "privacy/cases.html", {"table": _table(rows) if rows else None})


@screen(permission=REGISTER)
def case(request: ScreenRequest, case_id: UUID) -> HttpResponse:
    """Show one case with what differs, and approve, refuse or undo it."""
    row = case_for(request.actor, case_id)
    form = ProvningForm(request.POST if request.method == "POST" else None)
    act = request.POST.get("do", "")
    if form.is_bound and form.is_valid() and act in SAID:
        with problems_on(form):
            _do(request, case_id, act)
            messages.success(request, SAID[act])
            return redirect("privacy:case", case_id)
    differing = conflicts_of(request.actor, row)
    context = {
        "case": row,
        "mine": row.proposed_by_account == request.actor.id,
        "kept": markup.person_name(row.person),
        "kept_number": markup.person_number(row.person),
        "other": markup.person_name(row.other) if row.other else "",
        "other_number": markup.person_number(row.other) if row.other else "",
        "conflicts": _differences(differing) if differing else None,
    }
    return page(request, "privacy/case.html", context, form=form)


def _do(request: ScreenRequest, case_id: UUID, act: str) -> None:
    if act == "approve":
        number = case_for(request.actor, case_id).number
        log_typed_numbers(request, "privacy:case", [number] if number else [])
        approve_case(actor=request.actor, case_id=case_id, today=today())
    elif act == "refuse":
        refuse_case(actor=request.actor, case_id=case_id)
    else:
        undo_merge(actor=request.actor, case_id=case_id)


def _table(rows: Sequence[CaseRow]) -> Table[CaseRow]:
    def name(row: CaseRow) -> SafeString:
        url = reverse("privacy:case", args=[row.id])
        return format_html('<a href="{}">{}</a>', url, _(row.kind_label))

    count = ngettext("%(n)s ärende", "%(n)s ärenden", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("kind", _("Ärende"), name, heads_row=True),
            Column("person", _("Person"), lambda row: markup.person_name(row.person)),
            Column("state", _("Läge"), lambda row: _(row.state_label).capitalize()),
            Column("by", _("Föreslaget av"), _by),
        ),
        caption=format_html("<b>{}</b>", count),
    )


def _by(row: CaseRow) -> SafeString:
    return format_html("{}<small>{}</small>", row.proposed_by_name, markup.day(row.proposed_at))


def _differences(rows: Sequence[Difference]) -> Table[Difference]:
    return Table(
        rows,
        (
            Column("what", _("Uppgift"), lambda row: _(row[0]), heads_row=True),
            Column("one", _("Posten som blir kvar"), lambda row: row[1]),
            Column("other", _("Den andra"), lambda row: row[2]),
        ),
        caption=_("Det som skiljer posterna åt."),
        caption_hidden=True,
    )
