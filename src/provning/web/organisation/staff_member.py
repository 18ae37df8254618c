"""Somebody of the staff: name and protection, for those whom nobody has as a student."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.seen import note_subject
from provning.people.queries import ServedUnit, StaffMember, staff_member
from provning.privacy.queries import cases_to_approve
from provning.web.forms import problems_on
from provning.web.organisation.frame import MANAGE
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.editing import (
    NameForm,
    NumberForm,
    PersonForm,
    ProtectionForm,
    one_of,
    saved_words,
)
from provning.web.students.person import page_of_staff

REGISTER = Permission.REGISTER_PERSONS


class StaffNumberForm(NumberForm):
    """Another identity number, proposed to who registers persons."""

    place = "organisation:staff-member"


FORMS: tuple[type[PersonForm], ...] = (NameForm, ProtectionForm, StaffNumberForm)


@screen(permission=(MANAGE, REGISTER))
def person(request: ScreenRequest, staff_id: UUID) -> HttpResponse:
    """Correct the name, set or end the protection, propose a number; or say who does for a student.

    A hidden identity cannot be changed by who may not see it.
    """
    found = staff_member(request.actor, staff_id)
    note_subject(staff_id)
    shown = {each.key: one_of(request, each, _initial(found)) for each in FORMS}
    sent = shown.get(request.POST.get("do", "")) if request.method == "POST" else None
    if sent is not None and not found.kept:
        raise NotFoundError("person")
    if sent is not None and sent.is_valid():
        with problems_on(sent):
            sent.save(request, staff_id)
            messages.success(request, saved_words(sent.key))
            return redirect("organisation:staff-member", staff_id)
    if sent is not None and sent.conflict:
        found = staff_member(request.actor, staff_id)
        sent.now_over(found.person.version)
    context = {
        "person": page_of_staff(request, found.person, numbered=found.kept),
        "member": found,
        "duties": [(_(each.role), _place(request, each), each) for each in found.duties],
        "forms": shown,
        "form": sent,
        "keeps_units": request.actor.may(MANAGE),
        "registers": request.actor.may(REGISTER),
        "waiting": cases_to_approve(request.actor, staff_id),
        "follows": request.actor.may(Permission.VIEW_PROTECTED),
    }
    return page(request, "organisation/staff_member.html", context, form=sent)


def _place(request: ScreenRequest, duty: ServedUnit) -> SafeString | str:
    """Return the unit, as a way there for who keeps it."""
    if not request.actor.may(MANAGE):
        return duty.unit_name
    url = reverse("organisation:unit", args=[duty.unit_id])
    return format_html('<a href="{}">{}</a>', url, duty.unit_name)


def _initial(found: StaffMember) -> dict[str, object]:
    return {
        "expected_version": found.person.version,
        "given_name": found.person.given_name,
        "family_name": found.person.family_name,
        "protection": found.protection,
    }


def name_link(person_id: UUID, name: SafeString) -> SafeString:
    """Return a name as the way to the page."""
    url = reverse("organisation:staff-member", args=[person_id])
    return format_html('<a href="{}">{}</a>', url, name)
