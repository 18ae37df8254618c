"""Whether the trail is whole: its last links walked now, and the ends kept of earlier days."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from provning.audit.queries import Anchor, anchors, chain_head, verify_end
from provning.organisation.trail import SEE
from provning.web import markup
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

WALKED = 1000


@screen(permission=SEE, methods=("GET", "HEAD"))
def chain(request: ScreenRequest) -> HttpResponse:
    """Walk the last links and show the ends that have been kept: numbers and checksums alone."""
    shown = page_of(request, list(reversed(anchors())))
    context = {
        "report": verify_end(WALKED),
        "head": chain_head(),
        "table": _table(shown),
        "page": shown,
    }
    return page(request, "trail/chain.html", context)


def _table(shown: Page[Anchor]) -> Table[Anchor]:
    return Table(
        shown.rows,
        (
            Column("day", _("Dag"), lambda row: markup.day(row.day), heads_row=True),
            Column("number", _("Sista händelsen"), lambda row: row.noted.number, align="n"),
            Column("digest", _("Kontrollsumma"), lambda row: row.noted.digest),
        ),
        caption=_("Sparade kontrollsummor"),
        caption_hidden=True,
        export="kontrollsummor",
        every=shown.every,
    )
