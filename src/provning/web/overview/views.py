"""The overview."""

from django.http import HttpResponse

from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import selected


@screen(methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponse:
    """Show where the work stands."""
    return page(request, "overview/overview.html", {"selection": selected(request)})
