"""Koppla betygssättande lärare: the one who decides a group's grades, or two together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.exams.actions import connect_co_teacher, connect_grading_teacher
from provning.exams.models import ExamGroup
from provning.exams.queries import GroupRow
from provning.exams.rules import day_on_duty
from provning.kernel.actors import Permission
from provning.people.queries import TeacherRow, teachers_for_unit
from provning.web.clock import today
from provning.web.forms import VersionedForm, problems_on
from provning.web.groups.changes import group_to_change, offer_back, seen_now
from provning.web.groups.forms import NOBODY, CoTeacherForm, TeacherForm
from provning.web.groups.frame import frame
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest


@dataclass(frozen=True, slots=True)
class Seat:
    """One of a group's two: where and how they are connected, what is said, what undoes it."""

    address: str
    connect: Callable[..., ExamGroup]
    said: str
    back: Mapping[str, object]


@screen(permission=Permission.EDIT_GROUPS)
def teacher(request: ScreenRequest, group_id: UUID) -> HttpResponseBase:
    """Show the unit's teachers, or connect one of them."""
    group = group_to_change(request, group_id)
    teachers = _teachers(group)
    form = _teacher_form(group, teachers, request.POST or None)
    said = _("Betygssättande lärare i {name} är ändrad.")
    back = {"grading_teacher": group.teacher_id or NOBODY}
    connected = _connected(
        request, group, form, Seat("groups:teacher", connect_grading_teacher, said, back)
    )
    return connected or _page(request, group, form, _co_teacher_form(group, teachers))


@screen(permission=Permission.EDIT_GROUPS)
def co_teacher(request: ScreenRequest, group_id: UUID) -> HttpResponseBase:
    """Connect the one who decides together with the group's teacher; shown on the same page."""
    group = group_to_change(request, group_id)
    teachers = _teachers(group)
    form = _co_teacher_form(group, teachers, request.POST or None)
    said = _("Vem som beslutar betygen i {name} är ändrat.")
    back = {"co_grading_teacher": group.co_teacher_id or NOBODY}
    connected = _connected(
        request, group, form, Seat("groups:co-teacher", connect_co_teacher, said, back)
    )
    return connected or _page(request, group, _teacher_form(group, teachers), form)


def _connected(
    request: ScreenRequest, group: GroupRow, form: VersionedForm, seat: Seat
) -> HttpResponseBase | None:
    """Connect who was chosen, offer to undo it and go back; None when there is a form to show."""
    if request.method != "POST" or not form.is_valid():
        return None
    with problems_on(form):
        changed = _connect(request, group, form, seat.connect)
        if changed.version != group.version:
            back = {**seat.back, "expected_version": changed.version}
            offer_back(request, seat.address, group, seat.said, **back)
        return redirect("groups:detail", group.id)
    return None


def _teachers(group: GroupRow) -> list[TeacherRow]:
    """Return those on duty at the unit while the group is open."""
    day = day_on_duty(group.start_date, group.end_date, today())
    return teachers_for_unit(group.unit_id, day)


def _teacher_form(group: GroupRow, teachers: list[TeacherRow], data: object = None) -> TeacherForm:
    initial = {"grading_teacher": group.teacher_id or NOBODY, "expected_version": group.version}
    return TeacherForm(teachers, data, initial=initial)


def _co_teacher_form(
    group: GroupRow, teachers: list[TeacherRow], data: object = None
) -> CoTeacherForm:
    others = [each for each in teachers if each.person_id != group.teacher_id]
    initial = {
        "co_grading_teacher": group.co_teacher_id or NOBODY,
        "expected_version": group.version,
    }
    # Both forms stand on one page, and an id is one element's.
    return CoTeacherForm(others, data, initial=initial, auto_id="id_co_%s")


def _connect(
    request: ScreenRequest,
    group: GroupRow,
    form: VersionedForm,
    connect: Callable[..., ExamGroup],
) -> ExamGroup:
    """Let the action connect the chosen teacher, or nobody."""
    given = dict(form.cleaned_data)
    expected = given.pop("expected_version")
    (chosen,) = given.values()
    return connect(
        actor=request.actor,
        group_id=group.id,
        teacher_id=None if chosen == NOBODY else UUID(chosen),
        expected_version=expected,
        today=today(),
    )


def _page(
    request: ScreenRequest, group: GroupRow, first: TeacherForm, second: CoTeacherForm
) -> HttpResponseBase:
    """Show both choices; the one that was sent has its problems."""
    sent = second if second.is_bound else first
    seen_now(sent, group.version)
    context = {**frame(request.actor, group, ""), "first": first, "second": second}
    return page(request, "groups/teacher.html", context, form=sent)
