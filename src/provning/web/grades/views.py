"""The screens of grading beside the sheet: the list, the review, one person (Manual s. 3-4)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.exams.queries import groups_for, placement_for
from provning.exams.rows import PlacementRow
from provning.grading.actions import decide_grades, save_draft
from provning.grading.queries import GradeRow, GradeSheet, grade_sheet
from provning.kernel.actors import Permission
from provning.kernel.problems import ConflictError, NotAllowedError, ProblemsFoundError
from provning.web.clock import today
from provning.web.forms import add_problems, problem_text, problems_on
from provning.web.grades.forms import DecideForm, StudentGradeForm
from provning.web.grades.listing import grading_table
from provning.web.grades.review import Review, named_by_person, review_of
from provning.web.grades.sheet import GRADING
from provning.web.grades.typed import read_values
from provning.web.groups.lines import group_lines
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import selected


@screen(permission=GRADING, methods=("GET", "HEAD"))
def groups(request: ScreenRequest) -> HttpResponse:
    """List the groups of the chosen unit and term with how far their grades have come."""
    selection = selected(request)
    unit_id = selection.unit.id if selection.unit else None
    rows = groups_for(request.actor, unit_id=unit_id, term=selection.term)
    lines = group_lines(request.actor, [row for row in rows if row.placed], today())
    context = {"table": grading_table(lines), "selection": selection}
    return page(request, "grades/list.html", context)


@screen(permission=Permission.DECIDE_GRADES)
def review(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Show what is about to be decided, and decide it."""
    graded = grade_sheet(request.actor, group_id, today())
    only = request.GET.get("placering", "")
    reviewed = review_of(graded, only)
    if not graded.decider_role:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    form = DecideForm(request.POST or None, request=request, decider_role=graded.decider_role)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, reviewed, form)
        except ProblemsFoundError as error:
            form.conflict = isinstance(error, ConflictError)
            add_problems(form, named_by_person(error.problems, graded))
        reviewed = review_of(grade_sheet(request.actor, group_id, today()), only)
    context = {"review": reviewed, "group": graded.group, "sheet": graded}
    return page(request, "grades/review.html", context, form=form)


def _decide(request: ScreenRequest, reviewed: Review, form: DecideForm) -> HttpResponse:
    """Decide exactly what was read; a value that has changed since is a conflict."""
    decisions = decide_grades(
        actor=request.actor,
        group_id=reviewed.sheet.group.id,
        values=read_values(request.POST.dict(), reviewed.sheet.rows),
        submission=form.cleaned_data["submission"],
        ground=form.cleaned_data.get("ground", ""),
        reason=form.cleaned_data.get("reason", ""),
        today=today(),
    )
    count = len(decisions)
    text = ngettext("%(n)s betyg beslutat och låst.", "%(n)s betyg beslutade och låsta.", count)
    messages.success(request, text % {"n": count})
    return redirect("grades:sheet", reviewed.sheet.group.id)


@screen(permission=Permission.DRAFT_GRADES)
def student(request: ScreenRequest, placement_id: UUID) -> HttpResponse:
    """Register one person's grade, as the manual has it: på elevnivå."""
    placement = placement_for(request.actor, placement_id)
    graded, row = _sheet_and_row(request, placement)
    form = StudentGradeForm(request.POST or None, row=row)
    if request.method == "POST" and row is not None and form.is_valid():
        with problems_on(form, {f"grade-{placement_id}": "value"}):
            save_draft(
                actor=request.actor,
                placement_id=placement_id,
                value=form.cleaned_data["value"],
                expected_version=form.cleaned_data["expected_version"],
                today=today(),
            )
            messages.success(request, _("Utkastet är sparat."))
            return _next_for_student(request, graded, placement_id)
        graded, row = _sheet_and_row(request, placement)
        if form.conflict and row is not None:
            form.now_over(row.draft_version)
    context = {
        "row": row,
        "placement": placement,
        "group": graded.group,
        "sheet": graded,
        "why_not": problem_text(row.problems[0]) if row and row.problems else "",
    }
    return page(request, "grades/student.html", context, form=form)


def _sheet_and_row(
    request: ScreenRequest, placement: PlacementRow
) -> tuple[GradeSheet, GradeRow | None]:
    """Return the placement's sheet and its row there, None when it is no longer valid."""
    graded = grade_sheet(request.actor, placement.group_id, today())
    rows = (each for each in graded.rows if each.placement.id == placement.id)
    return graded, next(rows, None)


def _next_for_student(
    request: ScreenRequest, graded: GradeSheet, placement_id: UUID
) -> HttpResponse:
    if request.POST.get("do") == "review" and graded.decider_role:
        response = redirect("grades:review", graded.group.id)
        response["Location"] += f"?placering={placement_id}"
        return response
    return redirect("grades:student", placement_id)
