"""What there is to bring in, and what has been brought in lately."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.imports.kinds import KINDS
from provning.imports.plans import Verdict
from provning.imports.queries import imports_for
from provning.imports.rows import ImportRow
from provning.imports.states import Status
from provning.web import markup
from provning.web.exporting import exported
from provning.web.navigation import IMPORTING
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

SHAPES = {
    Status.COLUMNS: "soon",
    Status.STAGING: "open",
    Status.READY: "soon",
    Status.COMMITTING: "open",
    Status.DONE: "done",
    Status.UNDOING: "open",
    Status.UNDONE: "none",
    Status.FAILED: "late",
    Status.DROPPED: "none",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of file that may be brought in, with its addresses."""

    label: str
    lead: str
    url: str
    template_url: str
    has_template: bool


@screen(permission=IMPORTING, methods=("GET", "HEAD"))
def imports(request: ScreenRequest) -> HttpResponseBase:
    """Show the kinds that the person may bring in, and the newest files in their reach."""
    rows = imports_for(request.actor)
    table = import_table(rows)
    context = {"offers": _offers(request), "table": table if rows else None}
    return exported(request, table, rows) or page(request, "imports/list.html", context)


def one_url(row: ImportRow) -> str:
    """Return the address of one import."""
    return reverse(f"imports:{row.kind.key}-one", args=[row.id])


def import_table(rows: Sequence[ImportRow]) -> Table[ImportRow]:
    """Return the imports as a list, the newest first."""
    count = ngettext("%(n)s fil", "%(n)s filer", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("file", _("Fil"), _file, heads_row=True),
            Column("kind", _("Vad"), lambda row: _(row.kind.label)),
            Column("place", _("För"), lambda row: row.place_name),
            Column("rows", _("Rader"), lambda row: row.total, align="n"),
            Column("state", _("Läge"), state_of),
            Column("uploaded", _("Uppladdad"), _uploaded),
        ),
        caption=format_html("<b>{}</b>", count),
        export="inlasningar",
    )


def state_of(row: ImportRow) -> SafeString:
    """Say how far an import has come."""
    if row.stalled:
        return markup.status("late", _("har stannat").capitalize())
    said = markup.status(SHAPES[row.status], _(row.status_label).capitalize())
    waiting = row.number(Verdict.CHOICE) if row.status is Status.READY else 0
    if not waiting:
        return said
    text = ngettext("%(n)s rad väntar på svar", "%(n)s rader väntar på svar", waiting)
    return format_html("{}<small>{}</small>", said, text % {"n": waiting})


def _offers(request: ScreenRequest) -> list[Offer]:
    return [
        Offer(
            _(kind.label),
            _(kind.lead),
            reverse(f"imports:{kind.key}-new"),
            reverse(f"imports:{kind.key}-template") if kind.read is None else "",
            kind.read is None,
        )
        for kind in KINDS.values()
        if request.actor.may(kind.permission)
    ]


def _file(row: ImportRow) -> SafeString:
    return format_html('<a href="{}">{}</a>', one_url(row), row.file_name)


def _uploaded(row: ImportRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.uploaded_at), row.uploaded_by_name)
