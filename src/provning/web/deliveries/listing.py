"""The list of every unit and ended period, and how its delivery stands."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.archive.policies import SIDES
from provning.archive.queries import DeliveryState, StandingRow, deliveries_to_see
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import ProvningForm
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

WORDS: dict[DeliveryState, str | Promise] = {
    DeliveryState.MISSING: gettext_lazy("Att förbereda"),
    DeliveryState.PREPARED: gettext_lazy("Förberedd, inte skickad"),
    DeliveryState.SENT: gettext_lazy("Skickad, inte mottagen"),
    DeliveryState.RETURNED: gettext_lazy("Återsänd, något saknas"),
    DeliveryState.RECEIVED: gettext_lazy("Mottagen"),
}
MARKS = {
    DeliveryState.MISSING: "open",
    DeliveryState.PREPARED: "open",
    DeliveryState.SENT: "away",
    DeliveryState.RETURNED: "soon",
    DeliveryState.RECEIVED: "done",
}
NOT_DONE, LATE = "not-done", "late"
SHOWN = (
    ("", gettext_lazy("Alla")),
    (NOT_DONE, gettext_lazy("Inte klara")),
    (LATE, gettext_lazy("Försenade")),
)


class FilterForm(ProvningForm):
    """Which deliveries are shown."""

    state = forms.ChoiceField(label=gettext_lazy("Läge"), choices=SHOWN)


@screen(permission=SIDES, methods=("GET", "HEAD"))
def deliveries(request: ScreenRequest) -> HttpResponse:
    """List the periods of the units that the actor sends from or receives from."""
    asked = request.GET.get("state", "")
    state = asked if asked in dict(SHOWN) else ""
    rows = [row for row in deliveries_to_see(request.actor, today()) if _chosen(row, state)]
    shown = page_of(request, rows)
    receives = request.actor.may(Permission.RECEIVE_DELIVERIES)
    context = {
        "filter": FilterForm(initial={"state": state}, auto_id="filter-%s"),
        "filtered": bool(state),
        "table": _table(shown, sends=request.actor.may(Permission.SEND_DELIVERIES)),
        "page": shown,
        "receives": receives,
        "lead": _lead(receives=receives),
    }
    return page(request, "deliveries/list.html", context)


def period_url(row: StandingRow) -> str:
    """Return the page where the row's delivery is prepared."""
    query = urlencode({"unit": str(row.unit_id), "period": row.period.code})
    return f"{reverse('deliveries:period')}?{query}"


def state_mark(state: DeliveryState, *, late: bool = False) -> SafeString:
    """Return a delivery's state in words; late is the worst of all."""
    word = str(WORDS[state])
    if late:
        return markup.status("late", _("Försenad: {state}").format(state=word.lower()))
    return markup.status(MARKS[state], word)


def _chosen(row: StandingRow, state: str) -> bool:
    """Say whether the row is among those asked for."""
    if state == LATE:
        return row.late
    return state != NOT_DONE or row.state is not DeliveryState.RECEIVED


def _lead(*, receives: bool) -> str:
    if receives:
        return _("Betygskataloger från enheterna: vad som är på väg och vad som dröjer.")
    return _("Undertecknade betygskataloger skickas i original till Vuxenutbildningscentrum.")


def _table(shown: Page[StandingRow], *, sends: bool) -> Table[StandingRow]:
    count = ngettext("%(n)s leverans", "%(n)s leveranser", shown.count) % {"n": shown.count}
    return Table(
        shown.rows,
        (
            Column("unit", _("Enhet"), lambda row: _unit(row, sends=sends), heads_row=True),
            Column("period", _("Period"), lambda row: row.period.label),
            Column("state", _("Läge"), lambda row: state_mark(row.state, late=row.late)),
            Column("due", _("Sista dag"), _due),
            Column("document", _("Leverans"), _document),
        ),
        caption=format_html("<b>{}</b>", count),
        export="leveranser",
        every=shown.every,
    )


def _unit(row: StandingRow, *, sends: bool) -> SafeString:
    """Lead to the delivery, or for who sends to where it is prepared."""
    url = ""
    if row.delivery_id:
        url = reverse("deliveries:detail", args=[row.delivery_id])
    elif sends:
        url = period_url(row)
    name = format_html('<a href="{}">{}</a>', url, row.unit_name) if url else row.unit_name
    return format_html("{}<small>{}</small>", name, row.provider_name)


def _due(row: StandingRow) -> SafeString:
    done = row.state is DeliveryState.RECEIVED
    return markup.day(None if done else row.due)


def _document(row: StandingRow) -> str:
    if row.document_id:
        return row.document_id
    return _("Kompletterande") if row.supplementary else markup.NOTHING
