"""The forms of signing in and of the switches."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from provning.accounts.models import User
from provning.web.forms import ProvningForm

NEUTRAL = _(
    "Användarnamnet eller lösenordet stämmer inte. Försök igen, eller be den som är ansvarig hos"
    " din utbildningsanordnare om ett nytt lösenord."
)


class SignInForm(ProvningForm):
    """Username and password, and where the person was going.

    One message for every failure: it never says whether the account exists.
    """

    username = forms.CharField(
        label=_("Användarnamn"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Skriv ditt användarnamn.")},
    )
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Skriv ditt lösenord.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        """Keep the request for the authentication."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    @property
    def username_tried(self) -> str:
        """Return the username as accounts keep it."""
        return str(self.cleaned_data.get("username", "")).strip().lower()

    def clean(self) -> dict[str, Any]:
        """Find the account that the username and the password open."""
        found = super().clean() or {}
        if "username" in found and "password" in found:
            user = authenticate(
                self.request, username=self.username_tried, password=found["password"]
            )
            self.user = user if isinstance(user, User) else None
            if self.user is None:
                self.add_error("username", NEUTRAL)
        return found
