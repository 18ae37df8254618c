"""A new account: its holder is invited by mail, or signs in at an identity provider alone."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.accounts.actions import open_account
from provning.accounts.assurance import Act
from provning.web.accounts.reach import MANAGE
from provning.web.clock import today
from provning.web.forms import SubmittedForm, problems_on
from provning.web.identity.confirming import ask_first
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

INVITED, PROVIDER = "inbjudan", "leverantor"


class NewForm(SubmittedForm):
    """Who gets the account and how it is signed in to; no password is ever typed here."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200)
    username = forms.CharField(label=gettext_lazy("Användarnamn"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-post"), required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("Så loggar personen in"),
        choices=[
            (INVITED, gettext_lazy("Väljer lösenord med en länk i ett mejl")),
            (PROVIDER, gettext_lazy("Bara hos en identitetsleverantör")),
        ],
        initial=INVITED,
        widget=forms.RadioSelect,
    )


@screen(permission=MANAGE)
def new(request: ScreenRequest) -> HttpResponse:
    """Ask who gets the account, and make it; a role is given on the screen of roles."""
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if asked_first := ask_first(request, Act.ADMINISTER_SIGN_IN):
            return asked_first
        with problems_on(form):
            asked = form.cleaned_data
            open_account(
                actor=request.actor,
                username=asked["username"],
                name=asked["name"],
                email=asked["email"],
                invited=asked["way"] == INVITED,
                submission=asked["submission"],
                today=today(),
            )
            messages.success(request, _("Kontot är skapat. Ge det nu en roll."))
            return redirect("roles:list")
    return page(request, "accounts/new.html", form=form)
