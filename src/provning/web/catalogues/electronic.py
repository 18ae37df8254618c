"""The screens of electronic signatures: sign, see how it went, take the file and the report."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.accounts.assurance import Act
from provning.catalogues.actions import order_check, sign_electronically
from provning.catalogues.queries import (
    check_report,
    document_to_sign,
    electronic_row,
    signing_order_for,
)
from provning.catalogues.rows import CatalogueDocument, ElectronicRow, SigningChoice
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, NotOpenedError
from provning.web.catalogues.checks import check_outcome, check_table
from provning.web.catalogues.sheets import sheet_table
from provning.web.clock import today
from provning.web.forms import PasswordForm, SubmittedForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

READERS = (Permission.VIEW_CATALOGUES, Permission.SIGN_CATALOGUES)


class LineField(forms.ChoiceField):
    """What is signed, as "LÄRARE" or "REKTOR:id of the one who cannot"; the action judges it."""

    def valid_value(self, value: str) -> bool:
        """Let what is no longer a choice through, so that the action says why."""
        role, _colon, person = value.partition(":")
        try:
            return bool(role) and (not person or bool(UUID(person)))
        except ValueError:
            return False


class SignForm(PasswordForm, SubmittedForm):
    """An electronic signature: which one when there are several, the reason, the password."""

    act = Act.SIGN_CATALOGUES

    line = LineField(label=gettext_lazy("Du undertecknar"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Skäl, om du undertecknar i någon annans ställe"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: object = None,
        *,
        request: ScreenRequest,
        signing: tuple[SigningChoice, ...],
    ) -> None:
        """Offer what the reader can sign; the only one of one's own is chosen already."""
        super().__init__(data, request=request)
        chosen = len(signing) == 1 and not signing[0].in_place_of
        self.fields["line"] = LineField(
            label=self.fields["line"].label,
            choices=[(_key(each), _said(each)) for each in signing],
            widget=forms.HiddenInput() if chosen else forms.RadioSelect(),
            initial=_key(signing[0]) if chosen else None,
        )
        if not any(each.in_place_of for each in signing):
            self.fields["reason"].widget = forms.HiddenInput()

    @property
    def signing(self) -> tuple[str, UUID | None]:
        """Return as what is signed, and in whose place."""
        role, _colon, person = self.cleaned_data["line"].partition(":")
        return role, UUID(person) if person else None


@screen(permission=READERS)
def sign(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Show what can be signed and how far it has come; take a signature with the password."""
    row = electronic_row(request.actor, catalogue_id, today())
    if row.closed and "blad" in request.GET:
        raise NotOpenedError(catalogue_id)
    form = SignForm(request.POST or None, request=request, signing=row.choices)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            role, in_place_of = form.signing
            sign_electronically(
                actor=request.actor,
                catalogue_id=catalogue_id,
                role=role,
                in_place_of=in_place_of,
                reason=form.cleaned_data["reason"],
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            messages.success(request, _("Underskriften görs. Det tar oftast några sekunder."))
            return redirect("catalogues:sign", catalogue_id)
    context = _shown(row) | {"may_list": request.actor.may(Permission.VIEW_CATALOGUES)}
    return page(request, "catalogues/sign.html", context, form=form)


def electronic_context(actor: Actor, catalogue_id: UUID) -> dict[str, object]:
    """Return what the fragment `catalogues/electronic.html` shows on another page of a version.

    Empty, so that the fragment is too, when the actor may not read the version's file.
    """
    try:
        return _shown(electronic_row(actor, catalogue_id, today()))
    except NotFoundError:
        return {}


def _shown(row: ElectronicRow) -> dict[str, object]:
    """Return the row, its check in words and the reader's own sheets."""
    return {
        "electronic": row,
        "check_outcome": check_outcome(row),
        "check_table": check_table(row.check) if row.check else None,
        "sheets": [sheet_table(each) for each in row.sheets],
    }


@screen(permission=READERS, methods=("GET", "HEAD"))
def signing_progress(request: ScreenRequest, signing_id: UUID) -> HttpResponse:
    """Say how far a signature has come, for the module that waits for it."""
    found = signing_order_for(request.actor, signing_id)
    return JsonResponse({"finished": found.settled, "text": _(found.status_label)})


@screen(permission=READERS, methods=("POST",))
def check_again(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Have the signed file verified again; a job does it."""
    if order_check(actor=request.actor, catalogue_id=catalogue_id):
        messages.success(request, _("Filen kontrolleras. Det tar oftast några sekunder."))
    else:
        messages.info(request, _("Filen kontrollerades alldeles nyss."))
    return redirect("catalogues:sign", catalogue_id)


@screen(permission=READERS, methods=("GET", "HEAD"))
def signed_document(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Hand out the file with every signature so far, byte for byte."""
    return _download(document_to_sign(request.actor, catalogue_id))


@screen(permission=READERS, methods=("GET", "HEAD"))
def signature_report(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Hand out the latest verification report."""
    return _download(check_report(request.actor, catalogue_id))


def _download(found: CatalogueDocument) -> HttpResponse:
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


def _key(choice: SigningChoice) -> str:
    """Return the choice's value in the form."""
    return f"{choice.role}:{choice.in_place_of}" if choice.in_place_of else choice.role


def _said(choice: SigningChoice) -> str:
    """Return the choice in words: as what, how many decisions, in whose place."""
    count = ngettext("%(n)s beslut", "%(n)s beslut", choice.decisions) % {"n": choice.decisions}
    role, courses = _(choice.role_label).capitalize(), ", ".join(choice.courses)
    text = _("{role}: {count} i {courses}").format(role=role, count=count, courses=courses)
    if not choice.in_place_of:
        return text
    name = choice.in_place_of_name
    return _("I stället för {name}, som inte kan. {text}").format(name=name, text=text)
