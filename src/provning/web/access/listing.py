"""Åtkomstloggen: who has read one person, and what one user has read."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.access.queries import MOST, access_log, access_of_person, readers
from provning.access.rows import AccessRow
from provning.kernel.actors import Permission
from provning.people.queries import PersonRow, person_for, persons_for
from provning.web import markup
from provning.web.fields import DayField
from provning.web.forms import ProvningForm
from provning.web.navigation import AREAS
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.role_words import role_word
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import page_for_row
from provning.web.tables import Column, Table

SEE = Permission.VIEW_AUDIT
# A part of the program that stands in no menu, and the area it is reached from.
BELONGS_TO = {"corrections": "grades"}
KINDS = {
    "person": gettext_lazy("Öppnade personen"),
    "list": gettext_lazy("Öppnade en lista"),
    "file": gettext_lazy("Tog ut en fil"),
    "search": gettext_lazy("Sökte"),
    "unmasking": gettext_lazy("Öppnade skyddad identitet"),
    "call": gettext_lazy("Hämtade genom ett API"),
}


class LogForm(ProvningForm):
    """Whose readings, and between which days."""

    reader = forms.ChoiceField(label=gettext_lazy("Användare"), required=False)
    first = DayField(label=gettext_lazy("Från och med"), required=False)
    last = DayField(label=gettext_lazy("Till och med"), required=False)
    opened = forms.BooleanField(
        label=gettext_lazy("Bara skyddade identiteter som har visats"), required=False
    )


@screen(permission=SEE, methods=("GET", "HEAD"))
def log(request: ScreenRequest) -> HttpResponse:
    """List the latest entries that the actor may examine, of everybody or of one user."""
    form = LogForm(request.GET or None)
    users = [("", _("Alla")), *readers(request.actor)]
    form.fields["reader"] = forms.ChoiceField(label=_("Användare"), choices=users, required=False)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = access_log(
        request.actor,
        reader=str(chosen.get("reader") or ""),
        first=_day(chosen.get("first")),
        last=_day(chosen.get("last")),
        only_opened=bool(chosen.get("opened")),
    )
    shown = page_of(request, rows)
    ids = [row.person_id for row in shown.rows if row.person_id]
    named = persons_for(request.actor, ids) if request.actor.may(Permission.VIEW_PERSONS) else {}
    context = {
        "table": _table(shown, named),
        "page": shown,
        "most": MOST if len(rows) == MOST else 0,
    }
    return page(request, "access/log.html", context, form=form)


@screen(permission=SEE, methods=("GET", "HEAD"))
def of_person(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """List who has read the person, the latest first."""
    row = person_for(request.actor, person_id, SEE)
    shown = page_of(request, access_of_person(request.actor, person_id))
    context = {
        "person": page_for_row(request, row, "access"),
        "table": _table(shown, None),
        "page": shown,
        "may_read": bool(persons_for(request.actor, [person_id])),
    }
    return page(request, "access/person.html", context)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _table(shown: Page[AccessRow], named: Mapping[UUID, PersonRow] | None) -> Table[AccessRow]:
    """Return the entries; with `named` also whom each is about."""

    def person(row: AccessRow) -> SafeString | str:
        return _person(row, named or {})

    count = ngettext("%(n)s rad", "%(n)s rader", shown.count) % {"n": shown.count}
    columns: Sequence[Column[AccessRow]] = (
        Column("at", _("När"), _moment, heads_row=True),
        Column("reader", _("Vem"), _reader),
        Column("kind", _("Vad"), _kind),
        *((Column("person", _("Person"), person),) if named is not None else ()),
        Column("place", _("Var"), _place),
        Column("reason", _("Skäl"), lambda row: row.reason or markup.NOTHING),
    )
    return Table(
        shown.rows,
        columns,
        caption=_("{count}, senaste först.").format(count=count),
        export="atkomst",
        every=shown.every,
    )


def _moment(row: AccessRow) -> SafeString:
    return markup.day(row.at)


def _reader(row: AccessRow) -> SafeString:
    return format_html("{}<small>{}</small>", row.actor_name, role_word(row.actor_role))


def _kind(row: AccessRow) -> SafeString:
    """Say what was done, how many it was of, and what was out of the ordinary."""
    said = str(KINDS[row.kind])
    if row.kind in {"list", "file", "call"}:
        persons = ngettext("%(n)s person eller rad", "%(n)s personer eller rader", row.count)
        return format_html("{}<small>{}</small>", said, persons % {"n": row.count})
    if row.outside:
        text = _("Numret finns inte där användaren har behörighet")
        return format_html("{}<small>{}</small>", said, text)
    if row.opened:
        return format_html("{}<small>{}</small>", said, _("Skyddad identitet visades"))
    return format_html("{}", said)


def _person(row: AccessRow, named: Mapping[UUID, PersonRow]) -> SafeString | str:
    if row.person_id is None:
        return markup.NOTHING
    person = named.get(row.person_id)
    name = markup.person_name(person) if person else str(row.person_id)[:8]
    return format_html('<a href="{}">{}</a>', reverse("access:person", args=[row.person_id]), name)


def _place(row: AccessRow) -> SafeString:
    """Name the area of the program, and the very list or page below it."""
    space = row.place.partition(":")[0]
    labels = {area.url_name.partition(":")[0]: area.label for area in AREAS}
    label = str(labels.get(BELONGS_TO.get(space, space), row.place))
    return format_html("{}<small>{}</small>", label, row.selection)
