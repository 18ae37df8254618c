"""Allt om eleven: everything about one person on one page, made to be printed.

Förordning (2011:1108) 4 kap. 11 §: decisions can be compiled for each individual at once.
"""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.archive.queries import with_deliveries
from provning.exams.rows import PlacementRow
from provning.extracts.queries import compile_person
from provning.extracts.rows import CompiledDecision, HeldCatalogue, HeldDelivery, HeldExport
from provning.feeds.queries import with_external, with_sent
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.extracts.listing import issued_table
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.external import external_table
from provning.web.students.person import person_page
from provning.web.tables import Column, Table


@screen(permission=Permission.VIEW_PERSONS, methods=("GET", "HEAD"))
def everything(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Show numbers, enrolments, placements, every decision with its history, and the papers."""
    compiled = compile_person(request.actor, person_id)
    found = with_external(request.actor, with_deliveries(request.actor, compiled))
    found = with_sent(request.actor, found)
    context = {
        "person": person_page(request, person_id, "everything"),
        "details": found.details,
        "placements": _placements(found.placements),
        "decisions": _decisions(found.decisions),
        "catalogues": _catalogues(found.catalogues),
        "issued": issued_table(found.extracts, "", "", may_issue=False),
        "deliveries": _deliveries(found.deliveries),
        "exports": _exports(found.exports),
        "external": external_table(found.external),
        "may_extract": request.actor.may(Permission.REGISTER_PERSONS),
    }
    return page(request, "students/everything.html", context)


def _placements(rows: Sequence[PlacementRow]) -> Table[PlacementRow]:
    """Return every placement, those taken back and corrected too."""
    count = ngettext("%(n)s prövning", "%(n)s prövningar", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("group", _("Prövningsgrupp"), _group, heads_row=True),
            Column("course", _("Kurs"), lambda row: row.course_name),
            Column("unit", _("Enhet"), lambda row: row.unit_name),
            Column("day", _("Prövningsdatum"), lambda row: markup.day(row.exam_date)),
            Column("outcome", _("Utfall"), _outcome),
        ),
        caption=_("{count}, senaste först.").format(count=count),
        caption_hidden=True,
    )


def _decisions(rows: Sequence[CompiledDecision]) -> Table[CompiledDecision]:
    """Return every decision by date, with what has happened to it and where it stands."""
    count = ngettext("%(n)s beslut", "%(n)s beslut", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("course", _("Kurs"), _course, heads_row=True),
            Column("day", _("Betygsdatum"), lambda each: markup.day(each.row.exam_date)),
            Column("grade", _("Betyg"), _grade, align="c"),
            Column("standing", _("Läge"), _standing),
            Column("decided", _("Beslutat"), _decided),
            Column("papers", _("Står i"), _papers),
        ),
        caption=_("{count}, tidigaste först.").format(count=count),
        caption_hidden=True,
    )


def _catalogues(rows: Sequence[HeldCatalogue]) -> Table[HeldCatalogue]:
    """Return the versions that hold one of the decisions."""
    return Table(
        rows,
        (
            Column("document", _("Betygskatalog"), _catalogue_link, heads_row=True),
            Column("unit", _("Enhet"), lambda row: row.unit_name),
            Column("term", _("Period"), lambda row: row.term.label),
            Column("version", _("Version"), lambda row: row.version, align="n"),
            Column("made", _("Skriven"), lambda row: markup.day(row.made_at)),
        ),
        caption=_("Betygskataloger där besluten står."),
        caption_hidden=True,
    )


def _deliveries(rows: Sequence[HeldDelivery]) -> Table[HeldDelivery]:
    """Return the deliveries that hold one of the catalogues, with the receiver's receipt."""
    return Table(
        rows,
        (
            Column("document", _("Leverans"), _delivery_link, heads_row=True),
            Column("unit", _("Enhet"), lambda row: row.unit_name),
            Column("period", _("Period"), lambda row: row.period),
            Column("papers", _("Betygskataloger"), lambda row: _names(row.catalogues)),
            Column("state", _("Läge"), _delivered),
        ),
        caption=_("Leveranser där betygskatalogerna ligger."),
        caption_hidden=True,
    )


def _exports(rows: Sequence[HeldExport]) -> Table[HeldExport]:
    """Return the files that carried the person to others, the latest first."""
    return Table(
        rows,
        (
            Column("document", _("Fil"), _export_name, heads_row=True),
            Column("receiver", _("Mottagare"), lambda row: row.receiver),
            Column("sent", _("Lämnad"), lambda row: markup.day(row.sent_on)),
            Column("courses", _("Betyg"), lambda row: ", ".join(row.courses)),
        ),
        caption=_("Filer som har lämnats till andra med personen i."),
        caption_hidden=True,
    )


def _export_name(row: HeldExport) -> SafeString:
    return format_html("{}<small>{}</small>", row.document_id, _(row.kind))


def _group(row: PlacementRow) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>',
        reverse("groups:detail", args=[row.group_id]),
        markup.group_name(row.group_name, row.course_code),
    )


