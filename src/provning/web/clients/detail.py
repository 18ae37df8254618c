"""One API client: what it sees, its keys and calls; a new key, and the end of it."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.accounts.assurance import Act
from provning.clients.actions import revoke_client, rotate_client
from provning.clients.queries import calls_of, client_for
from provning.clients.rows import CallRow, ClientDetails, SecretRow
from provning.clients.scopes import DATA_CLASSES
from provning.kernel.actors import Permission, Scope, ScopeKind
from provning.organisation.queries import organisers_for, providers_for, units_for
from provning.web.clients.creation import PROTECTED
from provning.web.clients.listing import state_mark
from provning.web.clients.secret import now, shown_once
from provning.web.forms import SubmittedForm, problems_on
from provning.web.identity.confirming import ask_first, is_too_weak
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


class RotateForm(SubmittedForm):
    """How long the old keys hold beside the new one."""

    overlap_hours = forms.IntegerField(
        label=gettext_lazy("De gamla nycklarna gäller i så många timmar till"),
        min_value=0,
        max_value=720,
        initial=24,
    )


@screen(permission=Permission.MANAGE_ACCOUNTS, methods=("GET", "HEAD"))
def client(request: ScreenRequest, client_id: UUID) -> HttpResponse:
    """Show the client."""
    return _shown(request, client_id, RotateForm())


@screen(permission=Permission.MANAGE_ACCOUNTS, methods=("POST",))
def rotate(request: ScreenRequest, client_id: UUID) -> HttpResponse:
    """Give the client a new key and show it."""
    form = RotateForm(request.POST)
    client_for(request.actor, client_id)
    if form.is_valid():
        if asked_first := ask_first(request, Act.ADMINISTER_SIGN_IN):
            return asked_first
        with problems_on(form):
            made = rotate_client(
                actor=request.actor,
                client_id=client_id,
                overlap_hours=form.cleaned_data["overlap_hours"],
                submission=form.cleaned_data["submission"],
                now=now(),
            )
            return shown_once(request, made)
    return _shown(request, client_id, form)


@screen(permission=Permission.MANAGE_ACCOUNTS, methods=("POST",))
def revoke(request: ScreenRequest, client_id: UUID) -> HttpResponse:
    """Stop the client for good; what takes a way in away protects, and asks nothing more."""
    stopped = revoke_client(actor=request.actor, client_id=client_id, now=now())
    messages.success(request, _("%(name)s är spärrad.") % {"name": stopped.name})
    return redirect("clients:detail", client_id)


def _shown(request: ScreenRequest, client_id: UUID, form: RotateForm) -> HttpResponse:
    details = client_for(request.actor, client_id)
    found = details.client
    labels = {each.code: _(each.label) for each in DATA_CLASSES}
    may_rotate = not found.revoked_at and not found.issuer
    context = {
        "client": found,
        "state": state_mark(found),
        "classes": ", ".join(labels.get(code, code) for code in found.data_classes),
        "reach": ", ".join(_places(request, found.reach)),
        "protected": dict(PROTECTED)[found.protected_persons],
        "may_rotate": may_rotate,
        "weak": may_rotate and is_too_weak(request, Act.ADMINISTER_SIGN_IN),
        "keys": _keys(details),
        "calls": _calls(calls_of(request.actor, client_id)),
    }
    return page(request, "clients/detail.html", context, form=form)


def _places(request: ScreenRequest, reach: tuple[Scope, ...]) -> list[str]:
    """Return what the client's places are called; an id where the actor does not see the name."""
    right = Permission.MANAGE_ACCOUNTS
    names = dict(organisers_for(request.actor, right))
    if any(scope.kind is ScopeKind.PROVIDER for scope in reach):
        names |= {each.id: each.name for each in providers_for(request.actor, right)}
    if any(scope.kind is ScopeKind.UNIT for scope in reach):
        names |= {each.id: each.name for each in units_for(request.actor, right)}
    return [names.get(scope.id, str(scope.id)) if scope.id else _("Alla") for scope in reach]


def _keys(details: ClientDetails) -> Table[SecretRow]:
    def ends(row: SecretRow) -> str:
        return _moment(row.valid_until) if row.valid_until else _("tills vidare")

    return Table(
        details.secrets,
        (
            Column("made", _("Skapad"), lambda row: _moment(row.created_at), heads_row=True),
            Column("ends", _("Gäller till"), ends),
        ),
        caption=_("Nycklar"),
        caption_hidden=True,
        export="nycklar",
    )


def _calls(rows: list[CallRow]) -> Table[CallRow]:
    return Table(
        rows,
        (
            Column("at", _("När"), lambda row: _moment(row.at), heads_row=True),
            Column("what", _("Anrop"), lambda row: f"{row.method} {row.path}"),
            Column("filters", _("Filter"), lambda row: row.filters),
            Column("from", _("Varifrån"), lambda row: row.address),
            Column("status", _("Svar"), lambda row: row.status or "", align="n"),
        ),
        caption=_("Senaste anrop"),
        caption_hidden=True,
        export="anrop",
    )


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H.%M}"
