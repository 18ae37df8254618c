"""Studieplan: what a person has been placed in, as the manual's last screen (Manual s. 4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.feeds.queries import external_grades
from provning.grading.queries import GradeState, StudyPlanRow, study_plan_rows
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.clock import today
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.external import external_table
from provning.web.students.person import person_page_enrolled
from provning.web.tables import Column, Table

NEW = "ny"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of the plan: `attempt` of `attempts` counts the person's standing tries at a course.

    `changeable` says that the date can be changed and the placement taken back here.
    """

    row: StudyPlanRow
    attempt: int
    attempts: int
    changeable: bool


@screen(permission=Permission.VIEW_PERSONS, methods=("GET", "HEAD"))
def detail(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Show "Kurser inom studietiden", and apart from it what was taken back or corrected."""
    person = person_page_enrolled(request, person_id, "detail")
    if person.row.merged_into:
        return redirect("students:detail", person.row.merged_into)
    may_place = request.actor.may(Permission.PLACE_PERSONS)
    rows = study_plan_rows(request.actor, person_id, today())
    standing = plan_lines((row for row in rows if row.placement.valid), may_place=may_place)
    former = [row for row in rows if not row.placement.valid]
    context = {
        "person": person,
        "may_place": may_place,
        "plan": _plan_table(standing, request.GET.get(NEW, ""), may_place=may_place),
        "former": _former_table(former),
        "external": external_table(external_grades(request.actor, person_id)),
    }
    return page(request, "students/detail.html", context)


def plan_lines(rows: Iterable[StudyPlanRow], *, may_place: bool) -> list[PlanLine]:
    """Return the standing rows in the order given, newest first, with the attempts counted."""
    found = list(rows)
    attempts = Counter(row.placement.course_id for row in found)
    earlier: Counter[UUID] = Counter()
    lines = []
    for row in reversed(found):
        course_id = row.placement.course_id
        earlier[course_id] += 1
        changeable = may_place and row.state is GradeState.NONE
        lines.append(PlanLine(row, earlier[course_id], attempts[course_id], changeable))
    return lines[::-1]


def _plan_table(lines: Sequence[PlanLine], new: str, *, may_place: bool) -> Table[PlanLine]:
    """Return the ledger; the row that has just been added is marked."""
    count = ngettext("%(n)s prövning", "%(n)s prövningar", len(lines)) % {"n": len(lines)}
    columns = [
        Column("group", _("Prövningsgrupp"), _group, heads_row=True),
        Column("course", _("Kurs"), _course),
        Column("code", _("Kurskod"), lambda line: line.row.placement.course_code),
        Column("points", _("Poäng"), _points, align="n"),
        Column("from", _("Fr.o.m."), lambda line: markup.day(line.row.placement.start_date)),
        Column("to", _("T.o.m."), lambda line: markup.day(line.row.placement.end_date)),
        Column("status", _("Status"), lambda line: _(line.row.placement.status)),
        Column("active", _("Studieaktiv"), _active),
        Column("grade", _("Betyg"), _grade, align="c"),
        Column("decided", _("Beslutat av"), _decided),
    ]
    if may_place or any(line.row.decision_id for line in lines):
        columns.append(Column("act", _("Åtgärd"), _actions, screen_only=True))
    return Table(
        lines,
        columns,
        caption=_("{count}, senaste först.").format(count=count),
        caption_hidden=True,
        row_id=lambda line: f"p-{line.row.placement.id}",
        marked=lambda line: str(line.row.placement.id) == new,
        export="studieplan",
    )


def _former_table(rows: Sequence[StudyPlanRow]) -> Table[StudyPlanRow]:
    """Return what does not stand any more, with why."""
    return Table(
        rows,
        (
            Column("group", _("Prövningsgrupp"), _group_link, heads_row=True),
            Column("course", _("Kurs"), lambda row: row.placement.course_name),
            Column("day", _("Prövningsdatum"), lambda row: markup.day(row.placement.exam_date)),
            Column("grade", _("Betyg"), _former_grade, align="c"),
            Column("why", _("Vad som hände"), _what_happened),
        ),
        caption=_("Återtagna och rättade placeringar, senaste först."),
        caption_hidden=True,
        export="återtagna-placeringar",
    )


def _group(line: PlanLine) -> SafeString:
    return _group_link(line.row)


def _group_link(row: StudyPlanRow) -> SafeString:
    name = markup.group_name(row.placement.group_name, row.placement.course_code)
    address = reverse("groups:detail", args=[row.placement.group_id])
    return format_html('<a href="{}">{}</a>', address, name)


def _course(line: PlanLine) -> SafeString:
    """Return the course, which try of several it is, and whether it follows on a validering."""
    placement, said = line.row.placement, []
    if line.attempts > 1:
        text = _("Försök {number} av {count}")
        said.append(text.format(number=line.attempt, count=line.attempts))
    if placement.after_validation:
        said.append(_("Prövning efter validering"))
    small = format_html_join("", "<small>{}</small>", ((each,) for each in said))
    return format_html("{}{}", placement.course_name, small)


def _points(line: PlanLine) -> object:
    return line.row.placement.points or markup.NOTHING


def _active(line: PlanLine) -> str:
    return _("Ja") if line.row.placement.study_active else _("Nej")


def _grade(line: PlanLine) -> SafeString:
    """Return the grade in its frame with what kind of grade it is, or why there is none."""
    row = line.row
    if row.state is GradeState.NONE:
        return format_html("{}", markup.grade(""))
    return format_html("{}<small>{}</small>", _with_previous(row), _(row.trial_label))


def _framed(row: StudyPlanRow) -> SafeString:
    return markup.grade(row.value, row.shown_state)


def _with_previous(row: StudyPlanRow) -> SafeString:
    """Return the grade, after the one it took the place of on the same row."""
    if row.previous is None or row.placement.supersedes_id is not None:
        return _framed(row)
    old = markup.grade(row.previous.value, GradeState.REPLACED.value)
    return format_html("{} {}", old, _framed(row))


def _decided(line: PlanLine) -> SafeString:
    """Return who decided and who typed: two facts; or why there is no decision."""
    row = line.row
    if row.state is GradeState.NONE:
        happened = row.placement.outcome_label
        said_now = _(happened).capitalize() if happened else _(row.note)
        return format_html('<span class="muted">{}</span>', said_now)
    typed = _("Registrerat av {name}").format(name=row.registered_by)
    said = [typed, *_marks(row)]
    names = ", ".join((row.decided_by, *row.decided_with))
    return format_html(
        "{}{}", names, format_html_join("", "<small>{}</small>", ((each,) for each in said))
    )


def _marks(row: StudyPlanRow) -> Iterator[str]:
    """Say what else there is to know of a decided grade."""
    if row.previous is not None:
        note = _("Tidigare betyg {value} från {day}").format(
            value=row.previous.value, day=row.previous.exam_date
        )
        yield f"{_(row.correction_type)}. {note}"
    if row.covering is not None:
        yield (
            _("Ersatt av {course}").format(course=row.covering.course_name)
            if row.covering.course_name
            else _("Ersatt av ett betyg på en högre nivå")
        )
    if row.best:
        yield _("Högsta betyget här i kursen")


def decision_link(row: StudyPlanRow) -> SafeString:
    """Return the way to the decision with its story; the link says whose by its course."""
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("corrections:decision", args=[row.decision_id]),
        _("Visa beslutet"),
        row.placement.course_name,
    )


def _actions(line: PlanLine) -> SafeString:
    """Return the ways to change what is not decided; after a decision it is a rättelse."""
    if line.row.decision_id is not None:
        return decision_link(line.row)
    if not line.changeable:
        return format_html("{}", markup.NOTHING)
    placement = line.row.placement
    acts = (("change-date", _("Ändra datum")), ("withdraw", _("Ta tillbaka")))
    links = format_html_join(
        "",
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        (
            (reverse(f"students:{key}", args=[placement.id]), word, placement.group_name)
            for key, word in acts
        ),
    )
    return format_html('<span class="row">{}</span>', links)


def _former_grade(row: StudyPlanRow) -> SafeString:
    return markup.grade("") if row.state is GradeState.NONE else _framed(row)


def _what_happened(row: StudyPlanRow) -> SafeString:
    """Return why the row does not stand, with the reason that was written."""
    placement = row.placement
    if row.moved_to is not None:
        new = _("Rättad: {value} i {course} från {day}").format(
            value=row.moved_to.value, course=row.moved_to.course_code, day=row.moved_to.exam_date
        )
        return format_html("{}<small>{}</small>", new, decision_link(row))
    if placement.superseded:
        return format_html("{}", _("Rättad: ersatt av en ny placering"))
    return format_html(
        "{}<small>{}</small>", _(placement.outcome_label).capitalize(), placement.outcome_reason
    )
