"""Grupphantering: the prövningsgrupper of the chosen unit and term."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.exams.policies import may_in_unit
from provning.exams.queries import exam_days, groups_for
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import ProvningForm
from provning.web.groups.lines import GroupLine, group_lines, period
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import Selection, choose, selected
from provning.web.tables import Column, Table, order_of

STATES = (
    ("", gettext_lazy("Alla")),
    ("no-teacher", gettext_lazy("Saknar lärare")),
    ("late", gettext_lazy("Försenade betyg")),
    ("waiting", gettext_lazy("Väntar på betyg")),
    ("empty", gettext_lazy("Inga placerade")),
    ("done", gettext_lazy("Klar")),
)
Days = Mapping[UUID, tuple[date, date]]
BY_ROW = {"no-teacher", "empty"}
"""The states that a group's own row tells; the others are read off its grades."""


class FilterForm(ProvningForm):
    """What the list is narrowed by; unit and term are the person's choice for every screen."""

    q = forms.CharField(
        label=gettext_lazy("Grupp, kurs, kurskod eller lärare"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    term = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Enhet"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Läge"), required=False, choices=STATES)

    def __init__(self, selection: Selection, text: str, state: str) -> None:
        """Show what the list is narrowed by now."""
        super().__init__(
            initial={
                "q": text,
                "term": selection.term.code,
                "unit": selection.unit.id if selection.unit else "",
                "state": state,
            },
            auto_id="filter-%s",
        )
        for name, choices in selection_choices(selection).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 # both are, above
            field.choices = choices


def selection_choices(selection: Selection) -> dict[str, list[tuple[str, str]]]:
    """Return the units and terms there are to choose from, as a form's choices."""
    return {
        "unit": [(str(unit.id), unit.name) for unit in selection.units],
        "term": [(term.code, term.label) for term in selection.terms],
    }


@screen(permission=Permission.VIEW_GROUPS, methods=("GET", "HEAD"))
def groups(request: ScreenRequest) -> HttpResponse:
    """List the groups, filtered and sorted as the address says."""
    if "unit" in request.GET or "term" in request.GET:
        selected(request)
        choose(request, unit=request.GET.get("unit", ""), term=request.GET.get("term", ""))
    selection = selected(request)
    if selection.unit is None:
        return page(request, "groups/no_unit.html")
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    order = order_of(request, columns({}), "name")
    lines = _lines(request, selection, text=text, state=state, order=order)
    shown = page_of(request, lines)
    context = {
        "selection": selection,
        "filter": FilterForm(selection, text, state),
        "filtered": bool(text or state),
        "table": _table(request, shown, lines, order),
        "page": shown,
        "may_edit": may_in_unit(request.actor, Permission.EDIT_GROUPS, selection.unit),
        "next_term": selection.term.next(),
    }
    return page(request, "groups/list.html", context)


def columns(days: Days) -> tuple[Column[GroupLine], ...]:
    """Return the columns of the list; `days` are the first and last exam of its groups."""
    return (
        Column("name", _("Grupp"), _name, heads_row=True, sortable=True),
        Column("course", _("Kurs"), _course, sortable=True),
        Column("teacher", _("Betygssättande lärare"), _teacher, short=_("Lärare"), sortable=True),
        Column("placed", _("Placerade"), _placed, align="n", drop=True, sortable=True),
        Column("graded", _("Betyg"), _graded, align="n"),
        Column("exams", _("Prövning"), lambda line: _exams(days.get(line.group.id))),
        Column("state", _("Läge"), _status, width="nowrap"),
    )


def summary(lines: Sequence[GroupLine], shown: Page[GroupLine]) -> SafeString:
    """Sum the list up in words, for its caption."""
    count = ngettext("%(n)s grupp", "%(n)s grupper", len(lines)) % {"n": len(lines)}
    said = []
    if shown.count > len(shown.rows):
        said.append(_("visar {first}–{last}").format(first=shown.first, last=shown.last))
    late = sum(line.late_count for line in lines)
    if late:
        text = ngettext("%(n)s betyg är försenat", "%(n)s betyg är försenade", late)
        said.append(text % {"n": late})
    waiting = sum(not line.group.ready for line in lines)
    if waiting:
        text = ngettext("%(n)s grupp saknar lärare", "%(n)s grupper saknar lärare", waiting)
        said.append(text % {"n": waiting})
    return format_html("<b>{}</b>{}", count, "".join(f", {each}" for each in said) + ".")


def _lines(
    request: ScreenRequest, selection: Selection, *, text: str, state: str, order: str
) -> list[GroupLine]:
    """Return the groups that match, with their standing."""
    assert selection.unit is not None  # noqa: S101 # the view has answered already
    rows = groups_for(
        request.actor,
        unit_id=selection.unit.id,
        term=selection.term,
        text=text,
        state=state if state in BY_ROW else "",
        order=order.removeprefix("-"),
    )
    if order.startswith("-"):
        rows.reverse()
    lines = group_lines(request.actor, rows, today())
    known = {code for code, _label in STATES if code} - BY_ROW
    return [line for line in lines if state not in known or line.standing.code == state]


def _table(
    request: ScreenRequest, shown: Page[GroupLine], lines: Sequence[GroupLine], order: str
) -> Table[GroupLine]:
    days = exam_days(line.group.id for line in shown.rows)
    return Table(
        shown.rows,
        [_with_total(column, lines) for column in columns(days)],
        caption=summary(lines, shown),
        order=order,
        query=request.GET,
    )


def _with_total(column: Column[GroupLine], lines: Iterable[GroupLine]) -> Column[GroupLine]:
    """Put what is summed over the whole list, not the page, in the column's foot."""
    groups_ = [line.group for line in lines]
    placed, decided = sum(g.placed for g in groups_), sum(g.decided for g in groups_)
    totals: dict[str, object] = {
        "name": _("Summa"),
        "placed": placed,
        "graded": _of(decided, placed),
    }
    return replace(column, total=totals.get(column.key))


def _name(line: GroupLine) -> SafeString:
    name = markup.group_name(line.group.name, line.group.course_code)
    return format_html('<a href="{}">{}</a>', reverse("groups:detail", args=[line.group.id]), name)


def _course(line: GroupLine) -> SafeString:
    return format_html(
        '{} <span class="meta nowrap">{}</span>', line.group.course_name, line.group.course_code
    )


def _teacher(line: GroupLine) -> object:
    if line.group.co_teacher_name:
        both = _("{teacher} och {co_teacher}")
        return both.format(teacher=line.group.teacher_name, co_teacher=line.group.co_teacher_name)
    if line.group.ready:
        return line.group.teacher_name
    return format_html('<span class="muted">{}</span>', _("Ingen kopplad"))


def _placed(line: GroupLine) -> int:
    return line.group.placed


def _graded(line: GroupLine) -> str:
    return _of(line.group.decided, line.group.placed)


def _of(decided: int, placed: int) -> str:
    return _("{n} av {total}").format(n=decided, total=placed) if placed else markup.NOTHING


def _exams(days: tuple[date, date] | None) -> SafeString:
    return period(*days) if days else markup.day(None)


def _status(line: GroupLine) -> SafeString:
    return markup.status(line.standing.shape, line.standing.text)
