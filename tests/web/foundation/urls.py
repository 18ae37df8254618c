"""The program's addresses, the page with every component, and options for its combobox."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from provning.web.permissions import screen
from provning.web.pieces import Option
from provning.web.showcase import components

OPTIONS = (
    Option("1", "Matematik 3b", "MATMAT03b · 100 p"),
    Option("2", "Matematik 3c", why_not="Betygssätts inte."),
    Option("3", "Matematik 4", "MATMAT04 · 100 p"),
)


@screen(public=True)
def options(request: HttpRequest) -> HttpResponse:
    """Answer with the options that hold what was typed."""
    typed = request.GET.get("q", "").lower()
    found = [each for each in OPTIONS if typed in each.text.lower()]
    return render(request, "components/options.html", {"options": found})


urlpatterns = [
    path("", include("provning.config.urls")),
    path("komponenter/", components, name="components"),
    path("val/", options, name="options"),
]
