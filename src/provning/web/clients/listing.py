"""The list of API clients."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.clients.queries import clients_for
from provning.clients.rows import ClientDetails, ClientRow
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.clock import today
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


@screen(permission=Permission.MANAGE_ACCOUNTS, methods=("GET", "HEAD"))
def clients(request: ScreenRequest) -> HttpResponse:
    """List the clients that the actor manages."""
    rows = clients_for(request.actor)
    shown = page_of(request, rows)
    context = {"table": _table(shown, len(rows)), "page": shown}
    return page(request, "clients/list.html", context)


def state_mark(client: ClientRow) -> SafeString:
    """Return whether a client may call, in words."""
    if client.revoked_at:
        return markup.status("none", _("Spärrad"))
    if not client.holds_on(today()):
        return markup.status("none", _("Utgången"))
    return markup.status("done", _("Gäller"))


def _table(shown: Page[ClientDetails], count: int) -> Table[ClientDetails]:
    def name(each: ClientDetails) -> SafeString:
        url = reverse("clients:detail", args=[each.client.id])
        return format_html('<a href="{}">{}</a>', url, each.client.name)

    counted = ngettext("%(n)s klient", "%(n)s klienter", count) % {"n": count}
    return Table(
        shown.rows,
        (
            Column("name", _("Klient"), name, heads_row=True),
            Column("state", _("Läge"), lambda each: state_mark(each.client)),
            Column("expires", _("Sista dag"), lambda each: markup.day(each.client.expires_on)),
            Column("called", _("Senaste anrop"), lambda each: markup.day(each.last_called_at)),
        ),
        caption=format_html("<b>{}</b>", counted),
    )
