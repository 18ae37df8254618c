"""The one page that shows a secret."""

from datetime import UTC, datetime

from django.http import HttpResponse

from provning.clients.rows import MadeClient
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def shown_once(request: ScreenRequest, made: MadeClient) -> HttpResponse:
    """Show a new secret; sent once more, the form gives the same page without it."""
    return page(request, "clients/secret.html", {"made": made})
