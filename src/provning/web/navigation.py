"""The main menu: the areas an actor may open, in the order of the work, the first in a row."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from provning.accounts.policies import may_everywhere
from provning.imports.kinds import KINDS
from provning.kernel.actors import Actor, Permission


@dataclass(frozen=True, slots=True)
class Area:
    """One area: the name of its first address, its word in the menu and who may open it.

    `everywhere` asks for the permission over the whole installation.
    """

    url_name: str
    label: str | Promise
    permissions: tuple[Permission, ...] = ()
    everywhere: bool = False

    def is_for(self, actor: Actor) -> bool:
        """Say whether the actor may open the area."""
        may = may_everywhere if self.everywhere else Actor.may
        return not self.permissions or any(may(actor, each) for each in self.permissions)


IN_ROW = 8
"""How many areas fit beside each other at 1280 pixels, in Swedish and in English."""

IMPORTING = tuple(dict.fromkeys(kind.permission for kind in KINDS.values()))
"""Who brings in files of any kind."""

AREAS = (
    Area("overview", _("Översikt")),
    Area("students:search", _("Elever"), (Permission.VIEW_PERSONS,)),
    Area("groups:list", _("Prövningsgrupper"), (Permission.VIEW_GROUPS,)),
    Area("requests:list", _("Begäran"), (Permission.SEND_REQUESTS, Permission.HANDLE_REQUESTS)),
    Area("grades:list", _("Betyg"), (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)),
    Area("catalogues:list", _("Betygskataloger"), (Permission.VIEW_CATALOGUES,)),
    Area("extracts:list", _("Utdrag"), (Permission.ISSUE_EXTRACTS,)),
    Area(
        "deliveries:list",
        _("Leveranser"),
        (Permission.SEND_DELIVERIES, Permission.RECEIVE_DELIVERIES),
    ),
    Area("reporting:list", _("Underlag"), (Permission.VIEW_REPORTS,)),
    Area("archive:packages", _("E-arkiv"), (Permission.RECEIVE_DELIVERIES,)),
    Area("imports:list", _("Inläsning"), IMPORTING),
    Area("reconciliation:start", _("Avstämning"), (Permission.VIEW_PERSONS,)),
    Area("feeds:files", _("Andra system"), (Permission.EXCHANGE_GRADES,)),
    Area("courses:search", _("Kurser")),
    Area("accounts:list", _("Konton"), (Permission.MANAGE_ACCOUNTS,)),
    Area("roles:list", _("Roller"), (Permission.GIVE_ROLES,)),
    Area("roles:delegation", _("Delegering"), (Permission.DELEGATE,)),
    Area("organisation:list", _("Organisation"), (Permission.MANAGE_ORGANISATION,)),
    Area("clients:list", _("API-klienter"), (Permission.MANAGE_ACCOUNTS,)),
    Area("privacy:cases", _("Identitetsärenden"), (Permission.REGISTER_PERSONS,)),
    Area("trail:list", _("Händelselogg"), (Permission.VIEW_AUDIT,)),
    Area("privacy:list", _("Skyddade personuppgifter"), (Permission.VIEW_PROTECTED,)),
    Area("access:log", _("Åtkomstlogg"), (Permission.VIEW_AUDIT,)),
    Area("archive:disposal", _("Gallring"), (Permission.DISPOSE,)),
    Area(
        "installation:health",
        _("Installation"),
        (Permission.MANAGE_ORGANISATION,),
        everywhere=True,
    ),
)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link of the menu; `current` is "page" on the area's first page, "true" further in."""

    label: str
    url: str
    current: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The links that stand in the row, and those that "Mer" opens."""

    row: list[MenuItem]
    more: list[MenuItem]

    @property
    def in_more(self) -> bool:
        """Whether the page belongs to an area that "Mer" holds."""
        return any(item.current for item in self.more)

    def has(self, url: str) -> bool:
        """Say whether an address is one of the menu's."""
        return any(item.url == url for item in (*self.row, *self.more))


def menu(actor: Actor, path: str) -> Menu:
    """Return the actor's menu, as seen from a path; "Mer" never holds a single link."""
    items = [
        MenuItem(str(area.label), url, _current(url, path))
        for area in AREAS
        if (url := address_of(area.url_name)) and area.is_for(actor)
    ]
    row = len(items) if len(items) <= IN_ROW + 1 else IN_ROW
    return Menu(items[:row], items[row:])


@lru_cache
def address_of(url_name: str) -> str:
    """Return the address of an area, "" when the area does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
