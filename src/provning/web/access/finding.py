"""Sök i loggarna på personnummer: for a reason that is logged, as the search itself is."""

from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.access.actions import log_number_search
from provning.access.policies import SEE
from provning.access.queries import examined_person
from provning.access.rules import reason_problems
from provning.kernel.identity import identity_problems, parse_identity_number
from provning.web.clock import today
from provning.web.forms import ProvningForm, add_problems
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

ACCESS, TRAIL = "access", "trail"
LOGS = (
    (ACCESS, gettext_lazy("Åtkomstloggen: vem som har läst")),
    (TRAIL, gettext_lazy("Händelseloggen: vad som har ändrats")),
)


class FindForm(ProvningForm):
    """Whose log, which log and why."""

    identity_number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Tio eller tolv siffror, med eller utan bindestreck."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    log = forms.ChoiceField(
        label=gettext_lazy("Logg"), choices=LOGS, widget=forms.RadioSelect, initial=ACCESS
    )
    reason = forms.CharField(
        label=gettext_lazy("Varför söker du?"),
        help_text=gettext_lazy("Till exempel: eleven har frågat vem som har läst. Skälet loggas."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@screen(permission=SEE)
def find(request: ScreenRequest) -> HttpResponse:
    """Ask for number and reason, log the search, and go to the person's part of the log."""
    asked = {"log": request.GET.get("i", ACCESS)}
    form = FindForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_bound and form.is_valid():
        found = _found(request, form)
        if found is not None:
            return _shown(form.cleaned_data["log"], found)
    return page(request, "access/find.html", form=form)


def _found(request: ScreenRequest, form: FindForm) -> UUID | None:
    """Return the person; what is out of scope is told as what nobody has, and both are logged."""
    written, reason = form.cleaned_data["identity_number"], form.cleaned_data["reason"]
    problems = [*identity_problems(written, today=today()), *reason_problems(reason)]
    if problems:
        add_problems(form, problems)
        return None
    number = parse_identity_number(written, today=today()).normal
    log_number_search(
        actor=request.actor, place="access:find", numbers=[number], reason=reason, right=SEE
    )
    found = examined_person(request.actor, written, today())
    if found is None:
        form.add_error("identity_number", _("Ingen som du får granska har det numret."))
    return found


def _shown(log: str, person_id: UUID) -> HttpResponseRedirect:
    if log == ACCESS:
        return redirect("access:person", person_id)
    about = urlencode({"kind": "person", "key": str(person_id)})
    return HttpResponseRedirect(f"{reverse('trail:list')}?{about}")
