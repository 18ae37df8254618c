"""The screens of the catalogues (Manual s. 4)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.catalogues.actions import order_catalogue
from provning.catalogues.queries import (
    catalogue_content,
    catalogue_document,
    catalogues_for,
    catalogues_to_print,
    deciders_for,
    latest_order,
    order_for,
    signature_counts,
)
from provning.catalogues.rows import CatalogueRow
from provning.catalogues.rules import is_preliminary
from provning.exams.policies import may_in_unit
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, term_dates
from provning.web.catalogues.forms import OrderForm
from provning.web.catalogues.listing import catalogue_table
from provning.web.catalogues.record import READERS
from provning.web.catalogues.sending import download
from provning.web.clock import today
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import choose, choose_unit, read_term, selected


@screen(permission=Permission.VIEW_CATALOGUES, methods=("GET", "HEAD"))
def catalogues(request: ScreenRequest) -> HttpResponse:
    """Show the versions for the chosen unit and term, and how far the ordered one has come."""
    if "unit" in request.GET or "term" in request.GET:
        selected(request)
        choose(request, unit=request.GET.get("unit", ""), term=request.GET.get("term", ""))
    return _listing(request)


def _listing(request: ScreenRequest, form: OrderForm | None = None) -> HttpResponse:
    selection = selected(request)
    actor, unit, term = request.actor, selection.unit, selection.term
    rows = _versions(actor, unit, term)
    if unit is None or rows is None:
        return page(request, "catalogues/no_unit.html")
    order = latest_order(actor, unit_id=unit.id, term=term)
    may_make = may_in_unit(actor, Permission.MAKE_CATALOGUES, unit)
    context = {
        "selection": selection,
        "table": catalogue_table(rows, signature_counts(_final(rows))),
        "order": order,
        "under_way": order is not None and not order.finished,
        "preliminary": is_preliminary(term_dates(unit.provider_id, term).last_day, today()),
        "may_make": may_make,
        "kept_whole": any(not row.preliminary and not row.teacher_id for row in rows),
        "kept_per_teacher": any(not row.preliminary and row.teacher_id for row in rows),
        "teachers": [
            (each, _order_form(unit.id, term, each.person_id))
            for each in (deciders_for(actor, unit_id=unit.id, term=term) if may_make else ())
            if each.decisions
        ],
        "waiting": [
            (row, _order_form(row.unit_id, row.term))
            for row in catalogues_to_print(actor, today())
            if (row.unit_id, row.term) != (unit.id, term)
        ],
    }
    return page(request, "catalogues/list.html", context, form=form or _order_form(unit.id, term))


def _order_form(unit_id: UUID, term: Term, teacher_id: UUID | None = None) -> OrderForm:
    """Return a form of its own for each catalogue; several stand on the page, so without ids."""
    initial = {"unit": unit_id, "term": term.code, "teacher": teacher_id}
    return OrderForm(initial=initial, auto_id=False)


def _final(rows: list[CatalogueRow]) -> list[UUID]:
    """Return the versions that are to be signed."""
    return [row.id for row in rows if row.latest and not row.preliminary]


def _versions(actor: Actor, unit: UnitRow | None, term: Term) -> list[CatalogueRow] | None:
    """Return the versions; None when the chosen unit's catalogues are not the actor's to see."""
    if unit is None or not may_in_unit(actor, Permission.VIEW_CATALOGUES, unit):
        return None
    return catalogues_for(actor, unit_id=unit.id, term=term)


@screen(permission=Permission.MAKE_CATALOGUES, methods=("POST",))
def order(request: ScreenRequest) -> HttpResponse:
    """Order a catalogue; a job writes it, and the list shows how far it has come."""
    form = OrderForm(request.POST, auto_id=False)
    term = read_term(request.POST.get("term", ""))
    if not form.is_valid() or term is None:
        raise Http404
    choose_unit(request, form.cleaned_data["unit"], term)
    with problems_on(form):
        order_catalogue(
            actor=request.actor,
            unit_id=form.cleaned_data["unit"],
            term=term,
            submission=form.cleaned_data["submission"],
            today=today(),
            teacher_id=form.cleaned_data["teacher"],
        )
        messages.success(request, _("Betygskatalogen skrivs. Det tar oftast några sekunder."))
        return redirect("catalogues:list")
    return _listing(request, form)


@screen(permission=Permission.VIEW_CATALOGUES, methods=("GET", "HEAD"))
def progress(request: ScreenRequest, order_id: UUID) -> HttpResponse:
    """Say how far an ordered catalogue has come, for the module that waits for it."""
    found = order_for(request.actor, order_id)
    return JsonResponse({"finished": found.finished, "text": _(found.status_label)})


@screen(permission=READERS, methods=("GET", "HEAD"))
def document(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Hand out the stored bytes under the document's own name."""
    return download(catalogue_document(request.actor, catalogue_id))


@screen(permission=READERS, methods=("GET", "HEAD"))
def content(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Hand out the content that the document was made from, as JSON."""
    return download(catalogue_content(request.actor, catalogue_id))
