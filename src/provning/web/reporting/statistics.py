"""A term in figures: what a huvudman asks of its providers, on screen and as a file."""

from collections.abc import Sequence

from django.http.response import HttpResponseBase
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from provning.kernel.actors import Permission
from provning.reporting.queries import term_statistics
from provning.reporting.rows import ProviderStatistics
from provning.web import markup
from provning.web.exporting import exported
from provning.web.permissions import screen
from provning.web.reporting.choosing import asked_for, filter_form
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import selected
from provning.web.tables import Column, Table

VALUES = ("A", "B", "C", "D", "E", "F", "G", "IG")
PERCENT = 100


@screen(permission=Permission.VIEW_REPORTS, methods=("GET", "HEAD"))
def statistics(request: ScreenRequest) -> HttpResponseBase:
    """Show a term's figures, a provider at a time."""
    asked = asked_for(request)
    if asked is None:
        return page(request, "reporting/no_unit.html")
    rows = term_statistics(request.actor, asked.organiser_id, asked.term)
    table = _table(request, rows)
    answer = exported(request, [table], [("organiser", asked.organiser_id)])
    if answer:
        return answer
    context = {
        "asked": asked,
        "table": table,
        "filter": filter_form(selected(request), asked),
    }
    return page(request, "reporting/statistics.html", context)


def _table(request: ScreenRequest, rows: Sequence[ProviderStatistics]) -> Table[ProviderStatistics]:
    """Return the figures; a column for each grade that somebody has."""
    values = [each for each in VALUES if any(row.grades.get(each) for row in rows)]
    return Table(
        rows,
        (
            Column("provider", _("Anordnare"), lambda row: row.provider_name, heads_row=True),
            Column("trials", _("Prövningar"), lambda row: row.trials, align="n"),
            *(_value(each) for each in values),
            Column("none", _("Utan betyg"), _without, align="n"),
            Column("waiting", _("Väntar"), lambda row: row.waiting, align="n"),
            Column(
                "days", _("Dagar till beslut, snitt"), _days, align="n", short=_("Dagar, snitt")
            ),
            Column(
                "in_time", _("Inom tiden, procent"), _in_time, align="n", short=_("I tid, procent")
            ),
        ),
        caption=_("Terminen i siffror."),
        caption_hidden=True,
        query=request.GET,
        export="statistik",
    )


def _value(value: str) -> Column[ProviderStatistics]:
    return Column(value, value, lambda row: row.grades.get(value, 0), align="n")


def _without(row: ProviderStatistics) -> int:
    return sum(row.outcomes.values()) - row.waiting


def _days(row: ProviderStatistics) -> str:
    if row.average_days is None:
        return markup.NOTHING
    return number_format(row.average_days, 1)


def _in_time(row: ProviderStatistics) -> str:
    if row.share_in_time is None:
        return markup.NOTHING
    return number_format(PERCENT * row.share_in_time, 0)
