"""Undo instead of "are you sure": what was done can be taken back on the next page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.http import HttpRequest

KEY = "undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """What happened, and the form that takes it back."""

    text: str
    url: str
    fields: Mapping[str, str]


def offer_undo(request: HttpRequest, text: str, url: str, **fields: object) -> None:
    """Show on the next page what was done with a button that posts the fields to the address."""
    offered = Undo(text, url, {name: str(value) for name, value in fields.items()})
    request.session[KEY] = asdict(offered)


def take_undo(request: HttpRequest) -> Undo | None:
    """Return what is on offer, once."""
    session = getattr(request, "session", None)
    offered = session.pop(KEY, None) if session is not None else None
    return Undo(**offered) if offered else None
