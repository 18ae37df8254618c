"""One person's grade, as the manual has it: på elevnivå; and why there is to be none."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.exams.actions import clear_outcome, record_outcome
from provning.exams.queries import placement_for
from provning.exams.rows import PlacementRow
from provning.grading.actions import save_draft
from provning.grading.queries import GradeRow, GradeSheet, grade_sheet
from provning.grading.rows import Particulars
from provning.kernel.actors import Permission
from provning.web.clock import today
from provning.web.forms import problem_text, problems_on
from provning.web.grades.forms import REVIEW, OutcomeForm, StudentGradeForm
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

CLEAR = "clear"


@screen(permission=Permission.DRAFT_GRADES)
def student(request: ScreenRequest, placement_id: UUID) -> HttpResponse:
    """Register one person's grade with what stands beside it."""
    placement = placement_for(request.actor, placement_id)
    graded, row = _sheet_and_row(request, placement)
    form = StudentGradeForm(request.POST or None, row=row, needs=graded.needs)
    if request.method == "POST" and row is not None and form.is_valid():
        with problems_on(form, {f"grade-{placement_id}": "value"}):
            save_draft(
                actor=request.actor,
                placement_id=placement_id,
                value=form.cleaned_data["value"],
                expected_version=form.cleaned_data["expected_version"],
                particulars=form.particulars,
                over_other=form.cleaned_data["over_other"],
                today=today(),
            )
            messages.success(request, _("Utkastet är sparat."))
            return _next(request, graded, placement_id)
        graded, row = _sheet_and_row(request, placement)
        if form.conflict and row is not None:
            form.now_over(row.draft_version)
    return page(request, "grades/student.html", _context(placement, graded, row), form=form)


@screen(permission=Permission.DRAFT_GRADES)
def outcome(request: ScreenRequest, placement_id: UUID) -> HttpResponse:
    """Note why a prövning gave no grade, or take the note back."""
    placement = placement_for(request.actor, placement_id)
    graded, row = _sheet_and_row(request, placement)
    initial = {
        "outcome": placement.outcome,
        "reason": placement.outcome_reason,
        "expected_version": placement.version,
    }
    clears = request.POST.get("do") == CLEAR
    data = _clearing(request, placement) if clears else request.POST or None
    form = OutcomeForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            _keep(request, placement_id, form, clears=clears)
            return redirect("grades:student", placement_id)
        if form.conflict:
            form.now_over(placement_for(request.actor, placement_id).version)
    return page(request, "grades/outcome.html", _context(placement, graded, row), form=form)


def _clearing(request: ScreenRequest, placement: PlacementRow) -> dict[str, str]:
    """Return the form as it is when the note is taken back: there is nothing to choose."""
    version = request.POST.get("expected_version", "")
    return {"outcome": placement.outcome or "absent", "expected_version": version}


def _keep(request: ScreenRequest, placement_id: UUID, form: OutcomeForm, *, clears: bool) -> None:
    """Record the outcome or take it back, and say so."""
    given = form.cleaned_data
    common = {
        "actor": request.actor,
        "placement_id": placement_id,
        "expected_version": given["expected_version"],
        "today": today(),
    }
    if clears:
        clear_outcome(**common)
        messages.success(request, _("Anteckningen är borttagen. Betyg kan sättas."))
        return
    record_outcome(**common, outcome=given["outcome"], reason=given["reason"])
    messages.success(request, _("Antecknat. Inget betyg sätts för prövningen."))


def _context(
    placement: PlacementRow, graded: GradeSheet, row: GradeRow | None
) -> dict[str, object]:
    return {
        "row": row,
        "placement": placement,
        "group": graded.group,
        "sheet": graded,
        "why_not": problem_text(row.problems[0]) if row and row.problems else "",
        "facts": particular_facts(row.particulars) if row else [],
    }


def particular_facts(kept: Particulars) -> list[tuple[str, str]]:
    """Return what stands beside a grade, each with its word; what is empty is left out."""
    used = _("har använts") if kept.exception_used else ""
    facts = [
        (_("Inriktning"), kept.specialisation),
        (_("Språk"), kept.language),
        (_("Komvuxarbetets titel"), kept.project_title),
        (_("Sammanfattning"), kept.project_summary),
        (_("Medbedömare"), kept.co_assessor),
        (_("Undantagsbestämmelsen"), used),
    ]
    return [(word, value) for word, value in facts if value]


def _sheet_and_row(
    request: ScreenRequest, placement: PlacementRow
) -> tuple[GradeSheet, GradeRow | None]:
    """Return the placement's sheet and its row there, None when it is no longer valid."""
    graded = grade_sheet(request.actor, placement.group_id, today())
    rows = (each for each in graded.rows if each.placement.id == placement.id)
    return graded, next(rows, None)


def _next(request: ScreenRequest, graded: GradeSheet, placement_id: UUID) -> HttpResponse:
    if request.POST.get("do") == REVIEW and graded.decider_role:
        response = redirect("grades:review", graded.group.id)
        response["Location"] += f"?placering={placement_id}"
        return response
    return redirect("grades:student", placement_id)
