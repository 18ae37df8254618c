"""What an answer held is written down, and nothing else is looked at."""

from itertools import product
from uuid import UUID

from provning.access.watching import accesses
from provning.kernel.seen import Seen

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_an_answer_has_entries_exactly_when_it_holds_somebody_or_is_a_file() -> None:
    held = product(
        ({}, {ONE: False}, {ONE: True, OTHER: False}), (None, ONE), ("", "lista.csv"), ("", "a.pdf")
    )
    wrong = [
        (seen, sent)
        for persons, subject, file, sent in held
        for seen in [Seen(dict(persons), subject, file)]
        if bool(list(accesses(seen, "plats", "/", sent))) != bool(sent or seen.holds_somebody)
    ]
    assert wrong == []
