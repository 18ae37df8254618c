"""Kopiera till nästa termin: preview a term's groups as they would be, and make them."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.exams.actions import copy_groups
from provning.exams.queries import CopyRow, copy_preview
from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError, Problem, ProblemsFoundError
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, unit_for
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import ShownProblem, problem_text, shown
from provning.web.groups.lines import period
from provning.web.permissions import screen
from provning.web.responses import UNPROCESSABLE, page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import choose_unit, read_term, selected
from provning.web.tables import Column, Pick, Table


@dataclass(frozen=True, slots=True)
class Source:
    """Which groups are copied: a unit's in a term."""

    unit: UnitRow
    term: Term


@screen(permission=Permission.EDIT_GROUPS)
def copy_to_next_term(request: ScreenRequest) -> HttpResponseBase:
    """Show what would be copied, with what can be marked; or copy what is marked."""
    source = _source(request)
    rows = copy_preview(request.actor, source.unit.id, source.term, today())
    if request.method != "POST":
        return _page(request, source, rows, frozenset(str(row.group.id) for row in copyable(rows)))
    there = {str(row.group.id) for row in rows}
    marked = frozenset(each for each in request.POST.getlist("group") if each in there)
    if not marked:
        said = ShownProblem(_("Ingen grupp är markerad. Markera minst en grupp att kopiera."))
        return _page(request, source, rows, marked, (said,))
    try:
        made = copy_groups(
            actor=request.actor,
            unit_id=source.unit.id,
            from_term=source.term,
            group_ids=[UUID(each) for each in marked],
            today=today(),
        )
    except ProblemsFoundError as refused:
        return _page(request, source, rows, marked, _at_rows(refused.problems, rows))
    target = source.term.next()
    choose_unit(request, source.unit.id, target)
    messages.success(request, _made(len(made), target))
    return redirect("groups:list")


def copyable(rows: list[CopyRow]) -> list[CopyRow]:
    """Return the rows that can be copied as they stand."""
    return [row for row in rows if not row.already and not row.problems]


def _source(request: ScreenRequest) -> Source:
    """Return what the form was made for, else the chosen unit and term."""
    selection = selected(request)
    term = read_term(request.POST.get("term", "")) or selection.term
    try:
        unit_id = UUID(request.POST.get("unit", ""))
    except ValueError:
        if selection.unit is None:
            raise NotFoundError("school_unit") from None
        unit_id = selection.unit.id
    return Source(unit_for(request.actor, unit_id, Permission.EDIT_GROUPS), term)


def _page(
    request: ScreenRequest,
    source: Source,
    rows: list[CopyRow],
    marked: frozenset[str],
    problems: tuple[ShownProblem, ...] = (),
) -> HttpResponse:
    context = {
        "source": source,
        "target": source.term.next(),
        "table": _table(rows, marked),
        "ready": len(copyable(rows)),
        "problems": problems,
    }
    response = page(request, "groups/copy.html", context)
    response.status_code = UNPROCESSABLE if problems else response.status_code
    return response


def _table(rows: list[CopyRow], marked: frozenset[str]) -> Table[CopyRow]:
    count = ngettext("%(n)s grupp", "%(n)s grupper", len(rows)) % {"n": len(rows)}
    already = sum(row.already for row in rows)
    stopped = sum(bool(row.problems) for row in rows)
    rest = _("{ready} kan kopieras, {already} finns redan, {stopped} har hinder.").format(
        ready=len(copyable(rows)), already=already, stopped=stopped
    )
    return Table(
        rows,
        (
            Column("from", _("Grupp"), _from, heads_row=True),
            Column("to", _("Blir"), _to),
            Column("teacher", _("Betygssättande lärare"), _teacher, short=_("Lärare")),
            Column("dates", _("Fr.o.m.–t.o.m."), _period, width="nowrap"),
            Column("state", _("Läge"), _state),
        ),
        caption=format_html("<b>{}</b>, {}", count, rest),
        pick=Pick(
            "group",
            lambda row: "" if row.already or row.problems else row.group.id,
            lambda row: row.group.name,
            marked,
        ),
    )


def _at_rows(problems: list[Problem], rows: list[CopyRow]) -> tuple[ShownProblem, ...]:
    """Say what stands against the copies, each with the name of its group."""
    names = {str(row.group.id): row.group.name for row in rows}
    found = zip(problems, shown(problems), strict=True)
    return tuple(
        ShownProblem(
            f"{names[problem.field]}: {each.text}" if problem.field in names else each.text,
            each.source,
            "",
            each.code,
        )
        for problem, each in found
    )


def _made(count: int, target: Term) -> str:
    if count == 0:
        return _("Grupperna fanns redan i {term}. Inget kopierades.").format(term=target.label)
    said = ngettext(
        "%(n)s grupp är kopierad till %(term)s.",
        "%(n)s grupper är kopierade till %(term)s.",
        count,
    )
    return said % {"n": count, "term": target.label}


def _from(row: CopyRow) -> SafeString:
    name = markup.group_name(row.group.name, row.group.course_code)
    return format_html("{}<small>{}</small>", name, row.group.course_name)


def _to(row: CopyRow) -> SafeString | str:
    if not row.name:
        return markup.NOTHING
    return markup.group_name(row.name, row.group.course_code)


def _teacher(row: CopyRow) -> SafeString | str:
    if row.teacher_left:
        gone = _("{teacher} har ingen tjänst den terminen").format(teacher=row.group.teacher_name)
        return format_html(
            '<span class="muted">{}</span><small>{}</small>', _("Ingen kopplad"), gone
        )
    return row.teacher or _("Ingen kopplad")


def _period(row: CopyRow) -> SafeString:
    return period(row.start_date, row.end_date)


def _state(row: CopyRow) -> SafeString:
    if row.already:
        return markup.status("locked", _("Finns redan"))
    if row.problems:
        text = " ".join(problem_text(each) for each in row.problems)
        return format_html("{}<small>{}</small>", markup.status("error", _("Hinder")), text)
    return markup.status("done", _("Kan kopieras"))
