"""E-archive packages of the chosen unit and term: made, listed and handed out."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.archive.actions import build_packages
from provning.archive.queries import PackageRow, package_document, packages_for
from provning.exams.policies import may_in_unit
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import choose_unit, read_term, selected
from provning.web.tables import Column, Table

RECEIVES = Permission.RECEIVE_DELIVERIES


class BuildForm(ProvningForm):
    """Which unit and term to pack; both are shown, neither is typed."""

    unit = forms.UUIDField(widget=forms.HiddenInput)
    term = forms.CharField(widget=forms.HiddenInput, max_length=8)


@screen(permission=RECEIVES, methods=("GET", "HEAD"))
def packages(request: ScreenRequest) -> HttpResponse:
    """Show the packages of the chosen unit and term."""
    return _listing(request)


@screen(permission=RECEIVES, methods=("POST",))
def build(request: ScreenRequest) -> HttpResponse:
    """Make the packages; what has not changed is not made again, so twice is once."""
    form = BuildForm(request.POST, auto_id=False)
    term = read_term(request.POST.get("term", ""))
    if not form.is_valid() or term is None:
        raise Http404
    choose_unit(request, form.cleaned_data["unit"], term)
    with problems_on(form):
        made = build_packages(actor=request.actor, unit_id=form.cleaned_data["unit"], term=term)
        said = ngettext("%(n)s paket finns nu.", "%(n)s paket finns nu.", len(made))
        messages.success(request, said % {"n": len(made)})
        return redirect("archive:packages")
    return _listing(request, form)


@screen(permission=RECEIVES, methods=("GET", "HEAD"))
def document(request: ScreenRequest, package_id: UUID) -> HttpResponse:
    """Hand out a package's tar file."""
    found = package_document(request.actor, package_id)
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


def _listing(request: ScreenRequest, form: BuildForm | None = None) -> HttpResponse:
    selection = selected(request)
    unit, term = selection.unit, selection.term
    if unit is None or not may_in_unit(request.actor, RECEIVES, unit):
        return page(request, "archive/no_unit.html")
    rows = packages_for(request.actor, unit_id=unit.id, term=term)
    shown = form or BuildForm(initial={"unit": unit.id, "term": term.code}, auto_id=False)
    context = {"selection": selection, "table": _table(rows)}
    return page(request, "archive/packages.html", context, form=shown)


def _table(rows: Sequence[PackageRow]) -> Table[PackageRow]:
    count = ngettext("%(n)s paket", "%(n)s paket", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("package", _("Paket"), _link, heads_row=True),
            Column("part", _("Del"), lambda row: _(row.part_label).capitalize()),
            Column("standing", _("Läge"), _standing),
            Column("decisions", _("Beslut"), lambda row: row.decisions, align="n"),
            Column("files", _("Filer"), lambda row: row.files, align="n"),
            Column("size", _("Storlek"), lambda row: filesizeformat(row.size), align="n"),
            Column("made", _("Gjort"), _made),
        ),
        caption=count,
        caption_hidden=True,
        export="e-arkivpaket",
    )


def _link(row: PackageRow) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("archive:package", args=[row.id]),
        row.package_id,
        _("(tar)"),
    )


def _standing(row: PackageRow) -> SafeString:
    if row.latest:
        return markup.status("locked", _("Gäller"))
    return markup.status("none", _("Ersatt av ett nyare"))


def _made(row: PackageRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.made_at), row.made_by_name)
