"""Personuppgifter: the register's facts of a person, changed by Vuxenutbildningscentrum."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.people.actions import rename_person, set_protection, set_status
from provning.people.queries import PersonDetails, person_details, person_for
from provning.people.rules import PROTECTIONS, STATUSES
from provning.privacy.actions import propose_merge, propose_number
from provning.privacy.queries import cases_to_approve
from provning.web.access.searching import log_typed_numbers
from provning.web.clock import today
from provning.web.fields import DayField, DemandedField
from provning.web.forms import VersionedForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import person_page


class PersonForm(VersionedForm):
    """One act on a person; `key` is the value of its button."""

    key = ""

    def save(self, request: ScreenRequest, person_id: UUID) -> None:
        """Do the act."""
        raise NotImplementedError

    @property
    def seen(self) -> int:
        """Return the version that the person filling in the form saw."""
        version: int = self.cleaned_data["expected_version"]
        return version


class NameForm(PersonForm):
    """The name as the folkbokföring now has it."""

    key = "name"
    given_name = DemandedField(label=gettext_lazy("Förnamn"))
    family_name = DemandedField(label=gettext_lazy("Efternamn"))

    def save(self, request: ScreenRequest, person_id: UUID) -> None:
        """Rename the person."""
        rename_person(
            actor=request.actor,
            person_id=person_id,
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            expected_version=self.seen,
        )


class NumberForm(PersonForm):
    """Another identity number, proposed; the one so far keeps finding the person."""

    key = "number"
    place = "students:edit"
    identity_number = forms.CharField(
        label=gettext_lazy("Nytt nummer"),
        help_text=gettext_lazy("Tio eller tolv siffror, med eller utan bindestreck."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    mistaken = forms.BooleanField(
        label=gettext_lazy("Numret hittills var aldrig personens"),
        help_text=gettext_lazy("Det tas bort, så att rätt person kan registreras med det."),
        required=False,
    )
    reason = DemandedField(label=gettext_lazy("Varför ändras numret?"))
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def save(self, request: ScreenRequest, person_id: UUID) -> None:
        """Propose the number, for somebody else to approve."""
        log_typed_numbers(request, self.place, [self.cleaned_data["identity_number"]])
        propose_number(
            actor=request.actor,
            person_id=person_id,
            identity_number=self.cleaned_data["identity_number"],
            mistaken=self.cleaned_data["mistaken"],
            reason=self.cleaned_data["reason"],
            submission=self.cleaned_data["submission"],
            today=today(),
        )


class MergeForm(PersonForm):
    """That another row of the register is the same person, proposed."""

    key = "merge"
    identity_number = forms.CharField(
        label=gettext_lazy("Numret på den andra posten"),
        help_text=gettext_lazy("Den här posten blir kvar; den andra läses genom den."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = DemandedField(label=gettext_lazy("Varför är det samma person?"))
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def save(self, request: ScreenRequest, person_id: UUID) -> None:
        """Propose the merge, for somebody else to approve."""
        log_typed_numbers(request, "students:edit", [self.cleaned_data["identity_number"]])
        propose_merge(
            actor=request.actor,
            person_id=person_id,
            other_number=self.cleaned_data["identity_number"],
            reason=self.cleaned_data["reason"],
            submission=self.cleaned_data["submission"],
            today=today(),
        )


class ProtectionForm(PersonForm):
    """Whether the identity is protected."""

    key = "protection"
    protection = forms.ChoiceField(
        label=gettext_lazy("Skyddad identitet"),
        help_text=gettext_lazy("Namn och nummer döljs överallt samma stund."),
        widget=forms.RadioSelect,
        choices=[(each, gettext_lazy(each)) for each in PROTECTIONS],
    )

    def save(self, request: ScreenRequest, person_id: UUID) -> None:
        """Set the protection."""
        set_protection(
            actor=request.actor,
            person_id=person_id,
            protection=self.cleaned_data["protection"],
            expected_version=self.seen,
            today=today(),
        )


class StatusForm(PersonForm):
    """Personstatus."""

    key = "status"
    status = forms.ChoiceField(
        label=gettext_lazy("Personstatus"),
        widget=forms.RadioSelect,
        choices=[(each, gettext_lazy(each)) for each in STATUSES],
    )
    status_on = DayField(
        label=gettext_lazy("Dag för dödsfall eller utvandring"),
        help_text=gettext_lazy("Som i folkbokföringen. Behövs inte för Aktiv."),
        required=False,
    )

    def save(self, request: ScreenRequest, person_id: UUID) -> None:
        """Set the status."""
        set_status(
            actor=request.actor,
            person_id=person_id,
            status=self.cleaned_data["status"],
            status_on=self.cleaned_data["status_on"],
            expected_version=self.seen,
            today=today(),
        )


FORMS: tuple[type[PersonForm], ...] = (
    NameForm,
    NumberForm,
    MergeForm,
    ProtectionForm,
    StatusForm,
)
PROPOSED = frozenset({NumberForm.key, MergeForm.key})
"""What somebody else approves before it holds."""


@screen(permission=Permission.REGISTER_PERSONS)
def edit(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Change one thing at a time; a hidden identity cannot be changed by who may not see it."""
    details = person_details(request.actor, person_id)
    if details.row.masked:
        raise NotFoundError("person")
    act = request.POST.get("do", "")
    shown = {each.key: one_of(request, each, _initial(details)) for each in FORMS}
    sent = shown.get(act) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        with problems_on(sent):
            sent.save(request, person_id)
            messages.success(request, saved_words(act))
            return redirect(_next(request, person_id), person_id)
    if sent is not None and sent.conflict:
        details = person_details(request.actor, person_id)
        sent.now_over(details.row.version)
    context = {
        "person": person_page(request, person_id, "edit"),
        "details": details,
        "forms": shown,
        "form": sent,
        "waiting": cases_to_approve(request.actor, person_id),
    }
    return page(request, "students/edit.html", context, form=sent)


def saved_words(act: str) -> str:
    """Say that an act is done, or that it waits for somebody else."""
    if act in PROPOSED:
        return _("Förslaget är sparat. Någon annan ska godkänna det innan det gäller.")
    return _("Uppgifterna är sparade.")


def _next(request: ScreenRequest, person_id: UUID) -> str:
    """Return where to go: to what already carries the person, once the identity is hidden."""
    hidden = person_for(request.actor, person_id).masked
    return "privacy:person" if hidden else "students:edit"


def _initial(details: PersonDetails) -> dict[str, object]:
    return {
        "expected_version": details.row.version,
        "given_name": details.row.given_name,
        "family_name": details.row.family_name,
        "protection": details.protection,
        "status": details.row.status,
        "status_on": details.row.status_on,
    }


def one_of(
    request: ScreenRequest, kind: type[PersonForm], initial: dict[str, object]
) -> PersonForm:
    """Return one of a page's forms, filled with what was sent when it is the one that was."""
    chosen = request.method == "POST" and request.POST.get("do") == kind.key
    return kind(request.POST if chosen else None, initial=initial, auto_id=f"{kind.key}-%s")
