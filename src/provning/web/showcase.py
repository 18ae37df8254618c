"""Every component on one page, while debugging."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from provning.web.permissions import screen


@screen(public=True, methods=("GET", "HEAD"))
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in its states."""
    return render(request, "components/showcase.html")
