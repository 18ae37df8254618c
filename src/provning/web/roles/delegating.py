"""Delegation: what rektor lets others decide, for how long, and what cannot be delegated."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.accounts.assurance import Act
from provning.accounts.roles import ALL_TASKS, TASKS
from provning.kernel.actors import Permission
from provning.organisation.actions import delegate_task
from provning.organisation.delegations import (
    Office,
    PlacedDelegation,
    delegations_for,
    offices_for,
)
from provning.web import markup
from provning.web.clock import today
from provning.web.fields import DayField, DemandedDayField
from provning.web.forms import ProvningForm, problems_on
from provning.web.identity.confirming import ask_first, is_too_weak
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.roles.ending import FROM_DELEGATION
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


class DelegateForm(ProvningForm):
    """Which task goes to whom, for how long; sent twice it is delegated once."""

    office = forms.TypedChoiceField(label=gettext_lazy("Plats"), coerce=int)
    task = forms.ChoiceField(label=gettext_lazy("Uppgift"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=gettext_lazy("Till"))
    valid_from = DayField(label=gettext_lazy("Första dag"))
    valid_to = DemandedDayField(label=gettext_lazy("Sista dag"))
    competent = forms.BooleanField(
        label=gettext_lazy("Personen har tillräcklig kompetens och erfarenhet för uppgiften"),
        required=False,
    )

    def __init__(self, *args: Any, offices: Sequence[Office], own: str, **kwargs: Any) -> None:
        """Offer where the actor is rektor, the tasks, and who works there but for the actor."""
        super().__init__(*args, initial={"valid_from": today()}, **kwargs)
        holders = {
            each.username: f"{each.name} ({each.username})"
            for office in offices
            for each in office.holders
            if each.username != own
        }
        choices = {
            "office": [(str(each.id), each.place) for each in offices],
            "task": [(each.code, f"{_(each.name)} ({each.law})") for each in ALL_TASKS],
            "person": list(holders.items()),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered


@screen(permission=Permission.DELEGATE)
def delegation(request: ScreenRequest) -> HttpResponse:
    """Show what is delegated where the actor is rektor, and delegate a task."""
    offices = offices_for(request.actor, today())
    own = request.user.username
    form = DelegateForm(request.POST or None, offices=offices, own=own)
    if request.method == "POST" and form.is_valid():
        if asked_first := ask_first(request, Act.GIVE_ROLES):
            return asked_first
        with problems_on(form):
            asked = form.cleaned_data
            delegate_task(
                actor=request.actor,
                office_id=asked["office"],
                username=asked["person"],
                task=asked["task"],
                valid_from=asked["valid_from"],
                valid_to=asked["valid_to"],
                competent=asked["competent"],
                today=today(),
            )
            messages.success(request, _("Uppgiften är delegerad."))
            return redirect("roles:delegation")
    table = _table(delegations_for(request.actor, today()))
    weak = is_too_weak(request, Act.GIVE_ROLES)
    context = {"table": table, "offices": offices, "weak": weak}
    return page(request, "roles/delegation.html", context, form=form)


def _table(rows: Sequence[PlacedDelegation]) -> Table[PlacedDelegation]:
    counted = ngettext("%(n)s delegation", "%(n)s delegationer", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("who", _("Till"), _who, heads_row=True),
            Column("task", _("Uppgift"), _task),
            Column("place", _("Plats"), lambda each: each.place),
            Column("by", _("Av"), lambda each: each.row.delegated_by),
            Column("from", _("Första dag"), lambda each: markup.day(each.row.valid_from)),
            Column("to", _("Sista dag"), lambda each: markup.day(each.row.valid_to)),
            Column("state", _("Läge"), _state),
            Column("end", _("Avsluta"), _end, screen_only=True),
        ),
        caption=format_html("<b>{}</b>", counted),
        export="delegationer",
    )


def _who(each: PlacedDelegation) -> SafeString:
    return format_html("{}<small>{}</small>", each.row.name, each.row.username)


def _task(each: PlacedDelegation) -> SafeString:
    task = TASKS[each.row.task]
    return format_html("{}<small>{}</small>", _(task.name), task.law)


def _state(each: PlacedDelegation) -> SafeString:
    if each.row.valid_to < today():
        return markup.status("none", _("Slut"))
    if each.row.lapsed:
        return markup.status("none", _("Gäller inte: rektorn har slutat"))
    if each.row.valid_from > today():
        return markup.status("open", _("Kommer"))
    return markup.status("done", _("Gäller"))


def _end(each: PlacedDelegation) -> SafeString | str:
    if each.row.valid_to < today():
        return ""
    url = f"{reverse('roles:end')}?roll={each.row.id}&{FROM_DELEGATION}"
    heard = _("Avsluta {task} för {who}").format(
        task=_(TASKS[each.row.task].name), who=each.row.name
    )
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, heard, _("Avsluta"))
