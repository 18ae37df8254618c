"""The school unit and the term a person works with: chosen once, kept in the session."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, units_for
from provning.web.clock import today
from provning.web.screen_request import ScreenRequest

UNIT_KEY = "chosen_unit"
TERM_KEY = "chosen_term"
TERMS_BACK = 5
TERMS_AHEAD = 2
# The first of these that the actor holds decides which units there are to choose from.
UNIT_PERMISSIONS = (
    Permission.VIEW_GROUPS,
    Permission.VIEW_PERSONS,
    Permission.MANAGE_ORGANISATION,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen, and what there is to choose from; `unit` is None when there is none."""

    unit: UnitRow | None
    term: Term
    units: tuple[UnitRow, ...]
    terms: tuple[Term, ...]


def selected(request: ScreenRequest) -> Selection:
    """Return the actor's chosen unit and term; at most one query per request.

    Without a choice: the actor's first unit in Swedish order, and the term of today. A unit that
    the actor has lost is forgotten.
    """
    cached: Selection | None = getattr(request, "_selection", None)
    if cached is None:
        cached = _selected(request)
        request._selection = cached  # type: ignore[attr-defined] # noqa: SLF001 # once per request
    return cached


def choose(request: ScreenRequest, *, unit: str = "", term: str = "") -> None:
    """Keep a choice of unit id and term code; what the actor cannot choose is left as it was."""
    selection = selected(request)
    if any(unit == str(each.id) for each in selection.units):
        request.session[UNIT_KEY] = unit
    if read_term(term) is not None:
        request.session[TERM_KEY] = term
    del request._selection  # type: ignore[attr-defined] # noqa: SLF001 # read it anew


def choose_unit(request: ScreenRequest, unit_id: UUID, term: Term | None = None) -> None:
    """Keep a choice that a screen has made, such as a filter or a group that was opened."""
    choose(request, unit=str(unit_id), term=term.code if term else "")


def read_term(text: str) -> Term | None:
    """Return the term of a code such as HT26, None when there is none."""
    try:
        return Term.parse(text)
    except ProblemsFoundError:
        return None


@lru_cache
def terms_around(term: Term, also: Term) -> tuple[Term, ...]:
    """Return the terms a person may choose, the latest first."""
    found = {term, also}
    earlier = later = term
    for _step in range(TERMS_BACK):
        found.add(earlier := earlier.previous())
    for _step in range(TERMS_AHEAD):
        found.add(later := later.next())
    return tuple(sorted(found, reverse=True))


def _selected(request: ScreenRequest) -> Selection:
    units = _units(request.actor)
    wanted = request.session.get(UNIT_KEY)
    first = units[0] if units else None
    unit = next((each for each in units if str(each.id) == wanted), first)
    now = Term.of(today())
    chosen: str = request.session.get(TERM_KEY, "")
    term = (chosen and read_term(chosen)) or now
    return Selection(unit, term, units, terms_around(now, term))


def _units(actor: Actor) -> tuple[UnitRow, ...]:
    held = [each for each in UNIT_PERMISSIONS if actor.may(each)]
    return tuple(units_for(actor, held[0])) if held else ()
