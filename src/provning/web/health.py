"""Whether the program is up, for whoever keeps it running."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from provning.web.permissions import screen


@screen(public=True, methods=("GET", "HEAD"))
def health(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
