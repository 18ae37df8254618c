"""The events, the newest first, narrowed by kind, who, what and when."""

from collections.abc import Collection
from datetime import date

from django import forms
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.accounts.queries import ManagedAccount, managed_accounts
from provning.audit.search import Found, FoundEvent, Wanted
from provning.kernel.actors import Actor, Permission
from provning.organisation.trail import SEE, search_trail
from provning.web import markup
from provning.web.accounts.reach import places_of
from provning.web.fields import DayField
from provning.web.forms import ProvningForm
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.role_words import role_word
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table, with_query
from provning.web.trail.words import changes, kinds, said, told_in_full

SIZE = 50
THINGS = (
    ("", gettext_lazy("Vad som helst")),
    ("unit", gettext_lazy("Skolenhet")),
    ("provider", gettext_lazy("Anordnare")),
    ("organiser", gettext_lazy("Huvudman")),
    ("user", gettext_lazy("Konto")),
    ("exam_group", gettext_lazy("Prövningsgrupp")),
    ("person", gettext_lazy("Person")),
)


class TrailForm(ProvningForm):
    """What is searched for."""

    name = forms.ChoiceField(label=gettext_lazy("Vad som hände"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Vem"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Om"), choices=THINGS, required=False)
    key = forms.UUIDField(
        label=gettext_lazy("Id"),
        required=False,
        help_text=gettext_lazy("Det id som står i adressen till sidan om det."),
    )
    first = DayField(label=gettext_lazy("Från och med"), required=False)
    last = DayField(label=gettext_lazy("Till och med"), required=False)

    def wanted(self) -> Wanted:
        """Return what a filled form searches for, everything when it is empty or wrong."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        typed = self.cleaned_data
        subject = (typed["kind"], str(typed["key"])) if typed["kind"] and typed["key"] else None
        names = frozenset({typed["name"]} if typed["name"] else ())
        return Wanted(names, typed["who"], subject, _day(typed["first"]), _day(typed["last"]))


@screen(permission=SEE, methods=("GET", "HEAD"))
def events(request: ScreenRequest) -> HttpResponse:
    """List a page of the events that the actor may examine."""
    form = _form(request)
    found = search_trail(request.actor, form.wanted())
    before = request.GET.get("before", "")
    rows = found.page(SIZE + 1, int(before) if before.isdecimal() else None)
    shown, more = rows[:SIZE], len(rows) > SIZE
    context = {
        "table": _table(request, shown, found),
        "older": with_query(request.GET, before=shown[-1].event.number) if more else "",
        "newest": with_query(request.GET, before="") if before else "",
    }
    return page(request, "trail/list.html", context, form=form)


def _form(request: ScreenRequest) -> TrailForm:
    form = TrailForm(request.GET or None)
    form.fields["name"] = forms.ChoiceField(
        label=_("Vad som hände"), choices=[("", _("Allt")), *kinds()], required=False
    )
    who = [("", _("Alla"))]
    if request.actor.may(Permission.MANAGE_ACCOUNTS):
        who += [(str(each.id), each.name) for each in _accounts(request.actor)]
        form.fields["who"] = forms.ChoiceField(label=_("Vem"), choices=who, required=False)
    else:
        form.fields["who"] = forms.CharField(required=False, widget=forms.HiddenInput)
    return form


def _accounts(actor: Actor) -> list[ManagedAccount]:
    """Return the accounts that the reader manages: whose names they know anyway."""
    return managed_accounts(actor, places_of(actor))


def _table(request: ScreenRequest, shown: list[FoundEvent], found: Found) -> Table[FoundEvent]:
    in_full = set(told_in_full(request.actor, shown))
    # A file has every event: what may be told of each part is asked for as it is read.
    found.when_read(lambda rows: in_full.update(told_in_full(request.actor, rows)))

    def what(row: FoundEvent) -> SafeString:
        return _what(row, in_full)

    def who(row: FoundEvent) -> SafeString:
        return format_html(
            "{}<small>{}</small>", row.event.actor_name, role_word(row.event.actor_role)
        )

    return Table(
        shown,
        (
            Column("number", _("Nr"), lambda row: row.event.number, align="n", heads_row=True),
            Column("at", _("När"), lambda row: markup.day(row.event.recorded_at)),
            Column("what", _("Vad som hände"), what),
            Column("who", _("Vem"), who),
        ),
        caption=_("Händelser, senaste först."),
        caption_hidden=True,
        export="handelser",
        every=found,
    )


def _what(row: FoundEvent, in_full: Collection[int]) -> SafeString:
    notes = changes(row, in_full)
    if row.event.reason and row.event.number in in_full:
        notes.append(_("Skäl: {reason}").format(reason=row.event.reason))
    text = said(row, in_full)
    return (
        format_html("{}<small>{}</small>", text, "; ".join(notes))
        if notes
        else format_html("{}", text)
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
