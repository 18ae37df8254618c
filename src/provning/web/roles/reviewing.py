"""The yearly review: which roles nobody has gone through in time, kept or ended."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.kernel.actors import Permission
from provning.organisation.actions import review_roles
from provning.organisation.role_reviews import ReviewRow, roles_to_review
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import ProvningForm, problems_on
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.roles.ending import FROM_REVIEW
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Pick, Table

MARKED, ONE, ALL = "role", "keep", "alla"


class ShowForm(ProvningForm):
    """Which roles: those that are overdue, or every one there is."""

    visa = forms.ChoiceField(
        label=gettext_lazy("Urval"),
        choices=[("", gettext_lazy("Att granska nu")), (ALL, gettext_lazy("Alla"))],
        required=False,
    )


@screen(permission=Permission.REVIEW_ROLES)
def review(request: ScreenRequest) -> HttpResponse:
    """List the roles to go through, and write down that the marked ones, or one, stay."""
    form = ProvningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with problems_on(form):
            seen = dict(filter(None, map(_seen, _sent(request))))
            count = review_roles(actor=request.actor, seen=seen, today=today())
            said = ngettext(
                "%(n)s roll är granskad och behålls.",
                "%(n)s roller är granskade och behålls.",
                count,
            )
            messages.success(request, said % {"n": count})
            return redirect(request.get_full_path())
    every = roles_to_review(request.actor, today())
    show = ShowForm(request.GET)
    chosen = show.cleaned_data["visa"] if show.is_valid() else ""
    rows = every if chosen == ALL else [each for each in every if each.is_overdue(today())]
    shown = page_of(request, rows)
    table = _table(shown, frozenset(request.POST.getlist(MARKED)))
    context = {
        "table": table,
        "page": shown,
        "show": show,
        "gives": _gives(request),
        "alone": any(each.alone for each in every),
    }
    return page(request, "roles/review.html", context, form=form)


def _sent(request: ScreenRequest) -> Iterable[str]:
    """Return the role whose own button was pressed, else the marked ones."""
    return request.POST.getlist(ONE) or request.POST.getlist(MARKED)


def _gives(request: ScreenRequest) -> bool:
    return request.actor.may(Permission.GIVE_ROLES)


def _key(row: ReviewRow) -> str:
    """Return a role together with the last day that is seen here; one's own is for others."""
    return "" if row.own else f"{row.key}:{row.placed.holding.held.valid_to or ''}"


def _seen(text: str) -> tuple[int, date | None] | None:
    """Return what `_key` wrote, None for anything else."""
    number, _colon, day = text.partition(":")
    try:
        return int(number), date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _heard(row: ReviewRow) -> str:
    holding = row.placed.holding
    place = row.placed.place or _("Hela systemet")
    return _("{role} för {who}, {place}").format(
        role=holding.held.name, who=holding.name, place=place
    )


def _table(shown: Page[ReviewRow], marked: frozenset[str]) -> Table[ReviewRow]:
    day = today()
    counted = ngettext("%(n)s roll", "%(n)s roller", shown.count) % {"n": shown.count}
    return Table(
        shown.rows,
        (
            Column("who", _("Namn"), _who, heads_row=True),
            Column("role", _("Roll"), lambda row: row.placed.holding.held.name),
            Column("place", _("Plats"), lambda row: row.placed.place or _("Hela systemet")),
            Column("from", _("Första dag"), lambda row: markup.day(_held(row)[0])),
            Column("to", _("Sista dag"), lambda row: markup.day(_held(row)[1])),
            Column("reviewed", _("Senast granskad"), _reviewed),
            Column("due", _("Granskas senast"), lambda row: _due(row, day)),
            Column("do", _("Gör"), _act, screen_only=True),
        ),
        caption=format_html("<b>{}</b>", counted),
        pick=Pick(MARKED, _key, _heard, marked),
        export="rollgranskning",
        every=shown.every,
    )


def _held(row: ReviewRow) -> tuple[date, date | None]:
    held = row.placed.holding.held
    return held.valid_from, held.valid_to


def _who(row: ReviewRow) -> SafeString:
    holding = row.placed.holding
    return format_html("{}<small>{}</small>", holding.name, holding.username)


def _reviewed(row: ReviewRow) -> SafeString:
    if row.reviewed_on is None:
        return format_html("{}", _("Aldrig"))
    return format_html("{}<small>{}</small>", markup.day(row.reviewed_on), row.reviewed_by)


def _due(row: ReviewRow, day: date) -> SafeString:
    shown = markup.day(row.due)
    if not row.is_overdue(day):
        return shown
    return format_html("{} {}", shown, markup.status("late", _("Försenad")))


def _act(row: ReviewRow) -> SafeString | str:
    """Return the two things to do with one role; one's own is gone through by somebody else."""
    if row.alone:
        return _("Ingen annan kan granska den.")
    if row.own:
        return _("Din egen roll granskas av någon annan.")
    heard = _heard(row)
    keep = format_html(
        '<button class="btn quiet" name="{}" value="{}" aria-label="{}">{}</button>',
        ONE,
        _key(row),
        _("Granskad, behålls: {role}").format(role=heard),
        _("Behålls"),
    )
    url = f"{reverse('roles:end')}?roll={row.key}&{FROM_REVIEW}"
    end = _("Avsluta: {role}").format(role=heard)
    link = format_html('<a href="{}" aria-label="{}">{}</a>', url, end, _("Avsluta"))
    return format_html("{} {}", keep, link)
