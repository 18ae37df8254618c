"""Changing one placement: its prövningsdatum, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from provning.exams.actions import change_exam_date, place_student, withdraw_placement
from provning.exams.policies import require_on_group
from provning.exams.queries import GroupRow, PlacementRow, group_for, placement_for
from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.web.clock import today
from provning.web.fields import read_day
from provning.web.forms import problem_text, problems_on
from provning.web.groups.changes import seen_now
from provning.web.groups.forms import ExamDateForm, WithdrawForm
from provning.web.groups.frame import frame
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.undo import offer_undo


@screen(permission=Permission.PLACE_PERSONS)
def exam_date(request: ScreenRequest, placement_id: UUID) -> HttpResponseBase:
    """Show a placement's one date within the group's, or change it."""
    placement, group = _placement(request, placement_id)
    if not placement.valid:
        return redirect("groups:detail", group.id)
    initial = {"exam_date": placement.exam_date, "expected_version": placement.version}
    form = ExamDateForm(request.POST or None, initial=initial)
    form.limit(group.start_date, group.end_date)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            changed = change_exam_date(
                actor=request.actor,
                placement_id=placement.id,
                today=today(),
                **form.cleaned_data,
            )
            if changed.version != placement.version:
                offer_undo(
                    request,
                    _("Prövningsdatum är ändrat till {day}.").format(day=changed.exam_date),
                    reverse("groups:exam-date", args=[placement.id]),
                    exam_date=placement.exam_date,
                    expected_version=changed.version,
                )
            return redirect("groups:detail", group.id)
    seen_now(form, placement.version)
    context = {**frame(request.actor, group, ""), "placement": placement}
    return page(request, "groups/exam_date.html", context, form=form)


@screen(permission=Permission.PLACE_PERSONS)
def withdraw(request: ScreenRequest, placement_id: UUID) -> HttpResponseBase:
    """Ask for the reason, or take the placement back; the next page offers to place again."""
    placement, group = _placement(request, placement_id)
    if not placement.valid:
        return redirect("groups:detail", group.id)
    form = WithdrawForm(request.POST or None, initial={"expected_version": placement.version})
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            withdraw_placement(actor=request.actor, placement_id=placement.id, **form.cleaned_data)
            offer_undo(
                request,
                _("Placeringen av {person} den {day} är återtagen.").format(
                    person=placement.person.label, day=placement.exam_date
                ),
                reverse("groups:restore", args=[group.id]),
                person=placement.person.id,
                exam_date=placement.exam_date,
            )
            return redirect("groups:detail", group.id)
    seen_now(form, placement.version)
    context = {**frame(request.actor, group, ""), "placement": placement}
    return page(request, "groups/withdraw.html", context, form=form)


@screen(permission=Permission.PLACE_PERSONS, methods=("POST",))
def restore(request: ScreenRequest, group_id: UUID) -> HttpResponseBase:
    """Place somebody again whose placement was taken back: a new row beside the old one."""
    group = group_for(request.actor, group_id)
    day = read_day(request.POST.get("exam_date", ""))
    try:
        person_id = UUID(request.POST.get("person", ""))
    except ValueError as error:
        raise NotFoundError("person") from error
    if day is None:
        raise NotFoundError("placement")
    try:
        place_student(
            actor=request.actor,
            group_id=group.id,
            person_id=person_id,
            exam_date=day,
            today=today(),
        )
    except ProblemsFoundError as refused:
        messages.error(request, " ".join(problem_text(each) for each in refused.problems))
    else:
        messages.success(request, _("Personen är placerad igen."))
    return redirect("groups:detail", group.id)


def _placement(request: ScreenRequest, placement_id: UUID) -> tuple[PlacementRow, GroupRow]:
    """Return the placement and its group, when the actor may change it."""
    placement = placement_for(request.actor, placement_id)
    group = group_for(request.actor, placement.group_id)
    require_on_group(request.actor, Permission.PLACE_PERSONS, group)
    return placement, group
