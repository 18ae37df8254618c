"""Short words for tests of deliveries."""

from collections.abc import Callable

import pytest

from provning.archive.models import Delivery
from provning.kernel.problems import (
    ProblemsFoundError,
)
from provning.people.models import Person


def codes(act: Callable[[], object]) -> list[str]:
    """Return the codes of the problems that an act is refused with."""
    with pytest.raises(ProblemsFoundError) as caught:
        act()
    return [each.code for each in caught.value.problems]


def steps(delivery: Delivery) -> list[tuple[int, str]]:
    return list(delivery.steps.order_by("number").values_list("number", "kind"))


def shown_number(person: Person) -> str:
    """Return a person's number as it is printed."""
    number = person.numbers.get().number
    return f"{number[:8]}-{number[8:]}"
