"""Visa identiteten: a protected identity is opened by who has the right, for a reason, an hour."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.access.actions import log_opening, open_protected
from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.seen import note_subject
from provning.people.queries import person_to_open, persons_for, staff_member
from provning.web.access.asking import asked
from provning.web.access.opened import close, keep_open
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import page_for_row

STUDENT = "students:detail"


class ReasonForm(ProvningForm):
    """Why the identity is needed."""

    reason = forms.CharField(
        label=gettext_lazy("Varför behöver du se identiteten?"),
        help_text=gettext_lazy(
            "Till exempel: skriver ut betygskatalogen, eleven har ringt. Skälet loggas."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DocumentForm(ReasonForm):
    """Why a document with protected persons is needed."""

    def __init__(self, data: object = None) -> None:
        """Ask for the document, in place of the identity."""
        super().__init__(data)
        self.fields["reason"].label = gettext_lazy("Varför behöver du dokumentet?")


@screen(permission=Permission.VIEW_PROTECTED)
def open_identity(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Ask for the reason, log it, and show the identity from then on."""
    row = person_to_open(request.actor, person_id)
    if not row.masked:
        return redirect(_page(request, person_id), person_id)
    if not row.may_open:
        raise NotFoundError("person")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with problems_on(form):
            open_protected(
                actor=request.actor,
                person_id=person_id,
                reason=form.cleaned_data["reason"],
                place="access:open",
            )
            keep_open(request.session, person_id)
            messages.success(request, _("Identiteten visas i en timme. Skälet är loggat."))
            return redirect(_page(request, person_id), person_id)
    note_subject(person_id)
    place = _page(request, person_id)
    context = {
        "person": page_for_row(request, row),
        "back": reverse(place, args=[person_id]),
        "studies": place == STUDENT,
    }
    return page(request, "access/open.html", context, form=form)


@screen()
def open_document(request: ScreenRequest) -> HttpResponse:
    """Ask why a document with protected persons is needed, log it, and go back to it.

    Somebody who has come here without asking for a document is led to the overview.
    """
    if request.method != "POST" and "t" not in request.GET:
        return redirect("overview")
    wanted = asked(request, request.GET.get("t", ""))
    if wanted is None:
        raise NotFoundError("document")
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with problems_on(form):
            reason = form.cleaned_data["reason"]
            log_opening(actor=request.actor, place=wanted.place, what=wanted.back, reason=reason)
            keep_open(request.session, wanted.key)
            return redirect(wanted.back)
    return page(request, "access/document.html", form=form)


@screen(permission=Permission.VIEW_PROTECTED, methods=("POST",))
def hide_identity(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Mask the person again before the hour is over."""
    person_to_open(request.actor, person_id)
    close(request.session, person_id)
    messages.success(request, _("Identiteten är dold igen."))
    return redirect(_page(request, person_id), person_id)


def _page(request: ScreenRequest, person_id: UUID) -> str:
    """Return the person's page: a student's, or that of staff, or what carries the person."""
    if persons_for(request.actor, [person_id]):
        return STUDENT
    try:
        staff_member(request.actor, person_id)
    except NotFoundError:
        return "privacy:person"
    return "organisation:staff-member"
