"""What the frame of every page shows: who, where, when, and the switches."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from provning.accounts.queries import role_name
from provning.kernel.actors import Actor
from provning.web import preferences
from provning.web.clock import today
from provning.web.navigation import Menu, address_of, menu
from provning.web.screen_request import ScreenRequest, actor_of
from provning.web.selection import Selection, selected
from provning.web.undo import Undo, take_undo


@dataclass(frozen=True, slots=True)
class Language:
    """One language a page can be read in; `name` is what the language calls itself."""

    code: str
    name: str
    current: bool


LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}


class Frame:
    """The frame of one page; everything is looked up when the template asks, and only then."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request."""
        self._request = request

    @cached_property
    def actor(self) -> Actor | None:
        """Who is signed in."""
        return actor_of(self._request)

    @cached_property
    def role(self) -> str:
        """What the organiser calls the actor's first role."""
        if self.actor is None or not self.actor.grants:
            return ""
        unit = self.selection.unit if self.selection else None
        return role_name(self.actor.grants[0].role, unit.organiser_id if unit else None)

    @cached_property
    def menu(self) -> Menu:
        """The main menu."""
        return menu(self.actor, self._request.path) if self.actor else Menu([], [])

    @cached_property
    def selection(self) -> Selection | None:
        """The chosen unit and term."""
        return selected(cast("ScreenRequest", self._request)) if self.actor else None

    @cached_property
    def organiser(self) -> str:
        """The name of the organiser whose unit is chosen."""
        unit = self.selection.unit if self.selection else None
        return unit.organiser_name if unit else ""

    @cached_property
    def student_search(self) -> str:
        """Where the search of the header goes, "" for who may not search."""
        return self._in_menu("students:search")

    @cached_property
    def group_search(self) -> str:
        """Where the header's search goes for who sees groups only."""
        return self._in_menu("groups:list")

    def _in_menu(self, url_name: str) -> str:
        """Return the address of an area of the actor's menu, "" when it is not there."""
        url = address_of(url_name)
        return url if self.menu.has(url) else ""

    @property
    def languages(self) -> list[Language]:
        """The languages to choose from."""
        now = get_language()
        return [Language(code, name, code == now) for code, name in LANGUAGE_NAMES.items()]

    @cached_property
    def theme(self) -> str:
        """Return "light", "dark" or "" for what the computer says."""
        return preferences.theme_of(self._request)

    @cached_property
    def here(self) -> str:
        """Where to come back to after a switch: this page, or the start after a POST."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @cached_property
    def undo(self) -> Undo | None:
        """What can be undone, shown once."""
        return take_undo(self._request)

    @property
    def today(self) -> str:
        """The day on printed lists."""
        return today().isoformat()

    @property
    def is_demo(self) -> bool:
        """Say whether everybody on the screens is invented."""
        return bool(settings.DEMO)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Give every template its `frame`."""
    return {"frame": Frame(request)}
