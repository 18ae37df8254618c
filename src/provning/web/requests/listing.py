"""The requests: what waits first, then what is finished, the newest first."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.applications.queries import RequestRow, requests_for
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.forms import ProvningForm
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

SIDES = (Permission.SEND_REQUESTS, Permission.HANDLE_REQUESTS)
STATUSES = (
    ("", gettext_lazy("Alla")),
    ("open", gettext_lazy("Väntar")),
    ("sent", gettext_lazy("Skickad")),
    ("question", gettext_lazy("Fråga ställd")),
    ("done", gettext_lazy("Registrerad och placerad")),
    ("refused", gettext_lazy("Avslagen")),
    ("withdrawn", gettext_lazy("Återtagen")),
)
FINISHED = {"done": "done", "refused": "error", "withdrawn": "none"}
WORDS = dict(STATUSES)


class FilterForm(ProvningForm):
    """How far the requests that are shown have come."""

    status = forms.ChoiceField(label=gettext_lazy("Läge"), choices=STATUSES)


@screen(permission=SIDES, methods=("GET", "HEAD"))
def requests(request: ScreenRequest) -> HttpResponse:
    """List the requests that the actor sends or handles."""
    asked = request.GET.get("status", "")
    status = asked if asked in WORDS else ""
    rows = requests_for(request.actor, status=status)
    shown = page_of(request, rows)
    handles = request.actor.may(Permission.HANDLE_REQUESTS)
    context = {
        "filter": FilterForm(initial={"status": status}, auto_id="filter-%s"),
        "filtered": bool(status),
        "table": _table(shown, handles=handles),
        "page": shown,
        "may_send": request.actor.may(Permission.SEND_REQUESTS),
        "lead": _lead(handles=handles),
    }
    return page(request, "requests/list.html", context)


def request_status(row: RequestRow) -> SafeString:
    """Return where a request stands, as the one who reads it has to act or wait."""
    if row.status in FINISHED:
        return markup.status(FINISHED[row.status], WORDS[row.status])
    if row.status == "question":
        return (
            markup.status("soon", _("Väntar på ert svar"))
            if row.may_send
            else markup.status("away", _("Väntar på anordnaren"))
        )
    return (
        markup.status("open", _("Att handlägga"))
        if row.may_handle
        else markup.status("away", markup.divisible(_("Hos Vuxenutbildningscentrum")))
    )


def _lead(*, handles: bool) -> str:
    if handles:
        return _("Personer som aldrig har varit inskrivna hos anordnaren: registrera och placera.")
    return _("Det ni har bett Vuxenutbildningscentrum om, och hur det går.")


def _table(shown: Page[RequestRow], *, handles: bool) -> Table[RequestRow]:
    """Return the list; the number is shown to who registers, the provider to who sees several."""
    count = ngettext("%(n)s begäran", "%(n)s begäranden", shown.count) % {"n": shown.count}
    columns = [
        Column("person", _("Person"), _person, heads_row=True),
        Column("group", _("Prövningsgrupp"), _group),
        Column("day", _("Prövningsdatum"), lambda row: markup.day(row.exam_date)),
        Column("status", _("Läge"), request_status),
        Column("sent", _("Skickad"), _sent),
    ]
    if handles:
        columns[1:1] = [
            Column("number", _("Personnummer"), request_number),
            Column("unit", _("Enhet"), _unit),
        ]
    return Table(shown.rows, columns, caption=format_html("<b>{}</b>", count))


def request_number(row: RequestRow) -> SafeString:
    """Return the number, or the case number of a hidden identity."""
    css = "nowrap" if row.masked else "pnr"
    return format_html('<span class="{}">{}</span>', css, row.number_display)


def request_name(row: RequestRow) -> SafeString:
    """Return the name, or the mark of a hidden identity."""
    if row.masked:
        return format_html('<span class="protected">{}</span>', _("Skyddad identitet"))
    return format_html("{}", row.name)


def _person(row: RequestRow) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("requests:detail", args=[row.id]), request_name(row)
    )


def _group(row: RequestRow) -> SafeString:
    name = markup.group_name(row.group_name, row.course_code)
    return format_html("{}<small>{}</small>", name, row.course_name)


def _unit(row: RequestRow) -> SafeString:
    return format_html("{}<small>{}</small>", row.unit_name, row.provider_name)


def _sent(row: RequestRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.sent_at), row.sent_by_name)
