"""What has been handed over to others, and what of it is out of date."""

from django.http import HttpResponse

from provning.kernel.actors import Permission
from provning.reporting.queries import sent_exports
from provning.reporting.rows import SentState
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.reporting.tables import sent_table
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest


@screen(permission=Permission.MAKE_REPORTS, methods=("GET", "HEAD"))
def sent(request: ScreenRequest) -> HttpResponse:
    """List every export that has left, the latest first."""
    rows = sent_exports(request.actor)
    shown = page_of(request, rows)
    context = {
        "table": sent_table(shown.rows) if rows else None,
        "page": shown,
        "outdated": sum(each.state is SentState.OUTDATED for each in rows),
    }
    return page(request, "reporting/sent.html", context)
