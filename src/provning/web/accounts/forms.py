"""What is asked on the page of an account: how it is signed in to, and whose it is."""

from django import forms
from django.utils.translation import gettext_lazy

from provning.accounts.identities import IdentityKind
from provning.web.forms import ProvningForm
from provning.web.identity.ways import ways_in


class BindForm(ProvningForm):
    """By what the holder is known at which identity provider."""

    provider = forms.ChoiceField(label=gettext_lazy("Identitetsleverantör"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Sorts identitet"),
        choices=[
            (IdentityKind.EPPN.value, "EPPN"),
            (IdentityKind.NUMBER.value, gettext_lazy("Personnummer")),
        ],
    )
    value = forms.CharField(label=gettext_lazy("Identitet"), max_length=220)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the identity providers of the installation."""
        super().__init__(*args, **kwargs)
        field = self.fields["provider"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.name, each.label) for each in ways_in()]


class LinkForm(ProvningForm):
    """Whose account it is."""

    identity_number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy(
            "Tio eller tolv siffror. Personen ska ha en tjänst: den ges på skolenhetens sida under"
            " Organisation."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class UnlinkForm(ProvningForm):
    """The version of the link that was seen when the page was opened."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
