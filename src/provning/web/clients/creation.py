"""A new API client: what it is called, what it sees, and its secret, shown once."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.accounts.assurance import Act
from provning.clients.actions import create_client
from provning.clients.models import ApiClient
from provning.clients.rows import WayIn
from provning.clients.scopes import DATA_CLASSES
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.organisation.queries import organisers_for, providers_for, units_for
from provning.web.clients.secret import now, shown_once
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import SubmittedForm, problems_on
from provning.web.identity.confirming import ask_first, is_too_weak
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

EVERYTHING = "everything"
PROTECTED = (
    (ApiClient.ProtectedPersons.HIDDEN.value, gettext_lazy("Visas inte alls")),
    (ApiClient.ProtectedPersons.MARKED.value, gettext_lazy("Visas utan namn och nummer")),
    (ApiClient.ProtectedPersons.FULL.value, gettext_lazy("Visas med namn och nummer")),
)


class ClientForm(SubmittedForm):
    """What a new client may see, and until when."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=120)
    reach = forms.MultipleChoiceField(
        label=gettext_lazy("Vems uppgifter"), widget=forms.CheckboxSelectMultiple
    )
    data_classes = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka uppgifter"), widget=forms.CheckboxSelectMultiple
    )
    protected_persons = forms.ChoiceField(
        label=gettext_lazy("Personer med skyddade uppgifter"),
        choices=PROTECTED,
        widget=forms.RadioSelect,
    )
    expires_on = DayField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Utan sista dag gäller klienten tills den spärras."),
    )
    calls_per_minute = forms.IntegerField(
        label=gettext_lazy("Anrop per minut, som mest"), min_value=1, max_value=6000
    )
    certificate = forms.CharField(
        label=gettext_lazy("Klientcertifikat"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Namnet som proxyn anger. Tomt: inget certifikat krävs."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the places that the actor administers."""
        initial = {
            "protected_persons": ApiClient.ProtectedPersons.MARKED.value,
            "calls_per_minute": 600,
        }
        super().__init__(*args, initial=initial, **kwargs)
        places, classes = self.fields["reach"], self.fields["data_classes"]
        if isinstance(places, forms.MultipleChoiceField):
            places.choices = _places(actor)
        if isinstance(classes, forms.MultipleChoiceField):
            classes.choices = [(each.code, _(each.label)) for each in DATA_CLASSES]


@screen(permission=Permission.MANAGE_ACCOUNTS)
def new(request: ScreenRequest) -> HttpResponse:
    """Ask what the client is to see; make it and show its secret.

    A key opens what it opens for as long as it holds: it asks as much as somebody's way to sign in.
    """
    form = ClientForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        if asked_first := ask_first(request, Act.ADMINISTER_SIGN_IN):
            return asked_first
        with problems_on(form):
            asked = form.cleaned_data
            made = create_client(
                actor=request.actor,
                name=asked["name"],
                data_classes=asked["data_classes"],
                reach=[_scope(each) for each in asked["reach"]],
                protected_persons=asked["protected_persons"],
                submission=asked["submission"],
                now=now(),
                today=today(),
                expires_on=asked["expires_on"],
                calls_per_minute=asked["calls_per_minute"],
                way_in=WayIn(asked["certificate"].strip()),
            )
            return shown_once(request, made)
    context = {"weak": is_too_weak(request, Act.ADMINISTER_SIGN_IN)}
    return page(request, "clients/new.html", context, form=form)


def _places(actor: Actor) -> list[tuple[str, str]]:
    """Return what the actor may let a client see: a limited administrator only their own place."""
    right = Permission.MANAGE_ACCOUNTS
    every = Scope(ScopeKind.EVERYTHING) in actor.scopes(right)
    found = [(EVERYTHING, _("Alla"))] if every else []
    found += [(_key(ScopeKind.ORGANISER, pk), name) for pk, name in organisers_for(actor, right)]
    if every:
        found += [
            (_key(ScopeKind.PROVIDER, each.id), each.name) for each in providers_for(actor, right)
        ]
        found += [
            (_key(ScopeKind.UNIT, each.id), f"{each.provider_name}, {each.name}")
            for each in units_for(actor, right)
        ]
    return found


def _key(kind: ScopeKind, key: object) -> str:
    return f"{kind.value}:{key}"


def _scope(chosen: str) -> Scope:
    kind, _colon, key = chosen.partition(":")
    return Scope(ScopeKind(kind), UUID(key) if key else None)
