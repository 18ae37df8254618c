"""Lägg till: place a person in a prövningsgrupp from the study plan (Manual s. 3)."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.exams.actions import place_student
from provning.exams.queries import study_plan
from provning.exams.rows import PlacementRow
from provning.kernel.actors import Permission
from provning.kernel.group_facts import PLACEMENT_STATUS, SCHOOL_FORM
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import problems_on
from provning.web.group_choice import (
    GroupChoiceForm,
    GroupFilterForm,
    asked_group,
    groups_to_choose,
    span,
)
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import person_page, short_name
from provning.web.students.study_plan import NEW
from provning.web.undo import offer_undo

NEVER_ENROLLED = "placement-never-enrolled"
TWICE = "placement-twice"
AGAIN = "again"


class PlaceForm(GroupChoiceForm):
    """The group and the one date; all else follows from them."""

    exam_date = DayField(
        label=gettext_lazy("Prövningsdatum"),
        help_text=gettext_lazy("Blir elevens fr.o.m., t.o.m. och betygsdatum."),
    )
    after_validation = forms.BooleanField(
        label=gettext_lazy("Prövning efter validering"),
        help_text=gettext_lazy("Betyget sätts och visas som alla andra; källan följer med."),
        required=False,
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Skäl till ett nytt försök i samma grupp"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@screen(permission=Permission.PLACE_PERSONS)
def place(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Place the person; saved twice, it is one placement."""
    person = person_page(request, person_id)
    selection, groups = groups_to_choose(request, Permission.PLACE_PERSONS)
    sent = request.POST if request.method == "POST" else None
    form = PlaceForm(sent, initial={"group": asked_group(request)})
    form.offer(groups)
    if sent is None:
        form.limit_days("exam_date", *span(groups))
    elif form.is_valid():
        with problems_on(form):
            return _saved(request, form, person_id)
        there = _there_already(request, form, person_id)
        if there is not None:
            return _already(request, there)
    text = request.GET.get("q", "")
    context = {
        "person": person,
        "selection": selection,
        "filter": GroupFilterForm(selection, text),
        "filtered": bool(text),
        "groups": groups,
        "school_form": SCHOOL_FORM,
        "status": PLACEMENT_STATUS,
        "never_enrolled": _has(form, NEVER_ENROLLED),
        "ask_reason": form.has_overridable_problems or bool(form["override_reason"].value()),
    }
    return page(request, "students/place.html", context, form=form)


def _saved(request: ScreenRequest, form: PlaceForm, person_id: UUID) -> HttpResponse:
    """Store the placement, offer to undo it, and go on."""
    placement = place_student(
        actor=request.actor,
        group_id=form.group_id,
        person_id=person_id,
        exam_date=form.cleaned_data["exam_date"],
        override_reason=form.cleaned_data["override_reason"],
        after_validation=form.cleaned_data["after_validation"],
        today=today(),
    )
    offer_undo(
        request,
        _("Placerad i {group} med prövningsdatum {day}.").format(
            group=placement.group.name, day=placement.exam_date
        ),
        reverse("students:withdraw", args=[placement.id]),
        expected_version=placement.version,
        reason=_("Ångrades direkt efter placeringen."),
    )
    if AGAIN in request.POST:
        return redirect("students:place", person_id)
    return redirect(marked_row(person_id, placement.id))


def marked_row(person_id: UUID, placement_id: UUID) -> str:
    """Return the address of a study plan with one row marked."""
    return f"{reverse('students:detail', args=[person_id])}?{NEW}={placement_id}#p-{placement_id}"


def _there_already(request: ScreenRequest, form: PlaceForm, person_id: UUID) -> PlacementRow | None:
    """Return the same placement when it stands there already: the form was sent a second time."""
    if not _has(form, TWICE):
        return None
    wanted = (form.group_id, form.cleaned_data.get("exam_date") or _typed_day(form))
    plan = study_plan(request.actor, person_id)
    return next(
        (row for row in plan if row.valid and (row.group_id, row.exam_date) == wanted), None
    )


def _typed_day(form: PlaceForm) -> date | None:
    """Return the day as it was sent: a field with a problem is no longer among the cleaned."""
    day: date | None = form.fields["exam_date"].to_python(form["exam_date"].value())
    return day


def _already(request: ScreenRequest, placement: PlacementRow) -> HttpResponse:
    """Say that nothing more was needed, and show the row."""
    text = _("{name} står i {group} med prövningsdatum {day}. Inget mer behövdes.")
    said = text.format(
        name=short_name(placement.person), group=placement.group_name, day=placement.exam_date
    )
    messages.info(request, said)
    return redirect(marked_row(placement.person.id, placement.id))


def _has(form: PlaceForm, code: str) -> bool:
    found = form.errors.as_data().values() if form.is_bound else ()
    return any(error.code == code for errors in found for error in errors)
