"""The forms of the extracts."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from provning.web.forms import SubmittedForm


class ChoiceForm(SubmittedForm):
    """Which of a person's grades to put in an extract; the table shows them with checkboxes.

    `issuer` tells the forms of a page apart when the person has grades of several issuers.
    """

    issuer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    english = forms.BooleanField(
        label=_("Engelsk översättning efter utdraget"),
        help_text=_("Översättningen är en hjälp för läsaren och gäller inte i stället."),
        required=False,
    )

    def chosen(self) -> list[UUID]:
        """Return the decisions that are marked; what is no id of ours is left out."""
        sent = self.data.getlist("decisions") if isinstance(self.data, QueryDict) else []
        return [found for each in sent if (found := as_uuid(each))]


class CopyForm(SubmittedForm):
    """Why an extract is printed once more."""

    reason = forms.CharField(
        label=_("Vad har hänt med originalet?"),
        help_text=_("Sparas tillsammans med kopian."),
        max_length=400,
        widget=forms.TextInput(attrs={"class": "w-fill"}),
    )


class OnceForm(SubmittedForm):
    """A button that does a thing once, however often it is pressed."""


class OrderForm(SubmittedForm):
    """Extracts for everybody graded in a term or a group of it, or for persons named by number."""

    TERM, GROUP, PERSONS = "term", "group", "persons"
    unit = forms.UUIDField(widget=forms.HiddenInput)
    term = forms.CharField(widget=forms.HiddenInput, max_length=8)
    whom = forms.ChoiceField(
        label=_("För vilka"),
        widget=forms.RadioSelect,
        choices=[
            (TERM, _("Alla som har fått betyg i perioden")),
            (GROUP, _("Alla som har fått betyg i en prövningsgrupp")),
            (PERSONS, _("Personer som jag räknar upp")),
        ],
        initial=TERM,
    )
    group = forms.ChoiceField(
        label=_("Prövningsgrupp"),
        help_text=_("När utdragen är för en grupp."),
        required=False,
    )
    numbers = forms.CharField(
        label=_("Personnummer"),
        help_text=_("När du räknar upp personer: ett nummer på varje rad."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(
            attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "class": "w-m"}
        ),
    )
    with_fails = forms.BooleanField(
        label=_("Ta också med betyg som inte är godkända"), required=False
    )
    english = forms.BooleanField(label=_("Engelsk översättning efter utdraget"), required=False)


def as_uuid(text: str) -> UUID | None:
    """Return the id that a text is, None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
