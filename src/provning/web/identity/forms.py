"""The forms of signing in and of the switches."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from provning.accounts.models import User
from provning.web.fields import DemandedField
from provning.web.forms import TOO_OFTEN, ProvningForm
from provning.web.identity.limits import try_once

NEUTRAL = _(
    "Användarnamnet eller lösenordet stämmer inte. Försök igen, eller be den som är ansvarig hos"
    " din utbildningsanordnare om ett nytt lösenord."
)


class SignInForm(ProvningForm):
    """Username and password, and where the person was going.

    One message for every failure: it never says whether the account exists. `username_tried` is
    the name, as accounts keep it, whose password was looked at: an error takes it out of
    `cleaned_data`, and the trail still has to tell of the try.
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
        self.username_tried = ""

    def clean(self) -> dict[str, Any]:
        """Find the account that the username and the password open, unless tried too often."""
        found = super().clean() or {}
        if "username" not in found or "password" not in found or self.request is None:
            return found
        username = found["username"].lower()
        tried = try_once(self.request, "sign_in", username)
        if tried is None:
            self.add_error("username", TOO_OFTEN)
            return found
        self.username_tried = username
        user = authenticate(self.request, username=username, password=found["password"])
        self.user = user if isinstance(user, User) else None
        if self.user is None:
            self.add_error("username", NEUTRAL)
        else:
            tried.rollback()
        return found


class SecondStepForm(ProvningForm):
    """A code from the app or the list of recovery codes, or the answer of a security key."""

    one_time_code = DemandedField(
        label=_("Kod"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        help_text=_("Sex siffror ur appen, eller en av dina återställningskoder."),
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        found = super().clean() or {}
        if not found.get("one_time_code") and not found.get("credential") and not self.errors:
            self.add_error("one_time_code", _("Skriv koden."))
        return found


class ConfirmForm(SecondStepForm):
    """A password, a code or a security key, whichever the account has."""

    password = DemandedField(
        label=_("Ditt lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the three."""
        if self.data.get("password"):
            return self.cleaned_data
        return super().clean()


class AskResetForm(ProvningForm):
    """Whose password has been forgotten."""

    username = forms.CharField(
        label=_("Användarnamn"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Skriv ditt användarnamn.")},
    )


class NewPasswordForm(ProvningForm):
    """A new password, once: it can be looked at, and a wrong one is replaced by another mail."""

    new_password = forms.CharField(
        label=_("Nytt lösenord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minst tolv tecken. En mening som bara du kommer på är lätt att minnas."),
        error_messages={"required": _("Skriv ett nytt lösenord.")},
    )
    new_password_again = forms.CharField(
        label=_("Nytt lösenord en gång till"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Skriv samma lösenord igen.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        found = super().clean() or {}
        both = found.get("new_password"), found.get("new_password_again")
        if all(both) and both[0] != both[1]:
            message = _("Lösenorden är inte lika. Skriv samma i båda fälten.")
            self.add_error("new_password_again", message)
        return found


class TotpForm(ProvningForm):
    """The first code of an app, which shows that it has got the secret."""

    one_time_code = forms.CharField(
        label=_("Koden som appen visar"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Skriv koden som appen visar.")},
    )


class KeyForm(ProvningForm):
    """A security key: what its owner calls it, and what the browser answered."""

    name = forms.CharField(
        label=_("Vad du kallar nyckeln"),
        max_length=60,
        error_messages={"required": _("Skriv vad du kallar nyckeln.")},
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Säkerhetsnyckeln gick inte att läsa av. Försök igen.")},
    )
