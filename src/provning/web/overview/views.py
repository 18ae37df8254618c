"""Översikt: what waits for whoever is signed in, and the frame of the chosen term."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.exams.queries import ComingRow, coming_exams, term_counts
from provning.grading.queries import LateRow
from provning.kernel.actors import Actor, Permission
from provning.organisation.queries import term_dates
from provning.web import markup
from provning.web.clock import today
from provning.web.grades.due import GRADING, late_state
from provning.web.overview.waiting import tasks_of, waiting_for
from provning.web.permissions import screen
from provning.web.pieces import Task
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import Selection, selected
from provning.web.tables import Column, Table

SHOWN = 8
COMING, MOST = 6, 5000


@screen(methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponse:
    """Show what waits, the worst first, and what the term holds."""
    day = today()
    waiting = waiting_for(request.actor, day)
    tasks = tasks_of(request.actor, waiting, day)
    selection = selected(request)
    context = {
        "lead": lead(tasks, day),
        "tasks": tasks,
        "ungraded": _table(request.actor, waiting.ungraded, day) if waiting.ungraded else None,
        "selection": selection,
        "term": _term_facts(request.actor, selection),
        "coming": _coming(request.actor, selection, day),
        "may_edit": request.actor.may(Permission.EDIT_GROUPS),
        "sees_groups": request.actor.may(Permission.VIEW_GROUPS),
        "may_search": request.actor.may(Permission.VIEW_PERSONS),
    }
    return page(request, "overview/overview.html", context)


def lead(tasks: Sequence[Task], day: date) -> str:
    """Say the day, and how much waits."""
    when = capfirst(date_format(day, "l j F Y"))
    if not tasks:
        return _("{when}. Inget väntar på dig.").format(when=when)
    said = ngettext("%(n)s sak väntar på dig.", "%(n)s saker väntar på dig.", len(tasks))
    return f"{when}. {said % {'n': len(tasks)}}"


def _term_facts(actor: Actor, selection: Selection) -> dict[str, object] | None:
    """Return the chosen unit's term: its days and how many groups and persons it has."""
    if selection.unit is None or not actor.may(Permission.VIEW_GROUPS):
        return None
    groups, placed = term_counts(actor, selection.unit.id, selection.term)
    calendar = term_dates(selection.unit.provider_id, selection.term)
    return {"calendar": calendar, "groups": groups, "placed": placed}


def _coming(actor: Actor, selection: Selection, day: date) -> Table[ComingRow] | None:
    """List the next exam days of the chosen unit and term; nothing when there are none."""
    if selection.unit is None or not actor.may(Permission.VIEW_GROUPS):
        return None
    rows = coming_exams(actor, selection.unit.id, selection.term, day, MOST)
    columns = (
        Column[ComingRow]("day", _("Dag"), _weekday, heads_row=True),
        Column[ComingRow]("course", _("Kurs"), _coming_group),
        Column[ComingRow]("placed", _("Elever"), lambda row: row.placed, align="n"),
    )
    caption = _("Kommande prövningar")
    if not rows:
        return None
    return Table(
        rows[:COMING],
        columns,
        caption,
        caption_hidden=True,
        export="kommande-prövningar",
        every=rows,
    )


def _weekday(row: ComingRow) -> SafeString:
    """Show a day to plan by: its weekday, day and month."""
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>',
        row.exam_date.isoformat(),
        date_format(row.exam_date, "D j b").lower(),
    )


def _coming_group(row: ComingRow) -> SafeString:
    url = reverse("groups:detail", args=[row.group_id])
    lacks = "" if row.ready else markup.status("soon", _("Saknar lärare"))
    return format_html('<a href="{}">{}</a> {}', url, row.course_name, lacks)


def _table(actor: Actor, rows: Sequence[LateRow], day: date) -> Table[LateRow]:
    """List the groups with exams that have passed without grade, the first deadline first."""
    said = ngettext("%(n)s grupp", "%(n)s grupper", len(rows)) % {"n": len(rows)}
    rest = _(", visar de {n} äldsta").format(n=SHOWN) if len(rows) > SHOWN else ""
    to = "grades:sheet" if any(map(actor.may, GRADING)) else "groups:detail"
    return Table(
        rows[:SHOWN],
        (
            Column(
                "name",
                _("Grupp och kurs"),
                lambda row: _group(row, to),
                heads_row=True,
                total=_("Summa"),
            ),
            Column("teacher", _("Betygssättande lärare"), _teacher, short=_("Lärare")),
            Column(
                "count",
                _("Saknas"),
                lambda row: row.count,
                align="n",
                total=sum(row.count for row in rows),
            ),
            Column("day", _("Sista dag"), lambda row: markup.day(row.last_day)),
            Column("state", _("Läge"), lambda row: late_state((day - row.last_day).days)),
        ),
        caption=format_html("<b>{}</b>{}", said, rest),
        export="väntar-på-betyg",
        every=rows,
    )


def _group(row: LateRow, to: str) -> SafeString:
    return format_html(
        '<a href="{}">{}</a><small>{}</small>',
        reverse(to, args=[row.group.id]),
        markup.group_name(row.group.name, row.group.course_code),
        row.group.course_name,
    )


def _teacher(row: LateRow) -> SafeString | str:
    return row.group.teacher_name or markup.status("soon", _("Ingen kopplad"))
