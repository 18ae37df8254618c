"""One prövningsgrupp: who is placed in it, what is known of it and what has happened to it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.audit.queries import history_of
from provning.courses.queries import course_by_id
from provning.grading.queries import GradeRow, GradeState, grade_sheet
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.clock import today
from provning.web.courses.choosing import points_text
from provning.web.groups.frame import FACTS, HISTORY, PLACEMENTS, counted_group, frame, person_cell
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.sentences import history_items
from provning.web.tables import Column, Table

READ = ("GET", "HEAD")
GRADE_SHAPES = {
    GradeState.DRAFT: "part",
    GradeState.PROPOSED: "part",
    GradeState.DECIDED: "locked",
    GradeState.REPLACED: "locked",
}


@screen(permission=Permission.VIEW_GROUPS, methods=READ)
def group_page(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Show who is placed in the group and how far their grades have come."""
    sheet = grade_sheet(request.actor, group_id, today())
    shown = frame(request.actor, sheet.group, PLACEMENTS)
    table = _table(
        sheet.rows,
        may_open=request.actor.may(Permission.VIEW_PERSONS),
        may_place=bool(shown["may_place"]),
    )
    context = {**shown, "counts": sheet.counts, "table": table}
    return page(request, "groups/detail.html", context)


@screen(permission=Permission.VIEW_GROUPS, methods=READ)
def facts(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Show what the group is: what was chosen and what the system has set."""
    group = counted_group(request.actor, group_id)
    course = course_by_id(group.course_id)
    context = {
        **frame(request.actor, group, FACTS),
        "course": course,
        "points": points_text(course) if course else "",
    }
    return page(request, "groups/facts.html", context)


@screen(permission=Permission.VIEW_GROUPS, methods=READ)
def history(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Tell what has happened to the group, the newest first."""
    group = counted_group(request.actor, group_id)
    events = history_items(history_of("exam_group", group.id))
    return page(
        request, "groups/history.html", {**frame(request.actor, group, HISTORY), "events": events}
    )


def _table(rows: tuple[GradeRow, ...], *, may_open: bool, may_place: bool) -> Table[GradeRow]:
    """List the placements; the actions only for who may use them."""
    columns = [
        Column(
            "name",
            _("Elev"),
            partial(_person, linked=may_open),
            heads_row=True,
            text=lambda row: markup.person_name(row.placement.person),
        ),
        Column(
            "number",
            _("Personnummer"),
            lambda row: markup.person_number(row.placement.person),
            file_only=True,
        ),
        Column("group", _("Grupp"), lambda row: row.placement.group_name, file_only=True),
        Column("date", _("Prövningsdatum"), lambda row: markup.day(row.placement.exam_date)),
        Column("grade", _("Betyg"), lambda row: markup.grade(row.value), align="c"),
        Column("state", _("Läge"), _state),
    ]
    if may_place:
        columns.append(Column("change", _("Ändra"), _actions, screen_only=True))
    count = ngettext("%(n)s elev", "%(n)s elever", len(rows)) % {"n": len(rows)}
    order = _("efter efternamn. Skyddade personer står sist.")
    return Table(
        rows, columns, caption=format_html("<b>{}</b>, {}", count, order), export="placerade"
    )


def _person(row: GradeRow, *, linked: bool) -> SafeString:
    return person_cell(row.placement.person, linked=linked)


def _state(row: GradeRow) -> SafeString:
    """Say how far the placement's grade has come."""
    words = {
        GradeState.DRAFT: _("Utkast"),
        GradeState.PROPOSED: _("Föreslaget"),
        GradeState.DECIDED: _("Beslutat och låst"),
        GradeState.REPLACED: _("Rättat"),
    }
    if row.state in words:
        return markup.status(GRADE_SHAPES[row.state], words[row.state])
    if row.placement.outcome_label:
        return markup.status("none", _(row.placement.outcome_label).capitalize())
    if row.placement.exam_date >= today():
        return markup.status("open", _("Kommande"))
    return markup.status("open", _("Inget betyg ännu"))


def _actions(row: GradeRow) -> SafeString:
    """Link to what can be done with the placement; a decided grade holds it."""
    if row.state in {GradeState.DECIDED, GradeState.REPLACED}:
        return format_html('<span class="muted">{}</span>', _("Låst av betyget"))
    links = (("exam-date", _("Ändra datum")), ("withdraw", _("Ta tillbaka")))
    who = row.placement.person.label
    shown = [
        format_html(
            '<a href="{}">{}<span class="vh"> {}</span></a>',
            reverse(f"groups:{name}", args=[row.placement.id]),
            text,
            _("för {person}").format(person=who),
        )
        for name, text in links
    ]
    return format_html('<span class="row nowrap">{} {}</span>', *shown)
