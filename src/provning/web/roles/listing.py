"""Who holds which role where, and a form that gives one."""

from typing import Any
from uuid import UUID

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
from provning.accounts.models import RoleProposal
from provning.accounts.queries import role_names
from provning.accounts.roles import GIVES, ROLES
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.organisation.actions import decide_role, give_role
from provning.organisation.role_places import (
    PlacedRole,
    approvers_of,
    placed_proposals_for,
    placed_roles_for,
    role_places_for,
)
from provning.web import markup
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import ProvningForm, problems_on
from provning.web.identity.confirming import ask_first, is_too_weak
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

FIELDS = {"scope": "place"}


class GiveForm(ProvningForm):
    """Who is to have which role where, and when; sent twice it gives the role once."""

    username = forms.CharField(label=gettext_lazy("Användarnamn"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Roll"))
    place = forms.ChoiceField(label=gettext_lazy("Plats"))
    valid_from = DayField(label=gettext_lazy("Första dag"))
    valid_to = DayField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Utan sista dag gäller rollen tills den avslutas."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the roles and the places that the actor may give."""
        super().__init__(*args, initial={"valid_from": today()}, **kwargs)
        role, place = self.fields["role"], self.fields["place"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [each for each in role_names(None).items() if each[0] in _given(actor)]
        if isinstance(place, forms.ChoiceField):
            place.choices = [
                (_key(each.scope), each.name or _("Hela systemet"))
                for each in role_places_for(actor)
            ]


class DecideForm(ProvningForm):
    """Which proposed role, and what is decided of it."""

    proposal = forms.IntegerField()
    do = forms.ChoiceField(choices=(("approve", ""), ("refuse", "")))


@screen(permission=Permission.GIVE_ROLES)
def roles(request: ScreenRequest) -> HttpResponse:
    """List the roles where the actor gives roles, give one, and decide what others proposed."""
    if "proposal" in request.POST:
        return _decide(request)
    form = GiveForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        if asked_first := ask_first(request, Act.GIVE_ROLES):
            return asked_first
        with problems_on(form, FIELDS):
            asked = form.cleaned_data
            given = give_role(
                actor=request.actor,
                username=asked["username"],
                role=asked["role"],
                scope=_scope(asked["role"], asked["place"]),
                valid_from=asked["valid_from"],
                valid_to=asked["valid_to"],
            )
            said = _("Rollen gavs till %(who)s.")
            if isinstance(given, RoleProposal):
                said = _("Rollen för %(who)s väntar på att någon annan godkänner den.")
            messages.success(request, said % {"who": asked["username"]})
            return redirect("roles:list")
    return _page(request, form, form)


def _decide(request: ScreenRequest) -> HttpResponse:
    """Approve or refuse the proposed role whose button was pressed; to refuse gives nothing."""
    form = DecideForm(request.POST)
    if form.is_valid():
        approve = form.cleaned_data["do"] == "approve"
        if approve and (asked_first := ask_first(request, Act.GIVE_ROLES)):
            return asked_first
        with problems_on(form):
            decide_role(
                actor=request.actor, proposal_id=form.cleaned_data["proposal"], approve=approve
            )
            messages.success(request, _("Rollen är given.") if approve else _("Rollen avslogs."))
            return redirect("roles:list")
    return _page(request, GiveForm(actor=request.actor), form)


def _page(request: ScreenRequest, give: GiveForm, form: ProvningForm) -> HttpResponse:
    rows = placed_roles_for(request.actor)
    shown = page_of(request, rows)
    waiting = [
        (each, ", ".join(approvers_of(each, today())))
        for each in placed_proposals_for(request.actor)
    ]
    context = {
        "table": _table(shown, len(rows)),
        "page": shown,
        "waiting": waiting,
        "give": give,
        "weak": is_too_weak(request, Act.GIVE_ROLES),
    }
    return page(request, "roles/list.html", context, form=form)


def _given(actor: Actor) -> set[str]:
    right = Permission.GIVE_ROLES
    return {
        role
        for grant in actor.grants
        if right in grant.permissions
        for role in GIVES.get(grant.role, ())
    }


def _table(shown: Page[PlacedRole], count: int) -> Table[PlacedRole]:
    day = today()

    def end(each: PlacedRole) -> SafeString | str:
        if not each.may_end or each.is_past(day):
            return ""
        held = each.holding.held
        url = f"{reverse('roles:end')}?roll={held.id}"
        heard = _("Avsluta %(role)s för %(who)s") % {"role": held.name, "who": each.holding.name}
        return format_html('<a href="{}" aria-label="{}">{}</a>', url, heard, _("Avsluta"))

    counted = ngettext("%(n)s roll", "%(n)s roller", count) % {"n": count}
    return Table(
        shown.rows,
        (
            Column("who", _("Namn"), lambda each: each.holding.name, heads_row=True),
            Column("account", _("Användarnamn"), lambda each: each.holding.username),
            Column("role", _("Roll"), lambda each: each.holding.held.name),
            Column("place", _("Plats"), lambda each: each.place or _("Hela systemet")),
            Column("from", _("Första dag"), lambda each: markup.day(each.holding.held.valid_from)),
            Column("to", _("Sista dag"), lambda each: markup.day(each.holding.held.valid_to)),
            Column("end", _("Avsluta"), end, screen_only=True),
        ),
        caption=format_html("<b>{}</b>", counted),
        export="roller",
        every=shown.every,
    )


def _key(scope: Scope) -> str:
    return f"{scope.kind.value}:{scope.id or ''}"


def _scope(role: str, chosen: str) -> Scope:
    """Return where the role is to hold: a role of one's own groups has them in the chosen unit."""
    kind, _colon, key = chosen.partition(":")
    own = ROLES[role].scope_kinds == {ScopeKind.OWN_GROUPS} and kind == ScopeKind.UNIT
    return Scope(ScopeKind.OWN_GROUPS if own else ScopeKind(kind), UUID(key) if key else None)
