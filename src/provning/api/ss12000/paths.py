"""Every address with and without its last slash: clients write both."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path


def both(route: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """Return the two patterns of an address."""
    return [path(route, view, name=name), path(f"{route}/", view, name=f"{name}-slash")]
