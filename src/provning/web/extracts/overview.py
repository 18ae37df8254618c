"""The first page of the extracts: what is out of date, orders of many, and ordering them."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.exams.queries import groups_for
from provning.extracts.actions import Wanted, order_extracts
from provning.extracts.queries import orders_for, outdated_extracts
from provning.extracts.rows import ExtractOrderRow
from provning.kernel.actors import Permission
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError, refuse_if
from provning.kernel.terms import Term
from provning.people.queries import search_persons
from provning.web import markup
from provning.web.access.searching import log_typed_numbers
from provning.web.clock import today
from provning.web.extracts.forms import OrderForm, as_uuid
from provning.web.extracts.listing import outdated_table
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import Selection, choose_unit, read_term, selected
from provning.web.tables import Column, Table

MOST_NUMBERS = 500
STATES = {"waiting": "open", "running": "saving", "done": "done"}


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("GET", "HEAD"))
def extracts(request: ScreenRequest) -> HttpResponse:
    """Show what is out of date and the orders, with the form that makes a new one."""
    return _page(request)


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("POST",))
def order(request: ScreenRequest) -> HttpResponse:
    """Order extracts for many; a job issues them, and the order's page shows how far it is."""
    term = read_term(request.POST.get("term", ""))
    unit_id = as_uuid(request.POST.get("unit", ""))
    if term is None or unit_id is None:
        raise Http404
    choose_unit(request, unit_id, term)
    form = _offered(OrderForm(request.POST, auto_id="bestall-%s"), selected(request), request)
    if form.is_valid():
        with problems_on(form):
            made = order_extracts(
                actor=request.actor,
                unit_id=unit_id,
                wanted=_wanted(request, form, term),
                english=form.cleaned_data["english"],
                with_fails=form.cleaned_data["with_fails"],
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            return redirect("extracts:batch", made.id)
    elif "submission" in form.errors:
        raise Http404
    return _page(request, form)


def _page(request: ScreenRequest, form: OrderForm | None = None) -> HttpResponse:
    selection = selected(request)
    outdated = outdated_extracts(request.actor)
    orders = orders_for(request.actor)
    context = {
        "selection": selection,
        "outdated": outdated_table(outdated, get_token(request)) if outdated else None,
        "orders": order_table(orders) if orders else None,
    }
    return page(request, "extracts/list.html", context, form=form or _empty(request, selection))


def _empty(request: ScreenRequest, selection: Selection) -> OrderForm:
    """Return the form over the chosen unit and term."""
    unit = selection.unit.id if selection.unit else ""
    initial = {"unit": unit, "term": selection.term.code}
    return _offered(OrderForm(initial=initial, auto_id="bestall-%s"), selection, request)


def _offered(form: OrderForm, selection: Selection, request: ScreenRequest) -> OrderForm:
    """Offer the groups of the chosen unit and term."""
    groups = (
        groups_for(request.actor, unit_id=selection.unit.id, term=selection.term)
        if selection.unit
        else []
    )
    offered = [(str(each.id), f"{each.name} – {each.course_name}") for each in groups]
    form.fields["group"].choices = [("", _("Välj grupp")), *offered]  # type: ignore[attr-defined] # a ChoiceField
    return form


def _wanted(request: ScreenRequest, form: OrderForm, term: Term) -> Wanted:
    """Return whose extracts are asked for; raises `ProblemsFoundError` for what is missing."""
    whom = form.cleaned_data["whom"]
    if whom == OrderForm.PERSONS:
        return Wanted(person_ids=_persons(request, form.cleaned_data["numbers"]))
    if whom == OrderForm.TERM:
        return Wanted(term=term)
    group = as_uuid(form.cleaned_data["group"])
    refuse_if([] if group else [_no_group()])
    return Wanted(group_id=group)


def _persons(request: ScreenRequest, text: str) -> list[UUID]:
    """Return the persons whose numbers are written; one that nobody has is named."""
    written = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    refuse_if([] if written else [_no_numbers()])
    refuse_if([_too_many()] if len(written) > MOST_NUMBERS else [])
    log_typed_numbers(request, "extracts:order", written)
    found = {each: _person(request, each) for each in written}
    refuse_if(_unknown(each) for each, person_id in found.items() if person_id is None)
    return [person_id for person_id in found.values() if person_id]


def _person(request: ScreenRequest, written: str) -> UUID | None:
    """Return the person who has the number, None when nobody in scope has it or it is none."""
    try:
        number = parse_identity_number(written, today=today())
    except ProblemsFoundError:
        return None
    rows = search_persons(request.actor, number.display, today=today(), limit=1).rows
    return rows[0].id if rows else None


def order_table(rows: Sequence[ExtractOrderRow]) -> Table[ExtractOrderRow]:
    """Return the orders with how far each has come."""
    return Table(
        rows,
        (
            Column("what", _("Utdrag för"), _what_link, heads_row=True),
            Column("issuer", _("Utfärdas av"), lambda row: row.issuer_name),
            Column("total", _("Personer"), lambda row: row.progress.total, align="n"),
            Column("state", _("Läge"), state_of),
            Column("ordered", _("Beställd"), _ordered),
        ),
        caption=_("De senaste beställningarna."),
        caption_hidden=True,
        export="utdragsbeställningar",
    )


def what_of(row: ExtractOrderRow) -> str:
    """Say where the persons of an order came from."""
    if row.group_name:
        return row.group_name
    return row.term.label if row.term else _("uppräknade personer")


def state_of(row: ExtractOrderRow) -> SafeString:
    """Say how far an order has come."""
    if row.stalled:
        return markup.status("late", _("Har stannat"))
    progress = row.progress
    if not row.finished:
        text = _("{done} av {total} klara").format(
            done=progress.total - progress.waiting, total=progress.total
        )
        return markup.status(STATES[row.status], text)
    text = ngettext("%(n)s utfärdat", "%(n)s utfärdade", progress.issued) % {"n": progress.issued}
    if progress.refused:
        without = _("{n} utan utdrag").format(n=progress.refused)
        return format_html("{}<small>{}</small>", markup.status("part", text), without)
    return markup.status("done", text)


def _what_link(row: ExtractOrderRow) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("extracts:batch", args=[row.id]), what_of(row)
    )


def _ordered(row: ExtractOrderRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.ordered_at), row.ordered_by_name)


def _no_group() -> Problem:
    return Problem("extract-order-group", "group", "Ingen prövningsgrupp är vald. Välj en.")


def _no_numbers() -> Problem:
    message = "Inga personnummer är skrivna. Skriv ett på varje rad."
    return Problem("extract-order-numbers", "numbers", message)


def _too_many() -> Problem:
    message = "Det är fler än {most} personnummer. Dela upp dem på flera beställningar."
    return Problem("extract-order-most", "numbers", message, params={"most": MOST_NUMBERS})


def _unknown(number: str) -> Problem:
    message = (
        "{number} är inte ett personnummer som finns bland era elever. Rätta eller ta bort raden."
    )
    return Problem("extract-order-unknown", "numbers", message, params={"number": number})
