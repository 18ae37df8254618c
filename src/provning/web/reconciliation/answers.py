"""The answer as a file: every row, however many."""

import tempfile
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from provning.comparisons.actions import note_fetched
from provning.comparisons.policies import COMPARING
from provning.comparisons.queries import comparison_for, whole_report
from provning.reconciliation import Report
from provning.reconciliation.outputs import report_csv, report_json, write_report_workbook
from provning.web.clock import today
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest

BLOCK = 64 * 1024
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@screen(permission=COMPARING, methods=("GET", "HEAD"), asked_by_oneself=True)
def answer(request: ScreenRequest, comparison_id: UUID) -> HttpResponseBase:
    """Send the whole answer as CSV, XLSX or JSON (`format`); the trail is told."""
    row = comparison_for(request.actor, comparison_id, today())
    form = request.GET.get("format", "csv")
    if form not in TYPES or row.status != "done":
        raise Http404
    report = whole_report(request.actor, row.id, today())
    note_fetched(
        actor=request.actor,
        comparison_id=row.id,
        form=form,
        rows=len(report.mismatches) + len(report.faults),
        today=today(),
    )
    sent = StreamingHttpResponse(_pieces(report, form), content_type=TYPES[form])
    name = f"avstamning-{today():%Y-%m-%d}.{form}"
    sent.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent


def _pieces(report: Report, form: str) -> Iterable[bytes]:
    """Return the file, piece by piece."""
    if form == "csv":
        return report_csv(report, _)
    if form == "json":
        return (piece.encode() for piece in report_json(report))
    return _workbook(report)


def _workbook(report: Report) -> Iterator[bytes]:
    """Give a workbook that is written to disk first."""
    with tempfile.TemporaryFile() as file:
        write_report_workbook(file, report, _)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
