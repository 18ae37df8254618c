"""Betyg att sätta: exams without a decided grade, with the last day that is in time."""

from collections.abc import Sequence

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.grading.queries import DueRow, grades_due
from provning.kernel.actors import Permission
from provning.kernel.swedish import sort_key
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import ProvningForm
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

LATE, IN_TIME = "late", "in-time"
STATES = (
    ("", gettext_lazy("Alla")),
    (LATE, gettext_lazy("Försenade")),
    (IN_TIME, gettext_lazy("I tid")),
)
GRADING = (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)


class DueFilter(ProvningForm):
    """What the list is narrowed by; only units that are on it can be chosen."""

    unit = forms.ChoiceField(label=gettext_lazy("Enhet"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Läge"), required=False, choices=STATES)

    def __init__(self, rows: Sequence[DueRow], unit: str, state: str) -> None:
        """Show what the list is narrowed by now."""
        super().__init__(initial={"unit": unit, "state": state}, auto_id="filter-%s")
        units = {str(row.group.unit_id): row.group.unit_name for row in rows}
        ordered = sorted(units.items(), key=lambda each: sort_key(each[1]))
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # declared above
        field.choices = [("", _("Alla enheter")), *ordered]


@screen(permission=Permission.VIEW_GROUPS, methods=("GET", "HEAD"))
def due(request: ScreenRequest) -> HttpResponse:
    """List what is still to be graded in the actor's scope, the worst first."""
    every = grades_due(request.actor, today())
    unit, state = request.GET.get("unit", ""), request.GET.get("state", "")
    rows = [row for row in every if _chosen(row, unit, state)]
    shown = page_of(request, rows)
    context = {
        "filter": DueFilter(every, unit, state),
        "filtered": bool(unit or state),
        "table": _table(shown, rows, to_sheet=any(map(request.actor.may, GRADING))),
        "page": shown,
    }
    return page(request, "grades/due.html", context)


def late_state(days: int) -> SafeString:
    """Say how long ago or how soon a last day is; `days` have passed since it."""
    if days > 0:
        text = ngettext("%(n)s dag sen", "%(n)s dagar sen", days)
        return markup.status("late", text % {"n": days})
    if days == 0:
        return markup.status("soon", _("Sista dagen är i dag"))
    text = ngettext("%(n)s dag kvar", "%(n)s dagar kvar", -days)
    return markup.status("soon", text % {"n": -days})


def _chosen(row: DueRow, unit: str, state: str) -> bool:
    """Say whether the filter lets the row through; what it does not know narrows nothing."""
    in_unit = not unit or str(row.group.unit_id) == unit
    return in_unit and {LATE: row.late, IN_TIME: not row.late}.get(state, True)


def _table(shown: Page[DueRow], rows: Sequence[DueRow], *, to_sheet: bool) -> Table[DueRow]:
    """List the exams; for who grades with a way to the sheet, else to the group."""
    name = "grades:sheet" if to_sheet else "groups:detail"
    columns = [
        Column[DueRow](
            "name",
            _("Grupp och kurs"),
            lambda row: _group(row, name),
            heads_row=True,
            total=_("Summa"),
        ),
        Column("unit", _("Enhet"), lambda row: row.group.unit_name),
        Column("teacher", _("Betygssättande lärare"), _teacher, short=_("Lärare")),
        Column("date", _("Prövningsdatum"), lambda row: markup.day(row.exam_date)),
        Column(
            "count",
            _("Saknas"),
            lambda row: row.count,
            align="n",
            total=sum(row.count for row in rows),
        ),
        Column("last", _("Sista dag"), lambda row: markup.day(row.last_day)),
        Column("state", _("Läge"), lambda row: late_state(row.days), width="nowrap"),
    ]
    if any(row.drafted is not None for row in rows):
        drafted = sum(row.drafted or 0 for row in rows)
        columns.insert(
            5, Column("drafted", _("Inskrivna"), _drafted, align="n", drop=True, total=drafted)
        )
    return Table(
        shown.rows, columns, caption=_caption(shown, rows), export="betyg-att-sätta", every=rows
    )


def _caption(shown: Page[DueRow], rows: Sequence[DueRow]) -> SafeString:
    """Sum the list up in words."""
    count, late = sum(row.count for row in rows), sum(row.count for row in rows if row.late)
    said = ngettext("%(n)s betyg att sätta", "%(n)s betyg att sätta", count) % {"n": count}
    rest = ngettext("%(n)s är försenat", "%(n)s är försenade", late) % {"n": late} if late else ""
    part = _("visar {first}–{last}").format(first=shown.first, last=shown.last)
    more = [rest, part if shown.count > len(shown.rows) else ""]
    return format_html("<b>{}</b>{}.", said, "".join(f", {each}" for each in more if each))


def _group(row: DueRow, url_name: str) -> SafeString:
    return format_html(
        '<a href="{}">{}</a><small>{}</small>',
        reverse(url_name, args=[row.group.id]),
        markup.group_name(row.group.name, row.group.course_code),
        row.group.course_name,
    )


def _teacher(row: DueRow) -> SafeString | str:
    names = (row.group.teacher_name, row.group.co_teacher_name)
    return ", ".join(filter(None, names)) or markup.status("soon", _("Ingen kopplad"))


def _drafted(row: DueRow) -> object:
    return markup.NOTHING if row.drafted is None else row.drafted
