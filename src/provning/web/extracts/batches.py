"""One order of extracts: how far it has come, what came of each person, the documents together."""

import csv
import io
import zipfile
from collections.abc import Sequence
from uuid import UUID

from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.extracts.actions import resume_order
from provning.extracts.queries import order_documents, order_for, order_lines
from provning.extracts.rows import ExtractOrderRow, OrderLineRow
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.clock import today
from provning.web.extracts.overview import state_of, what_of
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

LIST = "innehall.csv"
STATES = {"waiting": "open", "issued": "done", "refused": "soon"}
# A zip file's oldest day, for every file: the same documents make the same zip.
EPOCH = (1980, 1, 1, 0, 0, 0)


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("GET", "HEAD"))
def batch(request: ScreenRequest, batch_id: UUID) -> HttpResponse:
    """Show an order: its progress while it runs, and every person's outcome."""
    found = order_for(request.actor, batch_id)
    lines = order_lines(request.actor, batch_id)
    shown = page_of(request, lines)
    context = {
        "order": found,
        "what": what_of(found),
        "state": state_of(found),
        "said": _progress_text(found),
        "page": shown,
        "table": _table(shown.rows, lines),
        "protected": sum(line.person.protected for line in lines if line.extract_id),
        "zipped": sum(not line.person.protected for line in lines if line.extract_id),
    }
    return page(request, "extracts/batch.html", context)


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("GET", "HEAD"))
def progress(request: ScreenRequest, batch_id: UUID) -> HttpResponse:
    """Say how far an order has come, for the module that waits for it."""
    found = order_for(request.actor, batch_id)
    finished = found.finished or found.stalled
    return JsonResponse({"finished": finished, "text": _progress_text(found)})


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("POST",))
def resume(request: ScreenRequest, batch_id: UUID) -> HttpResponse:
    """Let an order whose job has died go on."""
    resume_order(actor=request.actor, order_id=batch_id, today=today())
    return redirect("extracts:batch", batch_id)


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("GET", "HEAD"))
def archive(request: ScreenRequest, batch_id: UUID) -> HttpResponseBase:
    """Hand out every issued document of an order as one zip file, with a list of them."""
    found = order_for(request.actor, batch_id)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
        rows = []
        for number, (line, document) in enumerate(order_documents(request.actor, batch_id), 1):
            name = f"{number:04}-{document.file_name}"
            zipped.writestr(zipfile.ZipInfo(name, EPOCH), document.content)
            rows.append((name, line.document_id, line.person.label, line.person.number_display))
        zipped.writestr(zipfile.ZipInfo(LIST, EPOCH), _listed(rows))
    file.seek(0)
    name = f"utdrag-{found.ordered_at:%Y-%m-%d}-{str(found.id)[:8]}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _listed(rows: Sequence[tuple[str, ...]]) -> str:
    """Return the list of the documents for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow((_("Fil"), _("Utdrag"), _("Elev"), _("Personnummer")))
    writer.writerows(tuple(_harmless(each) for each in row) for row in rows)
    # A spreadsheet takes a file without this mark for another alphabet.
    return f"\ufeff{text.getvalue()}"


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _progress_text(row: ExtractOrderRow) -> str:
    done = row.progress.total - row.progress.waiting
    return _("{done} av {total} personer är klara.").format(done=done, total=row.progress.total)


def _table(rows: Sequence[OrderLineRow], every: Sequence[OrderLineRow]) -> Table[OrderLineRow]:
    said = ngettext("%(n)s person", "%(n)s personer", len(every)) % {"n": len(every)}
    return Table(
        rows,
        (
            Column("who", _("Elev"), _who, heads_row=True),
            Column("number", _("Personnummer"), lambda row: markup.person_number(row.person)),
            Column("state", _("Läge"), _state),
            Column("document", _("Utdrag"), _document),
        ),
        caption=format_html("<b>{}</b>", said),
        export="utdragens-personer",
        every=every,
    )


def _who(row: OrderLineRow) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>',
        reverse("extracts:person", args=[row.person.id]),
        markup.person_name(row.person),
    )


def _state(row: OrderLineRow) -> SafeString:
    said = markup.status(STATES[row.status], _(row.status_label).capitalize())
    return format_html("{}<small>{}</small>", said, row.message) if row.message else said


def _document(row: OrderLineRow) -> SafeString | str:
    if row.extract_id is None:
        return markup.NOTHING
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("extracts:document", args=[row.extract_id]),
        row.document_id,
        _("(PDF)"),
    )
