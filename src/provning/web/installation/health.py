"""The state of the installation: what the doctor finds, the worst first."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.operations.finding import Condition, Finding
from provning.operations.health import rows
from provning.operations.jobs import MANAGE, require_all
from provning.web import markup
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

ORDER = (Condition.FAULT, Condition.WARNING, Condition.OK)


@screen(permission=MANAGE, methods=("GET", "HEAD"), everywhere=True)
def health(request: ScreenRequest) -> HttpResponse:
    """Look at everything now."""
    require_all(request.actor)
    found = sorted(rows(request.actor, datetime.now(UTC)), key=lambda row: ORDER.index(row.level))
    context = {"table": _table(found), "worst": found[0].level.value if found else "ok"}
    return page(request, "installation/health.html", context)


def level_mark(level: Condition) -> SafeString:
    """Return how bad a finding is, in words."""
    marks = {
        Condition.FAULT: markup.status("error", _("Fel")),
        Condition.WARNING: markup.status("soon", _("Se över")),
        Condition.OK: markup.status("done", _("Bra")),
    }
    return marks[level]


def _table(found: list[Finding]) -> Table[Finding]:
    def text(row: Finding) -> SafeString:
        return format_html("{}<small>{}</small>", row.text, row.remedy)

    return Table(
        found,
        (
            Column("text", _("Vad som är sett, och vad du gör"), text, heads_row=True),
            Column("level", _("Läge"), lambda row: level_mark(row.level)),
        ),
        caption=_("Installationens läge"),
        caption_hidden=True,
        export="halsa",
    )
