"""One account: how it is signed in to, its roles and what has been done to it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.accounts import events
from provning.accounts.actions import bind_identity
from provning.accounts.queries import bindings_of, factors_of, sessions_of
from provning.audit.conflicts import version_of
from provning.audit.queries import history_of
from provning.kernel.seen import note_subject
from provning.people.events import OF_LINKS
from provning.people.queries import account_person
from provning.web.accounts.forms import BindForm, LinkForm
from provning.web.accounts.listing import roles_text, state_mark
from provning.web.accounts.reach import MANAGE, administers_sign_in, places_of, reached
from provning.web.clock import today
from provning.web.forms import ProvningForm, problems_on
from provning.web.identity.ways import way_named, ways_in
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.sentences import history_item, sentence

TOLD = {
    events.USER_CREATED,
    events.ACCOUNT_CLOSED,
    events.ACCOUNT_OPENED,
    events.ACCOUNT_INVITED,
    events.FACTOR_REMOVED,
    events.SESSIONS_ENDED,
    events.IDENTITY_BOUND,
    events.IDENTITY_UNBOUND,
    *OF_LINKS,
}


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def account(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Show the account."""
    return shown(request, user_id, BindForm())


@screen(permission=MANAGE, methods=("POST",))
@administers_sign_in
def bind(request: ScreenRequest, user_id: UUID) -> HttpResponse:
    """Bind the account to an identity; bound already, nothing changes."""
    form = BindForm(request.POST)
    if form.is_valid():
        with problems_on(form):
            asked = form.cleaned_data
            bind_identity(
                actor=request.actor,
                user_id=user_id,
                provider=asked["provider"],
                kind=asked["kind"],
                value=asked["value"],
                scopes=way_named(asked["provider"]).scopes,
                today=today(),
                within=places_of(request.actor),
            )
            messages.success(request, _("Identiteten är knuten till kontot."))
            return redirect("accounts:detail", user_id)
    return shown(request, user_id, form)


def shown(request: ScreenRequest, user_id: UUID, form: ProvningForm) -> HttpResponse:
    """Return the page of an account, with the form as it was sent."""
    found = reached(request.actor, user_id)
    labels = {each.name: each.label for each in ways_in()}
    bindings = bindings_of(request.actor, user_id, places_of(request.actor))
    person = account_person(request.actor, user_id, places_of(request.actor))
    if person.row:
        note_subject(person.row.id)
    told = [each for each in history_of("user", user_id) if each.name in TOLD]
    context = {
        "account": found,
        "state": state_mark(found),
        "roles": roles_text(found),
        "own": request.actor.id == str(user_id),
        "person": person,
        "link_form": form if isinstance(form, LinkForm) else LinkForm(),
        "link_version": version_of("user", user_id, OF_LINKS),
        "bind_form": form if isinstance(form, BindForm) else BindForm(),
        "bindings": [(each, labels.get(each.provider, each.provider)) for each in bindings],
        "may_bind": bool(settings.IDENTITY_PROVIDERS and labels),
        "factors": factors_of(user_id),
        "sessions": sessions_of(user_id, None),
        "events": [history_item(each, sentence(each)) for each in told],
    }
    return page(request, "accounts/detail.html", context, form=form)
