"""Ny begäran: number, name, group and exam date, instead of an e-mail (Manual s. 2).

The number of a search comes along in the session and is never in an address.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.applications.actions import send_request
from provning.kernel.actors import Permission
from provning.kernel.identity import identity_problems
from provning.web.access.searching import log_typed_numbers
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import SubmittedForm, problems_on
from provning.web.group_choice import (
    GroupChoiceForm,
    GroupFilterForm,
    asked_group,
    groups_to_choose,
    span,
)
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.search import searched

FROM_SEARCH = "search"


class RequestForm(SubmittedForm, GroupChoiceForm):
    """What Vuxenutbildningscentrum needs in order to register and place somebody."""

    identity_number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Tio eller tolv siffror, med eller utan bindestreck."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    given_name = forms.CharField(
        label=gettext_lazy("Förnamn"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=gettext_lazy("Efternamn"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    exam_date = DayField(
        label=gettext_lazy("Prövningsdatum"),
        help_text=gettext_lazy("Blir elevens fr.o.m., t.o.m. och betygsdatum."),
    )
    field_order = ("identity_number", "given_name", "family_name", "group", "exam_date")


@screen(permission=Permission.SEND_REQUESTS)
def new(request: ScreenRequest) -> HttpResponse:
    """Ask for what is needed and send it; sent twice, it is one request."""
    selection, groups = groups_to_choose(request, Permission.SEND_REQUESTS)
    sent = request.POST if request.method == "POST" else None
    form = RequestForm(sent, initial=_initial(request))
    form.offer(groups)
    if sent is None:
        form.limit_days("exam_date", *span(groups))
    elif form.is_valid():
        with problems_on(form):
            return _sent(request, form)
    context = {
        "selection": selection,
        "filter": GroupFilterForm(selection, request.GET.get("q", "")),
        "from_search": request.GET.get("from") == FROM_SEARCH,
        "groups": groups,
    }
    return page(request, "requests/new.html", context, form=form)


def _sent(request: ScreenRequest, form: RequestForm) -> HttpResponse:
    """Send the request and show it; it says whether the number is enrolled here already."""
    log_typed_numbers(request, "requests:new", [form.cleaned_data["identity_number"]])
    made = send_request(
        actor=request.actor,
        group_id=form.group_id,
        identity_number=form.cleaned_data["identity_number"],
        given_name=form.cleaned_data["given_name"],
        family_name=form.cleaned_data["family_name"],
        exam_date=form.cleaned_data["exam_date"],
        submission=form.cleaned_data["submission"],
        today=today(),
    )
    messages.success(request, _("Begäran är skickad till Vuxenutbildningscentrum."))
    return redirect("requests:detail", made.id)


def _initial(request: ScreenRequest) -> dict[str, Any]:
    """Return what is known already: the group asked for, and the number just searched for."""
    known: dict[str, Any] = {"group": asked_group(request)}
    text = searched(request) if request.GET.get("from") == FROM_SEARCH else ""
    if text and not identity_problems(text, today=today()):
        known["identity_number"] = text
    return known
