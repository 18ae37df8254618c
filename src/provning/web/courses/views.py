"""Searching the course register."""

from datetime import date

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.courses.queries import CourseHit, search_courses
from provning.web import markup
from provning.web.clock import today
from provning.web.courses.choosing import options, points_text, why_not
from provning.web.fields import read_day
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest, is_fetch
from provning.web.tables import Column, Table

FEW = 12
MANY = 50


@screen(methods=("GET", "HEAD"))
def search(request: ScreenRequest) -> HttpResponse:
    """Answer with options to a combobox, and with a page to a person.

    `q` is what was typed, `on` the day the course is wanted for (today when left out).
    """
    text = request.GET.get("q", "").strip()
    on = read_day(request.GET.get("on", "")) or today()
    if is_fetch(request):
        hits = search_courses(text, on=on, limit=FEW)
        return page(request, "components/options.html", {"options": options(hits)})
    return page(request, "courses/search.html", _context(text, on))


def _context(text: str, on: date) -> dict[str, object]:
    """Return what the page shows; one hit too many tells that there are more."""
    found = search_courses(text, on=on, limit=MANY + 1)
    hits, more = found[:MANY], len(found) > MANY
    return {"q": text, "on": on, "table": _table(hits, more=more), "more": more}


def _table(hits: list[CourseHit], *, more: bool) -> Table[CourseHit]:
    count = ngettext("%(n)s kurs", "%(n)s kurser", len(hits)) % {"n": len(hits)}
    rest = _(", det finns fler: skriv mer av namnet eller koden") if more else ""
    return Table(
        hits,
        (
            Column("name", _("Kurs"), lambda hit: hit.course.name, heads_row=True),
            Column("code", _("Kurskod"), _code),
            Column("points", _("Poäng"), lambda hit: points_text(hit.course), align="n"),
            Column("curriculum", _("Regelverk"), lambda hit: _(hit.course.curriculum.label)),
            Column("pairs", _("Samma innehåll"), _pairs),
            Column("state", _("Prövning"), _state),
        ),
        caption=format_html("<b>{}</b>{}.", count, rest),
        export="kurser",
    )


def _code(hit: CourseHit) -> SafeString:
    return format_html("<code>{}</code>", hit.course.code)


def _pairs(hit: CourseHit) -> SafeString | str:
    if not hit.pairs:
        return markup.NOTHING
    return format_html_join(", ", "<code>{}</code>", ((code,) for code in hit.pairs))


def _state(hit: CourseHit) -> SafeString:
    if hit.selectable:
        return markup.status("done", _("Går att pröva"))
    return format_html("{}<small>{}</small>", markup.status("none", _("Går inte")), why_not(hit))
