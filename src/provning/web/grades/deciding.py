"""Granska och besluta: what was read is decided, or answered where two decide together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from provning.grading.actions import decide_grades, give_opinions
from provning.grading.queries import GradeSheet, draft_changes, grade_sheet
from provning.kernel.actors import Permission
from provning.kernel.problems import ConflictError, NotAllowedError, ProblemsFoundError
from provning.web.clock import today
from provning.web.forms import add_problems
from provning.web.grades.forms import DecideForm
from provning.web.grades.review import (
    AGREED,
    ANSWERED,
    DECIDED,
    DISAGREEMENT,
    SETTLED,
    Review,
    named_by_person,
    read_values,
    read_versions,
    review_of,
)
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

ANSWER = "answer"


@screen(permission=Permission.DECIDE_GRADES)
def review(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Show what is about to be decided or answered, and do it."""
    graded = grade_sheet(request.actor, group_id, today())
    if not graded.decider_role:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    reviewed = _review(request, graded)
    form = _form(request, reviewed)
    if request.method == "POST" and form.is_valid():
        try:
            return _act(request, reviewed, form)
        except ProblemsFoundError as error:
            form.conflict = isinstance(error, ConflictError)
            add_problems(form, named_by_person(error.problems, graded))
        reviewed = _review(request, grade_sheet(request.actor, group_id, today()))
    context = {"review": reviewed, "group": graded.group, "sheet": reviewed.sheet}
    return page(request, "grades/review.html", context, form=form)


def _review(request: ScreenRequest, graded: GradeSheet) -> Review:
    typed = [row.placement.id for row in graded.rows if row.draft_value]
    changes = draft_changes(request.actor, graded.group, typed)
    chosen = read_values(request.POST.dict(), graded.rows, SETTLED)
    only = request.GET.get("placering", "")
    return review_of(graded, request.actor.person_id, changes, chosen, only)


def _form(request: ScreenRequest, reviewed: Review) -> DecideForm:
    """Return the form, with a rektor's only ground chosen."""
    grounds = reviewed.grounds
    initial = {"ground": grounds[0]} if len(grounds) == 1 else {}
    return DecideForm(
        request.POST or None,
        request=request,
        grounds=grounds,
        twice=reviewed.twice,
        initial=initial,
    )


def _act(request: ScreenRequest, reviewed: Review, form: DecideForm) -> HttpResponse:
    """Decide or answer exactly what was read; a value that has changed since is a conflict."""
    if agreed := request.POST.get(AGREED, ""):
        return _answer(request, reviewed, AGREED, only=agreed)
    if request.POST.get("do") == ANSWER:
        return _answer(request, reviewed, ANSWERED)
    return _decide(request, reviewed, form)


def _decide(request: ScreenRequest, reviewed: Review, form: DecideForm) -> HttpResponse:
    ground = form.cleaned_data.get("ground", "")
    part = SETTLED if ground == DISAGREEMENT else DECIDED
    values, versions = _read(request, reviewed, part)
    decisions = decide_grades(
        actor=request.actor,
        group_id=reviewed.sheet.group.id,
        values=values,
        versions=versions,
        submission=form.cleaned_data["submission"],
        ground=ground,
        reason=form.cleaned_data.get("reason", ""),
        override_reason=form.cleaned_data.get("override_reason", ""),
        today=today(),
    )
    count = len(decisions)
    text = ngettext("%(n)s betyg beslutat och låst.", "%(n)s betyg beslutade och låsta.", count)
    messages.success(request, text % {"n": count})
    return redirect("grades:sheet", reviewed.sheet.group.id)


def _answer(request: ScreenRequest, reviewed: Review, part: str, *, only: str = "") -> HttpResponse:
    """Give the actor's answer to one part of the page, or to one row of it."""
    values, versions = _read(request, reviewed, part)
    values = {key: value for key, value in values.items() if only in {"", str(key)}}
    give_opinions(
        actor=request.actor,
        group_id=reviewed.sheet.group.id,
        values=values,
        versions=versions,
        today=today(),
    )
    text = ngettext(
        "Din bedömning av %(n)s betyg är lämnad. %(other)s ser den och kan besluta.",
        "Din bedömning av %(n)s betyg är lämnad. %(other)s ser den och kan besluta.",
        len(values),
    )
    messages.success(request, text % {"n": len(values), "other": reviewed.sheet.other_teacher})
    return redirect("grades:sheet", reviewed.sheet.group.id)


def _read(
    request: ScreenRequest, reviewed: Review, part: str
) -> tuple[dict[UUID, str], dict[UUID, int]]:
    """Return what the page showed in one part.

    What somebody else has done with a row meanwhile is a conflict to read, not silence.
    """
    data = request.POST.dict()
    values = read_values(data, reviewed.sheet.rows, part)
    return values, read_versions(data, values)
