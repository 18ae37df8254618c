"""The forms of the catalogues: order, signatures on paper, a mistake taken back, a copy."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.catalogues.rows import CatalogueRecord, SignatureRow, Signing
from provning.catalogues.rules import MOST_BYTES
from provning.web.fields import DayField
from provning.web.forms import ProvningForm, SubmittedForm

MEGABYTE = 1_000_000
PRINCIPAL = "REKTOR"
ACCEPTED = "application/pdf,image/png,image/jpeg"
REASON = {"rows": 3, "maxlength": 500}


class OrderForm(SubmittedForm):
    """Which unit and term to write; both are shown, neither is typed. `teacher` narrows it."""

    unit = forms.UUIDField(widget=forms.HiddenInput)
    term = forms.CharField(widget=forms.HiddenInput, max_length=8)
    teacher = forms.UUIDField(widget=forms.HiddenInput, required=False)


def scan_field() -> forms.FileField:
    """Return the field for a scanned page; its content is judged by the rules."""
    most = MOST_BYTES // MEGABYTE
    return forms.FileField(
        label=_("Skannat blad"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, PNG eller JPEG, högst {n} MB.").format(n=most),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


def scanned(form: ProvningForm) -> bytes:
    """Return the bytes of the chosen file, none when no file was chosen."""
    chosen = form.cleaned_data.get("scan")
    return bytes(chosen.read()) if chosen else b""


def field_of(row: SignatureRow) -> str:
    """Return the name of the field for the day that a line was signed."""
    return f"day_{row.signer_id.hex}_{row.role}"


class SignaturesForm(ProvningForm):
    """The days that the missing lines were signed; a line left empty is not signed yet."""

    def __init__(self, *args: Any, rows: Sequence[SignatureRow], **kwargs: Any) -> None:
        """Ask for one day for each line that may be registered."""
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            label = _("Dag då {name} skrev under").format(name=row.signer_name)
            self.fields[field_of(row)] = DayField(label=label, required=False)
        self.fields["scan"] = scan_field()

    def signings(self) -> list[Signing]:
        """Return the signatures that were given."""
        return [
            Signing(row.signer_id, row.role, day)
            for row in self.rows
            if (day := self.cleaned_data.get(field_of(row)))
        ]

    def places(self) -> dict[str, str]:
        """Return the field of each signer, for the problems that name who they are about."""
        return {str(row.signer_id): field_of(row) for row in reversed(self.rows)}


class InPlaceForm(ProvningForm):
    """Rektor has signed for somebody who cannot: for whom, who, which day and why."""

    signer = forms.ChoiceField(label=gettext_lazy("I stället för"))
    principal = forms.ChoiceField(label=gettext_lazy("Rektor som skrev under"))
    signed_on = DayField(label=gettext_lazy("Dag för underskriften"))
    reason = forms.CharField(
        label=gettext_lazy("Varför läraren inte kan skriva under"),
        widget=forms.Textarea(attrs=REASON),
    )

    def __init__(self, *args: Any, record: CatalogueRecord, **kwargs: Any) -> None:
        """Offer those whose signature is missing, and who is rektor."""
        super().__init__(*args, **kwargs)
        missing = {str(row.signer_id): row.signer_name for row in record.missing}
        principals = [(str(each.person_id), each.name) for each in record.principals]
        self.fields["signer"] = forms.ChoiceField(
            label=_("I stället för"), choices=list(missing.items())
        )
        self.fields["principal"] = forms.ChoiceField(
            label=_("Rektor som skrev under"), choices=principals
        )
        self.fields["scan"] = scan_field()

    def signing(self) -> Signing:
        """Return the signature that was given."""
        return Signing(
            UUID(self.cleaned_data["principal"]),
            PRINCIPAL,
            self.cleaned_data["signed_on"],
            in_place_of=UUID(self.cleaned_data["signer"]),
            reason=self.cleaned_data["reason"],
        )

    def places(self) -> dict[str, str]:
        """Return the field of each problem; rektor's own id stands for the whole signature."""
        return dict.fromkeys((key for key, _name in self.fields["principal"].choices), "signed_on")  # type: ignore[attr-defined] # a choice field


class TakeBackForm(ProvningForm):
    """Why a signature that was registered by mistake is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Varför underskriften tas tillbaka"),
        widget=forms.Textarea(attrs=REASON),
    )


class CopyForm(SubmittedForm):
    """How a signed original was lost, for the copy that takes its place."""

    reason = forms.CharField(
        label=gettext_lazy("Hur originalet har förkommit"),
        widget=forms.Textarea(attrs=REASON),
    )
