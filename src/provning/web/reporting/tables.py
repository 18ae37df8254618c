"""The tables of the reporting screens."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.kernel.actors import Actor, Permission
from provning.reporting.control_rows import ControlCount, ControlRow, ControlTotals
from provning.reporting.rows import AuthorityExtractRow, SentRow, SentState
from provning.reporting.rules import Place
from provning.web import markup
from provning.web.forms import problem_text
from provning.web.reporting.words import FINDINGS, SEVERITIES
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

GRADING = (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)


def counts_table(found: ControlTotals, way: Callable[[str], str]) -> Table[ControlCount]:
    """Return how many there are of each sort, the worst first; `way` leads to one sort alone."""

    def name(row: ControlCount) -> SafeString:
        return format_html('<a href="{}">{}</a>', way(row.code), FINDINGS[row.code])

    return Table(
        found.counts,
        (
            Column("what", _("Vad"), name, heads_row=True),
            Column("severity", _("Följd"), lambda row: markup.status(*SEVERITIES[row.severity])),
            Column("number", _("Antal"), lambda row: row.number, align="n"),
        ),
        caption=_("Det som har hittats, räknat."),
        caption_hidden=True,
        export="räknat",
    )


def control_table(
    request: ScreenRequest, rows: Sequence[ControlRow], total: int
) -> Table[ControlRow]:
    """Return a part of the control list, each row with the way to where it is mended."""
    count = ngettext("%(n)s sak att se till", "%(n)s saker att se till", total) % {"n": total}
    return Table(
        rows,
        (
            Column("who", _("Elev"), _who, heads_row=True),
            Column("trial", _("Prövning"), _trial),
            Column("what", _("Vad"), _what),
            Column("mend", _("Rätta"), lambda row: _mend(request.actor, row), screen_only=True),
        ),
        caption=format_html("<b>{}</b>", count),
        query=request.GET,
        export="kontrollista",
    )


def extracts_table(rows: Sequence[AuthorityExtractRow]) -> Table[AuthorityExtractRow]:
    """Return the drafts that have been made, the latest first."""
    return Table(
        rows,
        (
            Column("document", _("Underlag"), _document, heads_row=True),
            Column("rows", _("Rader"), lambda row: row.rows, align="n"),
            Column("changes", _("Sedan förra"), changes_text),
            Column("state", _("Läge"), extract_state),
            Column("made", _("Gjort"), _made),
        ),
        caption=_("Underlag som har gjorts."),
        caption_hidden=True,
        export="underlag",
    )


def sent_table(rows: Sequence[SentRow]) -> Table[SentRow]:
    """Return what has been handed over, the latest first."""
    return Table(
        rows,
        (
            Column("document", _("Fil"), _sent_document, heads_row=True),
            Column("receiver", _("Mottagare"), lambda row: row.receiver),
            Column("sent", _("Lämnad"), _sent),
            Column("decisions", _("Betyg"), lambda row: row.decisions, align="n"),
            Column("state", _("Läge"), sent_state),
        ),
        caption=_("Filer som har lämnats."),
        caption_hidden=True,
        export="lämnade-filer",
    )


def extract_state(row: AuthorityExtractRow) -> SafeString:
    """Say how a draft stands: handed over, out of date, to be reviewed, or replaced."""
    if row.corrected:
        text = ngettext("%(n)s betyg rättat", "%(n)s betyg rättade", row.corrected)
        return markup.status("late", text % {"n": row.corrected})
    if row.sent:
        return markup.status("done", _("Lämnat"))
    if not row.latest:
        return markup.status("none", _("Ersatt av ett nyare"))
    if row.blanks:
        return markup.status("open", _("Bara att granska, kod saknas"))
    return markup.status("open", _("Att granska"))


def sent_state(row: SentRow) -> SafeString:
    """Say whether what was handed over still says what stands."""
    if row.state is SentState.REPLACED:
        said = markup.status("none", _("Ersatt"))
        return format_html("{}<small>{}</small>", said, row.replaced_by)
    if row.state is SentState.OUTDATED:
        text = ngettext("%(n)s betyg rättat", "%(n)s betyg rättade", row.corrected)
        said = markup.status("late", _("Inaktuell"))
        return format_html("{}<small>{}</small>", said, text % {"n": row.corrected})
    return markup.status("done", _("Stämmer"))


def changes_text(row: AuthorityExtractRow) -> str:
    """Say what differs from the draft before, in numbers."""
    if not row.follows:
        return _("Det första")
    return _("{new} nya, {changed} ändrade, {gone} borta").format(**row.changes)


def _who(row: ControlRow) -> SafeString:
    name, number = markup.person_name(row.person), markup.person_number(row.person)
    return format_html("{}<small>{}</small>", name, number)


def _trial(row: ControlRow) -> SafeString:
    source = row.finding.row
    return format_html(
        "{}<small>{}, {}</small>",
        markup.group_name(source.group_name, source.course_code),
        source.unit_name,
        markup.day(source.exam_date),
    )


def _what(row: ControlRow) -> SafeString:
    state, word = SEVERITIES[row.finding.severity]
    said = markup.status(state, word)
    return format_html("{}<small>{}</small>", said, problem_text(row.finding.problem))


def _mend(actor: Actor, row: ControlRow) -> SafeString | str:
    """Return the way to where it is mended, for who may go there."""
    key = row.finding.key
    if row.finding.place is Place.PERSON and actor.may(Permission.VIEW_PERSONS):
        return _link(reverse("students:detail", args=[key]), _("Eleven"))
    if row.finding.place is Place.GRADES and any(actor.may(each) for each in GRADING):
        return _link(reverse("grades:sheet", args=[key]), _("Betygen"))
    if row.finding.place in {Place.GROUP, Place.GRADES} and actor.may(Permission.VIEW_GROUPS):
        return _link(reverse("groups:detail", args=[key]), _("Gruppen"))
    return markup.NOTHING


def _link(url: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text)


def _document(row: AuthorityExtractRow) -> SafeString:
    url = reverse("reporting:extract", args=[row.id])
    return format_html('<a href="{}">{}</a>', url, row.document_id)


def _made(row: AuthorityExtractRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.made_at), row.made_by_name)


def _sent_document(row: SentRow) -> SafeString:
    name: SafeString | str = row.document_id
    if row.export_id and row.kind in {"scb", "uhr", "csn"}:
        name = _link(reverse("reporting:extract", args=[row.export_id]), row.document_id)
    return format_html("{}<small>{}</small>", name, _(row.kind_label))


def _sent(row: SentRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.sent_on), row.registered_by_name)