def _outcome(row: PlacementRow) -> SafeString | str:
    if row.superseded:
        return _("Rättad: ersatt av en ny placering")
    if not row.outcome_label:
        return markup.NOTHING
    return format_html("{}<small>{}</small>", _(row.outcome_label).capitalize(), row.outcome_reason)


def _course(each: CompiledDecision) -> SafeString:
    return format_html("{}<small>{}</small>", each.row.course_name, each.row.course_code)


def _grade(each: CompiledDecision) -> SafeString:
    stands = each.row.stands and not each.row.covered_by
    return markup.grade(each.row.value, "decided" if stands else "replaced")


def _standing(each: CompiledDecision) -> SafeString:
    """Say whether the decision stands, what has taken its place, and what it took the place of."""
    row = each.row
    said = [_now(each)]
    if row.previous:
        said.append(format_html("<small>{}: {}</small>", _(row.correction_type), row.note))
    if row.reason:
        said.append(format_html("<small>{}</small>", row.reason))
    return format_html_join("", "{}", ((part,) for part in said))


def _now(each: CompiledDecision) -> SafeString:
    row = each.row
    if row.successor:
        text = _("{kind} till {value}").format(
            kind=_(row.successor.correction_type), value=row.successor.value
        )
        day = markup.day(row.successor.decided_at)
        return format_html("{}<small>{}</small>", markup.status("none", text), day)
    if row.covered_by:
        text = _("Ersatt av betyg på {code}").format(code=row.covered_by.course_code)
        return markup.status("none", text)
    return markup.status("locked", _("Gäller"))


def _decided(each: CompiledDecision) -> SafeString:
    row = each.row
    names = ", ".join((row.decided_by_name, *(name for _key, name in row.joint)))
    return format_html("{}<small>{}</small>", names, markup.day(row.decided_at))


def _papers(each: CompiledDecision) -> SafeString | str:
    return _names((*each.catalogues, *each.extracts))


def _names(names: Sequence[str]) -> SafeString | str:
    lines = format_html_join(
        SafeString("<br>"), '<code class="nowrap">{}</code>', ((name,) for name in names)
    )
    return lines or markup.NOTHING


def _delivery_link(row: HeldDelivery) -> SafeString:
    url = reverse("deliveries:detail", args=[row.id])
    return format_html('<a href="{}">{}</a>', url, row.document_id)


def _delivered(row: HeldDelivery) -> SafeString:
    """Say how far a delivery has come, and show the receipt."""
    said = _(row.state_label).capitalize()
    if row.receipt_on is None:
        return format_html("{}<small>{}</small>", said, markup.day(row.sent_on))
    receipt = format_html("{} {}", markup.day(row.receipt_on), row.receipt_by)
    return format_html("{}<small>{}</small><small>{}</small>", said, receipt, row.remarks)


def _catalogue_link(row: HeldCatalogue) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("catalogues:document", args=[row.id]),
        row.document_id,
        _("(PDF)"),
    )
