"""One comparison: its columns to match, how far the job has come, and what was found."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.comparisons.actions import match_comparison, remove_comparison, resume_comparison
from provning.comparisons.policies import COMPARING
from provning.comparisons.queries import Rows, comparison_for
from provning.comparisons.rows import UNREAD, ComparisonLine
from provning.kernel.problems import ConflictError, ProblemsFoundError
from provning.reconciliation import MismatchKind
from provning.reconciliation.outputs import summary
from provning.web.clock import today
from provning.web.forms import ShownProblem, problem_text, shown
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.pieces import Tab
from provning.web.reconciliation.forms import file_columns, sent_columns
from provning.web.reconciliation.lines import row_table
from provning.web.reconciliation.start import state_of
from provning.web.responses import UNPROCESSABLE, page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import with_query

SHOW = "visa"
CONFLICT = 409


@screen(permission=COMPARING, asked_by_oneself=True)
def one(request: ScreenRequest, comparison_id: UUID) -> HttpResponseBase:
    """Show a comparison, or do what the pressed button says."""
    row = comparison_for(request.actor, comparison_id, today())
    if request.method != "POST":
        return _shown(request, row)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        return act(request, row) if act else redirect("reconciliation:one", row.id)
    except ProblemsFoundError as error:
        now = comparison_for(request.actor, comparison_id, today())
        return _shown(
            request, now, shown(error.problems), conflict=isinstance(error, ConflictError)
        )


@screen(permission=COMPARING, methods=("GET", "HEAD"), asked_by_oneself=True)
def progress(request: ScreenRequest, comparison_id: UUID) -> HttpResponseBase:
    """Say how far the job has come, for the module that waits for it."""
    row = comparison_for(request.actor, comparison_id, today())
    return JsonResponse({"finished": not row.running or row.stalled, "text": _said(row)})


def _match(request: ScreenRequest, row: ComparisonLine) -> HttpResponseBase:
    columns = {file.side: sent_columns(file, request.POST) for file in row.files}
    match_comparison(actor=request.actor, comparison_id=row.id, columns=columns, today=today())
    return redirect("reconciliation:one", row.id)


def _resume(request: ScreenRequest, row: ComparisonLine) -> HttpResponseBase:
    resume_comparison(actor=request.actor, comparison_id=row.id, today=today())
    return redirect("reconciliation:one", row.id)


def _remove(request: ScreenRequest, row: ComparisonLine) -> HttpResponseBase:
    remove_comparison(actor=request.actor, comparison_id=row.id, today=today())
    messages.success(request, _("Avstämningen är borttagen, med filer och svar."))
    return redirect("reconciliation:start")


ACTS: dict[str, Callable[[ScreenRequest, ComparisonLine], HttpResponseBase]] = {
    "columns": _match,
    "resume": _resume,
    "remove": _remove,
}


def _shown(
    request: ScreenRequest,
    row: ComparisonLine,
    refused: list[ShownProblem] | None = None,
    *,
    conflict: bool = False,
) -> HttpResponseBase:
    """Show the comparison as it stands."""
    context: dict[str, object] = {
        "row": row,
        "state": state_of(row),
        "refused": refused or [],
        "conflict": conflict,
        "said": _said(row),
        "progress_url": reverse("reconciliation:progress", args=[row.id]),
        "faults": [problem_text(each) for each in row.faults],
    }
    if row.status == "columns":
        sent = request.POST if refused else None
        context["files"] = [file_columns(file, sent) for file in row.files if file.headers]
        answer = page(request, "reconciliation/columns.html", context)
    else:
        context |= _found(request, row) if row.status == "done" else {}
        answer = page(request, "reconciliation/detail.html", context)
    answer.status_code = CONFLICT if conflict else UNPROCESSABLE if refused else 200
    return answer


def _found(request: ScreenRequest, row: ComparisonLine) -> dict[str, object]:
    """Return what the page shows of an answer: the summary, the kinds and one kind's rows."""
    kinds = [each.value for each in MismatchKind] + [UNREAD]
    there = [kind for kind in kinds if row.counts.get(kind)]
    wanted = request.GET.get(SHOW, "")
    mismatches = sum(row.counts.values()) - row.counts.get(UNREAD, 0)
    kind = wanted if wanted in there else "" if mismatches else UNREAD
    lines = summary(row.summary, _)
    found: dict[str, object] = {
        "facts": [(label, value) for label, value in lines[1:8] if value != ""],
        "remarks": [problem_text(each.problem) for each in row.summary.remarks],
        "agree": not there and not row.summary.unread,
        "unread": [_(side.label) for side in row.summary.unread],
        "tabs": _tabs(request, row, there, kind, mismatches),
        "answer_url": reverse("reconciliation:answer", args=[row.id]),
    }
    if there:
        rows = Rows(row.id, kind)
        shown_page = page_of(request, rows)
        count = ngettext("%(n)s rad", "%(n)s rader", len(rows)) % {"n": len(rows)}
        found |= {"table": row_table(kind, shown_page.rows, count), "page": shown_page}
    return found


def _tabs(
    request: ScreenRequest, row: ComparisonLine, there: list[str], kind: str, mismatches: int
) -> list[Tab]:
    """Return the ways to all mismatches, to those of each kind, and to what was not read."""

    def tab(label: str, wanted: str, count: int) -> Tab:
        url = with_query(request.GET, **{SHOW: wanted, "page": ""})
        return Tab(label, url, wanted == kind, count)

    found = [tab(_("Alla"), "", mismatches)] if mismatches else []
    for each in there:
        label = _("Kunde inte läsas") if each == UNREAD else _(MismatchKind(each).label)
        found.append(tab(label, each, row.counts[each]))
    return found


def _said(row: ComparisonLine) -> str:
    """Say how far the job has come."""
    text = ngettext("%(n)s rad är läst.", "%(n)s rader är lästa.", row.read)
    return text % {"n": row.read}
