"""The list of accounts, narrowed by name and state."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.accounts.queries import ManagedAccount, managed_accounts
from provning.kernel.actors import Actor
from provning.people.queries import accounts_without_person
from provning.web import markup
from provning.web.accounts.reach import MANAGE, places_of
from provning.web.clock import today
from provning.web.forms import ProvningForm
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

OPEN, CLOSED, UNLINKED = "oppna", "stangda", "utan-person"


class SearchForm(ProvningForm):
    """Whose accounts, and in which state."""

    q = forms.CharField(
        label=gettext_lazy("Namn eller användarnamn"), required=False, max_length=200
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Läge"),
        choices=[
            ("", gettext_lazy("Alla")),
            (OPEN, gettext_lazy("Öppna")),
            (CLOSED, gettext_lazy("Stängda")),
            (UNLINKED, gettext_lazy("Saknar person för betyg")),
        ],
        required=False,
    )


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def accounts(request: ScreenRequest) -> HttpResponse:
    """List the accounts that the actor manages."""
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = _found(request.actor, asked.get("state", ""))
    rows = [each for each in found if _wanted(each, asked.get("q", ""), asked.get("state", ""))]
    shown = page_of(request, rows)
    return page(request, "accounts/list.html", {"table": _table(shown), "page": shown}, form=form)


def _found(actor: Actor, state: str) -> list[ManagedAccount]:
    """Return the accounts in reach, or those that decide grades by a role and are nobody's."""
    if state == UNLINKED:
        return accounts_without_person(actor, places_of(actor), today())
    return managed_accounts(actor, places_of(actor))


def state_mark(account: ManagedAccount) -> SafeString:
    """Return whether an account may be signed in to, in words."""
    if account.is_active:
        return markup.status("done", _("Öppet"))
    return markup.status("none", _("Stängt"))


def roles_text(account: ManagedAccount) -> str:
    """Return the roles held today, in words."""
    day = today()
    names = dict.fromkeys(each.name for each in account.roles if each.holds_on(day))
    return ", ".join(names)


def _wanted(account: ManagedAccount, text: str, state: str) -> bool:
    text = text.strip().casefold()
    named = text in account.name.casefold() or text in account.username.casefold()
    return named and state in {"", UNLINKED, OPEN if account.is_active else CLOSED}


def _table(shown: Page[ManagedAccount]) -> Table[ManagedAccount]:
    def name(each: ManagedAccount) -> SafeString:
        url = reverse("accounts:detail", args=[each.id])
        return format_html('<a href="{}">{}</a>', url, each.name)

    counted = ngettext("%(n)s konto", "%(n)s konton", shown.count) % {"n": shown.count}
    return Table(
        shown.rows,
        (
            Column("name", _("Namn"), name, heads_row=True),
            Column("username", _("Användarnamn"), lambda each: each.username),
            Column("state", _("Läge"), state_mark),
            Column("roles", _("Roller"), lambda each: roles_text(each) or markup.NOTHING),
            Column("last", _("Senast inloggad"), lambda each: markup.day(each.last_sign_in)),
            Column(
                "factor", _("Andra steget"), lambda each: _("Ja") if each.has_factor else _("Nej")
            ),
        ),
        caption=format_html("<b>{}</b>", counted),
        export="konton",
        every=shown.every,
    )
