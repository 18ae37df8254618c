"""What a program asks for by number is written down, whether it found somebody or not."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from provning.access.actions import log_number_search
from provning.api.access import Machine
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import ProblemsFoundError


def log_asked_numbers(request: HttpRequest, caller: Machine, written: Iterable[str]) -> None:
    """Write down that persons were asked for by number; what is no number asks for nobody."""
    numbers = [each for text in written for each in _normal(text)]
    if numbers:
        place = request.resolver_match.view_name if request.resolver_match else ""
        log_number_search(actor=caller.actor, place=place, numbers=numbers)


def _normal(text: str) -> list[str]:
    try:
        return [parse_identity_number(text, today=date.max).normal]
    except ProblemsFoundError:
        return []
