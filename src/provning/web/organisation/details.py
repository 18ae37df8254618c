"""One huvudman, one provider, one unit: what holds, what has held and what has been changed."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from provning.audit.queries import HistoryRow, history_of
from provning.kernel.actors import Actor
from provning.organisation import events
from provning.organisation.administration import (
    CalendarRow,
    Period,
    calendars_of,
    initials_over_time,
    organiser_managed,
    provider_managed,
)
from provning.organisation.queries import providers_for, unit_for, units_for
from provning.people.events import DUTY_ENDED, DUTY_GIVEN
from provning.web import markup
from provning.web.clock import today
from provning.web.organisation.frame import MANAGE
from provning.web.organisation.listing import (
    kind_text,
    lines_of,
    municipality_text,
    provider_table,
    right_text,
    state_mark,
    unit_table,
)
from provning.web.organisation.staff import staff_rows, staff_table
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.pieces import HistoryItem
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.sentences import history_item, sentence
from provning.web.tables import Column, Table

OF_UNIT = (*events.OF_UNITS, events.INITIALS_SET, DUTY_GIVEN, DUTY_ENDED)
OF_PROVIDER = (*events.OF_PROVIDERS, events.CALENDAR_SET)
OF_ORGANISER = (*events.OF_ORGANISERS, *events.OF_POLICIES)


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def organiser(request: ScreenRequest, organiser_id: UUID) -> HttpResponse:
    """Show a huvudman with its providers."""
    row = organiser_managed(request.actor, organiser_id)
    providers = [
        each for each in providers_for(request.actor, MANAGE) if each.organiser_id == organiser_id
    ]
    context = {
        "row": row,
        "municipality": municipality_text(row),
        "providers": provider_table(providers, today()),
        "events": changes("organiser", organiser_id, OF_ORGANISER),
    }
    return page(request, "organisation/organiser.html", context)


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def provider(request: ScreenRequest, provider_id: UUID) -> HttpResponse:
    """Show a provider with its units and term calendars."""
    row, day = provider_managed(request.actor, provider_id), today()
    units = units_for(request.actor, MANAGE)
    lines = lines_of(units, provider_id, initials_over_time(request.actor), day)
    context = {
        "row": row,
        "kind": kind_text(row.kind),
        "right": right_text(row, day),
        "state": state_mark(row.last_day, day),
        "units": unit_table(page_of(request, lines), day),
        "calendars": _calendars(calendars_of(request.actor, provider_id), row.name),
        "events": changes("provider", provider_id, OF_PROVIDER),
    }
    return page(request, "organisation/provider.html", context)


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def unit(request: ScreenRequest, unit_id: UUID) -> HttpResponse:
    """Show a unit with its staff and its initials over time."""
    row, day = unit_for(request.actor, unit_id, MANAGE), today()
    shown = page_of(request, staff_rows(request.actor, unit_id))
    context = {
        "row": row,
        "municipality": f"{row.municipality_name} ({row.municipality_code})",
        "state": state_mark(row.last_day, day),
        "staff": staff_table(shown.rows, shown.every, row),
        "page": shown,
        "initials": _periods(initials_of(request.actor, unit_id), day, row.name),
        "events": changes("unit", unit_id, OF_UNIT),
    }
    return page(request, "organisation/unit.html", context)


def initials_of(actor: Actor, unit_id: UUID) -> list[Period]:
    """Return one unit's initials over time, the newest first."""
    return initials_over_time(actor).get(unit_id, [])


def changes(kind: str, key: UUID, names: tuple[str, ...]) -> list[HistoryItem]:
    """Return what has been changed of the thing itself, the newest first."""
    rows = [row for row in history_of(kind, key) if row.name in names]
    return [history_item(row, _said(row)) for row in rows]


def _said(row: HistoryRow) -> str:
    """Return the event's sentence, a policy by its label, and what was before it."""
    said = sentence(row)
    if row.name in events.OF_POLICIES:
        return said
    before = [
        f"{_(FIELD_LABELS[field])}: {value or markup.NOTHING}"
        for field, value in row.before.items()
        if field in FIELD_LABELS and row.after.get(field) != value
    ]
    return f"{said} {_('Förut')} {', '.join(before)}." if before else said


FIELD_LABELS = {
    "name": "namn",
    "code": "skolenhetskod",
    "principal_name": "rektor",
    "initials": "initialer",
    "valid_from": "från",
    "municipality_code": "kommunkod",
    "municipality_name": "kommun",
    "organisation_number": "organisationsnummer",
    "grading_right_from": "betygsrätt från",
    "grading_right_to": "betygsrätt till",
    "first_day": "första dag",
    "last_day": "sista dag",
}


def _calendars(rows: list[CalendarRow], name: str) -> Table[CalendarRow]:
    return Table(
        rows,
        (
            Column("term", _("Termin"), lambda row: row.term.label, heads_row=True),
            Column("first", _("Första dag"), lambda row: markup.day(row.first_day)),
            Column("last", _("Sista dag"), lambda row: markup.day(row.last_day)),
        ),
        caption=_("Terminstider för {name}").format(name=name),
        caption_hidden=True,
        export="terminstider",
    )


def _periods(rows: list[Period], day: date, name: str) -> Table[Period]:
    def last(row: Period) -> object:
        return markup.day(row.valid_to) if row.valid_to else _("tills vidare")

    def state(row: Period) -> object:
        if row.valid_from > day:
            return markup.status("open", _("Kommer"))
        if row.valid_to and row.valid_to < day:
            return markup.status("none", _("Har gällt"))
        return markup.status("done", _("Gäller"))

    return Table(
        rows,
        (
            Column("initials", _("Initialer"), lambda row: row.initials, heads_row=True),
            Column("from", _("Från"), lambda row: markup.day(row.valid_from)),
            Column("to", _("Till"), last),
            Column("state", _("Läge"), state),
        ),
        caption=_("Initialer för {name} över tid").format(name=name),
        caption_hidden=True,
        export="initialer",
    )
