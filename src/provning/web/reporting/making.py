"""Making a draft: the order of it, and how far its job has come."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.kernel.actors import Permission
from provning.reporting.actions import order_authority_extract, resume_report_order
from provning.reporting.layout import Target
from provning.reporting.queries import report_order_for
from provning.reporting.rows import ReportOrderRow
from provning.web.clock import today
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.reporting.choosing import Asked, MakeForm
from provning.web.reporting.overview import address_of, shown
from provning.web.reporting.words import TARGETS
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import read_term

MAKES = Permission.MAKE_REPORTS
WAITS = frozenset({"waiting", "running"})


@screen(permission=MAKES, methods=("POST",))
def make(request: ScreenRequest) -> HttpResponseBase:
    """Order a draft; a job makes it, and the order's page shows how far it has come."""
    form = MakeForm(request.POST, auto_id=False)
    term = read_term(request.POST.get("term", ""))
    if not form.is_valid() or term is None:
        raise Http404
    given = form.cleaned_data
    target = Target(given["target"])
    with problems_on(form):
        order = order_authority_extract(
            actor=request.actor,
            organiser_id=given["organiser"],
            target=target,
            term=term,
            submission=given["submission"],
            today=today(),
        )
        return redirect("reporting:order", order.pk)
    return shown(request, Asked(target, term, given["organiser"], "", None, ""), form)


@screen(permission=MAKES, methods=("GET", "HEAD"))
def order(request: ScreenRequest, report_order_id: UUID) -> HttpResponse:
    """Show how far an order has come; one that is done leads to what it made."""
    found = report_order_for(request.actor, report_order_id)
    if found.extract_id:
        return redirect("reporting:extract", found.extract_id)
    target = Target(found.target)
    asked = Asked(target, found.term, found.organiser_id, "", None, "")
    context = {
        "order": found,
        "waits": found.status in WAITS and not found.stalled,
        "said": _progress_text(found),
        "target_name": TARGETS[target],
        "list_url": address_of(asked),
    }
    return page(request, "reporting/order.html", context)


@screen(permission=MAKES, methods=("GET", "HEAD"))
def progress(request: ScreenRequest, report_order_id: UUID) -> HttpResponse:
    """Say how far an order has come, for the module that waits for it."""
    found = report_order_for(request.actor, report_order_id)
    finished = found.status not in WAITS or found.stalled
    return JsonResponse({"finished": finished, "text": _progress_text(found)})


@screen(permission=MAKES, methods=("POST",))
def resume(request: ScreenRequest, report_order_id: UUID) -> HttpResponse:
    """Let an order whose job has died begin again."""
    resume_report_order(actor=request.actor, order_id=report_order_id, today=today())
    return redirect("reporting:order", report_order_id)


def _progress_text(row: ReportOrderRow) -> str:
    if not row.total:
        return _("Prövningarna läses.")
    return _("{done} av {total} prövningar är lästa.").format(done=row.done, total=row.total)
