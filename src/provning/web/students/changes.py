"""Changing a placement's one date, and taking a placement back; never after a decision."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.exams.actions import change_exam_date, withdraw_placement
from provning.exams.queries import group_for, placement_for
from provning.exams.rows import PlacementRow
from provning.grading.queries import GradeState, StudyPlanRow, study_plan_rows
from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import VersionedForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import person_page
from provning.web.students.placing import marked_row


class DateForm(VersionedForm):
    """The new date."""

    exam_date = DayField(
        label=gettext_lazy("Prövningsdatum"),
        help_text=gettext_lazy("Blir elevens fr.o.m., t.o.m. och betygsdatum."),
    )


class WithdrawForm(VersionedForm):
    """Why a placement is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        help_text=gettext_lazy("Syns i studieplanen och i historiken."),
        max_length=400,
        widget=forms.TextInput(attrs={"class": "w-fill"}),
    )


@screen(permission=Permission.PLACE_PERSONS)
def change_date(request: ScreenRequest, placement_id: UUID) -> HttpResponse:
    """Ask for the new date; when somebody was first, show theirs beside what was typed."""
    row = _row(request, placement_id)
    seen = row.placement
    initial = {"expected_version": seen.version, "exam_date": seen.exam_date}
    sent = request.POST if request.method == "POST" else None
    form = DateForm(sent, initial=initial)
    if sent is None:
        group = group_for(request.actor, seen.group_id)
        _day(form).between(group.start_date, group.end_date)
    elif form.is_valid():
        with problems_on(form):
            change_exam_date(
                actor=request.actor,
                placement_id=placement_id,
                expected_version=form.cleaned_data["expected_version"],
                exam_date=form.cleaned_data["exam_date"],
                today=today(),
            )
            text = _("Prövningsdatum i {group} är nu {day}.")
            day = form.cleaned_data["exam_date"]
            messages.success(request, text.format(group=seen.group_name, day=day))
            return redirect(marked_row(seen.person.id, placement_id))
    return _page(request, "students/change_date.html", form, placement_id)


@screen(permission=Permission.PLACE_PERSONS)
def withdraw(request: ScreenRequest, placement_id: UUID) -> HttpResponse:
    """Ask why, and take the placement back; a second time changes nothing."""
    row = _row(request, placement_id)
    seen = row.placement
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent, initial={"expected_version": seen.version})
    if not seen.valid:
        return redirect("students:detail", seen.person.id)
    if sent is not None and form.is_valid():
        with problems_on(form):
            withdraw_placement(
                actor=request.actor,
                placement_id=placement_id,
                expected_version=form.cleaned_data["expected_version"],
                reason=form.cleaned_data["reason"],
            )
            text = _("Placeringen i {group} den {day} är återtagen.")
            messages.success(request, text.format(group=seen.group_name, day=seen.exam_date))
            return redirect("students:detail", seen.person.id)
    return _page(request, "students/withdraw.html", form, placement_id)


def _page(
    request: ScreenRequest, template: str, form: VersionedForm, placement_id: UUID
) -> HttpResponse:
    """Show the form over what is stored now; after a conflict it is sent with the new version."""
    row = _row(request, placement_id)
    if form.conflict:
        form.now_over(row.placement.version)
    person = person_page(request, row.placement.person.id)
    context = {
        "person": person,
        "placement": row.placement,
        "grade": row,
        "locked": row.state is not GradeState.NONE,
        "back": reverse("students:detail", args=[person.row.id]),
    }
    return page(request, template, context, form=form)


def _row(request: ScreenRequest, placement_id: UUID) -> StudyPlanRow:
    """Return the placement with its grade, where the actor may place persons."""
    placement = placement_for(request.actor, placement_id, Permission.PLACE_PERSONS)
    return _with_grade(request, placement)


def _with_grade(request: ScreenRequest, placement: PlacementRow) -> StudyPlanRow:
    for row in study_plan_rows(request.actor, placement.person.id, today()):
        if row.placement.id == placement.id:
            return row
    raise NotFoundError("placement")


def _day(form: DateForm) -> DayField:
    field = form.fields["exam_date"]
    assert isinstance(field, DayField)  # noqa: S101 # it is, above
    return field
