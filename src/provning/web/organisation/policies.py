"""Lokala regler: every policy there is, what holds now, what comes and what has held."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.organisation.administration import PolicyRow, organiser_managed, policies_of
from provning.organisation.policies_data import PolicyKind, PolicyValue
from provning.web import markup
from provning.web.clock import today
from provning.web.organisation.frame import MANAGE
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def policies(request: ScreenRequest, organiser_id: UUID) -> HttpResponse:
    """List every policy as the huvudman has decided it."""
    row = organiser_managed(request.actor, organiser_id)
    rows = policies_of(request.actor, organiser_id, today())
    return page(request, "organisation/policies.html", {"row": row, "table": _table(rows, row.id)})


def shown_value(kind: PolicyKind, value: PolicyValue) -> str:
    """Return a value as it is read, in the reader's language."""
    shown = kind.shown(value)
    return _(shown) if shown else _("tomt")


def _table(rows: list[PolicyRow], organiser_id: UUID) -> Table[PolicyRow]:
    def name(row: PolicyRow) -> SafeString:
        url = f"{reverse('organisation:policy', args=[organiser_id])}?policy={row.kind.key.value}"
        return format_html(
            '<a href="{}">{}</a><small>{}</small>', url, _(row.kind.label), _(row.kind.meaning)
        )

    def now(row: PolicyRow) -> SafeString:
        since = (
            _("sedan {day}").format(day=row.now.valid_from)
            if row.now
            else _("förvalt, ej beslutat")
        )
        return format_html("{}<small>{}</small>", shown_value(row.kind, row.value), since)

    def coming(row: PolicyRow) -> SafeString | str:
        if row.coming is None:
            return markup.NOTHING
        text = shown_value(row.kind, row.coming.value)
        since = _("från {day}").format(day=row.coming.valid_from)
        return format_html("{}<small>{}</small>", text, since)

    def source(row: PolicyRow) -> SafeString:
        own = row.now.source if row.now else ""
        return format_html("{}<small>{}</small>", _(row.kind.source), own)

    count = ngettext("%(n)s regel", "%(n)s regler", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("name", _("Regel"), name, heads_row=True),
            Column("now", _("Gäller nu"), now),
            Column("coming", _("Kommer"), coming),
            Column("source", _("Källa och beslut"), source),
        ),
        caption=count,
        export="lokala-regler",
    )
