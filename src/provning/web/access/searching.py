"""What every place where a number can be typed does: write the search down before it answers."""

from collections.abc import Iterable

from provning.access.actions import log_name_search, log_number_search
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import ProblemsFoundError
from provning.people.queries import PersonSearch
from provning.web.clock import today
from provning.web.screen_request import ScreenRequest


def log_typed_search(request: ScreenRequest, place: str, found: Iterable[PersonSearch]) -> None:
    """Write down searches that were made at once: the numbers together, each name by itself."""
    searches = list(found)
    log_typed_numbers(request, place, [each.number for each in searches if each.number])
    for each in searches:
        if not each.number and not each.problems:
            log_name_search(actor=request.actor, place=place, count=len(each.rows))


def log_typed_numbers(request: ScreenRequest, place: str, written: Iterable[str]) -> None:
    """Write down that somebody was asked for by number; what is no number asks for nobody."""
    numbers = [each for text in written for each in _normal(text)]
    if numbers:
        log_number_search(actor=request.actor, place=place, numbers=numbers)


def _normal(text: str) -> list[str]:
    try:
        return [parse_identity_number(text, today=today()).normal]
    except ProblemsFoundError:
        return []
