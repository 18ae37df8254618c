"""The organisation as lists: every unit, provider and huvudman that the actor manages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.accounts.policies import may_everywhere
from provning.organisation.administration import (
    OrganiserRow,
    Period,
    initials_at,
    initials_over_time,
    organisers_managed,
)
from provning.organisation.queries import ProviderRow, UnitRow, providers_for, units_for
from provning.web import markup
from provning.web.clock import today
from provning.web.organisation.frame import MANAGE
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its letters today."""

    unit: UnitRow
    initials: str


@screen(permission=MANAGE, methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponse:
    """List everything that the actor manages."""
    periods, day = initials_over_time(request.actor), today()
    lines = [
        UnitLine(each, initials_at(periods.get(each.id, ()), day))
        for each in units_for(request.actor, MANAGE)
    ]
    shown = page_of(request, lines)
    context = {
        "units": unit_table(shown, day),
        "page": shown,
        "providers": provider_table(providers_for(request.actor, MANAGE), day),
        "organisers": _organisers(organisers_managed(request.actor)),
        "may_add": may_everywhere(request.actor, MANAGE),
    }
    return page(request, "organisation/list.html", context)


def state_mark(last_day: date | None, day: date) -> SafeString:
    """Return whether something goes on, in words."""
    if last_day is None:
        return markup.status("done", _("Pågår"))
    if last_day < day:
        return markup.status("none", _("Upphörde {day}").format(day=last_day))
    return markup.status("soon", _("Upphör efter {day}").format(day=last_day))


def right_text(provider: ProviderRow, day: date) -> str:
    """Return whether the provider may set grades on the day, and between which days."""
    if provider.kind == "internal":
        return _("Behövs inte, egen regi")
    first, last = provider.grading_right_from, provider.grading_right_to
    if first is None:
        return _("Ingen betygsrätt")
    span = _("{first} till {last}") if last else _("från {first}")
    held = span.format(first=first, last=last)
    if provider.grading_right_on(day):
        return held
    return _("Gäller inte i dag ({days})").format(days=held)


def kind_text(kind: str) -> str:
    """Return how the provider is run."""
    return _("Egen regi") if kind == "internal" else _("Entreprenad")


def unit_table(shown: Page[UnitLine], day: date) -> Table[UnitLine]:
    """Return the units as a list."""
    count = ngettext("%(n)s skolenhet", "%(n)s skolenheter", shown.count) % {"n": shown.count}
    return Table(
        shown.rows,
        (
            Column("name", _("Skolenhet"), _unit_link, heads_row=True),
            Column("initials", _("Initialer"), lambda line: line.initials or markup.NOTHING),
            Column("code", _("Skolenhetskod"), lambda line: line.unit.code or markup.NOTHING),
            Column("provider", _("Anordnare"), lambda line: line.unit.provider_name),
            Column("principal", _("Rektor"), lambda line: line.unit.principal_name),
            Column("state", _("Läge"), lambda line: state_mark(line.unit.last_day, day)),
        ),
        caption=count,
        export="skolenheter",
        every=shown.every,
    )


def provider_table(rows: list[ProviderRow], day: date) -> Table[ProviderRow]:
    """Return the providers as a list."""
    count = ngettext("%(n)s anordnare", "%(n)s anordnare", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("name", _("Anordnare"), _provider_link, heads_row=True),
            Column("kind", _("Drift"), lambda row: kind_text(row.kind)),
            Column("right", _("Betygsrätt"), lambda row: right_text(row, day)),
            Column("number", _("Organisationsnummer"), lambda row: row.organisation_number),
            Column("organiser", _("Huvudman"), lambda row: row.organiser_name),
            Column("state", _("Läge"), lambda row: state_mark(row.last_day, day)),
        ),
        caption=count,
        export="anordnare",
    )


def _organisers(rows: list[OrganiserRow]) -> Table[OrganiserRow]:
    count = ngettext("%(n)s huvudman", "%(n)s huvudmän", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("name", _("Huvudman"), _organiser_link, heads_row=True),
            Column("municipality", _("Hemkommun"), municipality_text),
            Column("number", _("Organisationsnummer"), lambda row: row.organisation_number),
            Column("policies", _("Lokala regler"), _policies_link, screen_only=True),
        ),
        caption=count,
        export="huvudman",
    )


def municipality_text(row: OrganiserRow) -> str:
    """Return the municipality with its code."""
    return f"{row.municipality_name} ({row.municipality_code})"


def _link(name: str, key: UUID, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(f"organisation:{name}", args=[key]), text)


def _unit_link(line: UnitLine) -> SafeString:
    return _link("unit", line.unit.id, line.unit.name)


def _provider_link(row: ProviderRow) -> SafeString:
    return _link("provider", row.id, row.name)


def _organiser_link(row: OrganiserRow) -> SafeString:
    return _link("organiser", row.id, row.name)


def _policies_link(row: OrganiserRow) -> SafeString:
    text = format_html(
        '{}<span class="vh"> {}</span>', _("Visa"), _("för {name}").format(name=row.name)
    )
    return _link("policies", row.id, text)


def lines_of(
    units: list[UnitRow], provider_id: UUID, periods: Mapping[UUID, list[Period]], day: date
) -> list[UnitLine]:
    """Return a provider's units with their letters on the day."""
    return [
        UnitLine(each, initials_at(periods.get(each.id, ()), day))
        for each in units
        if each.provider_id == provider_id
    ]
