"""Gallring: exactly what has come to its day, and the button that lets it go."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.archive.actions import dispose
from provning.archive.keeping import Keep
from provning.archive.queries import (
    DisposalPreview,
    DisposalRow,
    KindPreview,
    disposal_previews,
    disposals_for,
)
from provning.archive.retention import RETENTION
from provning.kernel.actors import Permission
from provning.kernel.disposal import Disposable
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import SubmittedForm, problems_on
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

INSTALLATION = "alla"


class DisposeForm(SubmittedForm):
    """Whose rows to dispose of, and which set of them was shown."""

    organiser = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


@screen(permission=Permission.DISPOSE, methods=("GET", "HEAD"))
def disposal(request: ScreenRequest) -> HttpResponse:
    """Show what has come to its day, everywhere that the actor may dispose."""
    return _shown(request)


@screen(permission=Permission.DISPOSE, methods=("POST",))
def run(request: ScreenRequest) -> HttpResponse:
    """Let what was shown go; anything else stops it."""
    form = DisposeForm(request.POST, auto_id=False)
    if not form.is_valid():
        raise Http404
    with problems_on(form):
        made = dispose(
            actor=request.actor,
            organiser_id=form.cleaned_data["organiser"],
            seen=form.cleaned_data["seen"],
            submission=form.cleaned_data["submission"],
            today=today(),
        )
        said = ngettext("%(n)s rad är gallrad.", "%(n)s rader är gallrade.", made.total)
        messages.success(request, said % {"n": made.total})
        return redirect("archive:disposal")
    return _shown(request, form)


def _shown(request: ScreenRequest, form: DisposeForm | None = None) -> HttpResponse:
    previews = disposal_previews(request.actor, today())
    opened = _opened(request, previews)
    context = {
        "form": form,
        "previews": [(each, _summary(each), _form(each)) for each in previews],
        "opened": opened,
        "rows": _rows_table(opened[1], page_of(request, opened[1].rows)) if opened else None,
        "page": page_of(request, opened[1].rows) if opened else None,
        "runs": _runs(disposals_for(request.actor)),
        "for_ever": [kind.label for kind in RETENTION if kind.keep is Keep.FOR_EVER],
    }
    return page(request, "archive/disposal.html", context, form=form)


def _form(preview: DisposalPreview) -> DisposeForm:
    """Return a form of its own for each organiser; several stand on the page, so without ids."""
    initial = {"organiser": preview.organiser_id, "seen": preview.fingerprint}
    return DisposeForm(initial=initial, auto_id=False)


def _opened(
    request: ScreenRequest, previews: list[DisposalPreview]
) -> tuple[DisposalPreview, KindPreview] | None:
    """Return the kind whose rows are asked for, None when none is."""
    where, key = request.GET.get("where", ""), request.GET.get("kind", "")
    for preview in previews:
        for each in preview.kinds:
            if (_place(preview.organiser_id), each.kind.key) == (where, key):
                return preview, each
    return None


def _place(organiser_id: UUID | None) -> str:
    return str(organiser_id) if organiser_id else INSTALLATION


def _summary(preview: DisposalPreview) -> Table[KindPreview]:
    """Return how many rows of each kind would go."""

    def name(each: KindPreview) -> SafeString | str:
        if not each.rows:
            return _(each.kind.label)
        query = urlencode({"where": _place(preview.organiser_id), "kind": each.kind.key})
        url = f"{reverse('archive:disposal')}?{query}#rows"
        return format_html('<a href="{}">{}</a>', url, _(each.kind.label))

    return Table(
        preview.kinds,
        (
            Column("kind", _("Slag"), name, heads_row=True),
            Column("source", _("Källa"), lambda each: _(each.kind.source)),
            Column("before", _("Äldre än"), lambda each: markup.day(each.before)),
            Column("count", _("Att gallra"), lambda each: len(each.rows), align="n"),
        ),
        caption=preview.name,
        caption_hidden=True,
        export="gallring",
    )


def _rows_table(each: KindPreview, shown: Page[Disposable]) -> Table[Disposable]:
    """Return every row of a kind that would go."""
    count = ngettext("%(n)s rad", "%(n)s rader", len(each.rows)) % {"n": len(each.rows)}
    return Table(
        shown.rows,
        (
            Column("text", _("Vad"), lambda row: row.text, heads_row=True),
            Column("day", _("Dag"), lambda row: markup.day(row.day)),
            Column("key", _("Nyckel"), _key, drop=True),
        ),
        caption=format_html("<b>{}</b>", count),
        export="att-gallra",
        every=each.rows,
    )


def _key(row: Disposable) -> SafeString:
    return format_html("<code>{}</code>", row.key)


def _runs(rows: list[DisposalRow]) -> Table[DisposalRow]:
    return Table(
        rows,
        (
            Column("made", _("Gjord"), lambda row: markup.day(row.made_at), heads_row=True),
            Column("organiser", _("Var"), lambda row: row.organiser),
            Column("counts", _("Vad"), _counts),
            Column("total", _("Rader"), lambda row: row.total, align="n"),
            Column("by", _("Av"), lambda row: row.made_by_name),
        ),
        caption=_("Gallringar"),
        caption_hidden=True,
        export="gallringar",
    )


def _counts(row: DisposalRow) -> str:
    return ", ".join(f"{_(label)}: {number}" for label, number in row.counts)
