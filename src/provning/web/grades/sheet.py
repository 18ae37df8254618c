"""The grade sheet: one plain form that works without script, and the same rows saved one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.grading.actions import save_drafts
from provning.grading.queries import GradeSheet, corrected_away, earlier_grades, grade_sheet
from provning.grading.rows import DraftResult, DraftStatus
from provning.kernel.actors import Permission
from provning.web.clock import today
from provning.web.grades.beside import beside_token
from provning.web.grades.lines import GoneLine, GradeLine, all_problems, gone_lines, grade_lines
from provning.web.grades.moved import moved_table
from provning.web.grades.typed import entries, typed_grades, typed_rows
from provning.web.grades.whole import whole_sheet
from provning.web.groups.frame import GRADES, tabs
from provning.web.permissions import screen
from provning.web.responses import UNPROCESSABLE, page
from provning.web.screen_request import ScreenRequest
from provning.web.undo import offer_undo

GRADING = (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)
SAVE, REVIEW, UNDO = "save", "review", "undo"


@screen(permission=GRADING)
def sheet(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Show the group's grade sheet and keep what is typed on it as drafts."""
    graded = grade_sheet(request.actor, group_id, today())
    if request.method == "POST":
        return _save_sheet(request, graded)
    moved = moved_table(corrected_away(request.actor, group_id))
    lines = grade_lines(graded)
    context = _context(request, graded, lines) | {"moved": moved, "whole": whole_sheet(lines)}
    return page(request, "grades/sheet.html", context)


@screen(permission=Permission.DRAFT_GRADES, methods=("POST",))
def rows(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Keep the rows that are sent while somebody types, and say in JSON what became of each.

    Each row is judged by itself; with `together` one bad row keeps all from being stored. The
    status is 422 when a row is not stored.
    """
    data = request.POST.dict()
    typed = typed_rows(data)
    results = save_drafts(
        actor=request.actor,
        group_id=group_id,
        entries=entries(data, typed),
        today=today(),
        all_or_nothing="together" in data,
    )
    graded = grade_sheet(request.actor, group_id, today(), only=typed)
    known, gone = grade_lines(graded, typed, results), gone_lines(graded, results)
    status = 200 if all(result.stands for result in results) else UNPROCESSABLE
    return JsonResponse({"rows": _answers([*known, *gone], results)}, status=status)


def _answers(
    lines: Iterable[GradeLine | GoneLine], results: Sequence[DraftResult]
) -> dict[str, object]:
    """Return what the page needs of each row: what is stored now, its version, and its status."""
    shown = {line.placement_id: line for line in lines}
    return {
        str(each.placement_id): {
            "result": each.status.value,
            "value": each.value,
            "version": each.version,
            "before": beside_token(each),
            "state": shown[each.placement_id].state,
            "cell": _cell(shown[each.placement_id]),
        }
        for each in results
    }


def _cell(line: GradeLine | GoneLine) -> str:
    return render_to_string("grades/row_status.html", {"line": line, "live": True}).strip()


def _save_sheet(request: ScreenRequest, graded: GradeSheet) -> HttpResponse:
    """Save every row or none; what was typed stays on the page when something is wrong."""
    data = request.POST.dict()
    typed = typed_grades(data, graded)
    results = save_drafts(
        actor=request.actor,
        group_id=graded.group.id,
        entries=entries(data, typed),
        today=today(),
        all_or_nothing=True,
    )
    if all(result.stands for result in results):
        saved = [each for each in results if each.status is DraftStatus.SAVED]
        return _after_saving(request, graded, saved)
    lines = grade_lines(graded, typed, results)
    wrong = [line for line in lines if line.problems]
    context = _context(request, graded, lines) | {
        "problems": all_problems(wrong),
        "conflict": all(line.conflict for line in wrong),
    }
    response = page(request, "grades/sheet.html", context)
    response.status_code = UNPROCESSABLE
    return response


def _after_saving(
    request: ScreenRequest, graded: GradeSheet, saved: Sequence[DraftResult]
) -> HttpResponse:
    """Say what was saved, with the way back, and go on."""
    done, count = request.POST.get("do", SAVE), len(saved)
    if not saved:
        if done != REVIEW:
            messages.info(request, _("Inget hade ändrats."))
    elif done == UNDO:
        text = ngettext("Ångrat: %(n)s betyg som förut.", "Ångrat: %(n)s betyg som förut.", count)
        messages.success(request, text % {"n": count})
    else:
        _offer_back(request, graded, saved)
    return redirect("grades:review" if done == REVIEW else "grades:sheet", graded.group.id)


def _offer_back(request: ScreenRequest, graded: GradeSheet, saved: Sequence[DraftResult]) -> None:
    """Let the saved rows be put back as they were, unless somebody has typed since."""
    count = len(saved)
    text = ngettext("%(n)s betyg sparat som utkast.", "%(n)s betyg sparade som utkast.", count)
    before = {row.placement.id: row.draft_value for row in graded.rows}
    fields = {"do": UNDO}
    for each in saved:
        fields[f"grade-{each.placement_id}"] = before[each.placement_id]
        fields[f"version-{each.placement_id}"] = str(each.version)
        if beside := beside_token(each):
            fields[f"before-{each.placement_id}"] = beside
    address = reverse("grades:sheet", args=[graded.group.id])
    offer_undo(request, text % {"n": count}, address, **fields)


def _context(
    request: ScreenRequest, graded: GradeSheet, lines: Sequence[GradeLine]
) -> dict[str, object]:
    scales = {row.scale.label for row in graded.rows if row.scale}
    earlier = earlier_grades(request.actor, graded)
    editable = [line for line in lines if line.editable]
    typed = any(row.draft_value for row in graded.rows)
    return {
        "sheet": graded,
        "group": graded.group,
        "lines": [replace(line, earlier=earlier[line.placement_id]) for line in lines],
        "any_earlier": any(earlier.values()),
        "editable": len(editable),
        "saved": sum(bool(line.row.draft_value) for line in editable),
        "reviewable": bool(graded.decider_role) and (bool(editable) or typed),
        "scale": ", ".join(sorted(scales)),
        "tabs": tabs(graded.group, GRADES),
    }
