"""Those who are about to be placed: read out of the form, number by number and mark by mark."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from provning.exams.queries import GroupRow
from provning.kernel.actors import Actor
from provning.people.queries import PersonRow, PersonSearch, persons_for, search_persons
from provning.web.forms import problem_text

BETWEEN_NUMBERS = re.compile(r"[\n,;]+")
MOST_NUMBERS = 200


@dataclass(frozen=True, slots=True)
class Left:
    """One number that gave nobody: what is wrong with it, or that a request is the way on."""

    text: str
    number: str
    said: str
    may_request: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """Everything the form holds about whom to place.

    `left` are the numbers that stay in the box, `found` what a search by name has found, without
    those who are marked already. `searches` are all that was searched for, for the access log.
    """

    chosen: tuple[PersonRow, ...] = ()
    left: tuple[Left, ...] = ()
    found: PersonSearch | None = None
    searches: tuple[PersonSearch, ...] = ()

    @property
    def numbers(self) -> str:
        """Return what stays in the box of numbers."""
        return "\n".join(each.text for each in self.left)


def read_picked(actor: Actor, group: GroupRow, data: QueryDict, today: date) -> Picked:
    """Read whom the form holds: those marked, the numbers typed, and a search by name.

    One query for those marked and one for each number.
    """
    numbers = numbers_in(data.get("numbers", ""))
    searches = [
        (text, search_persons(actor, text, unit_id=group.unit_id, today=today))
        for text in numbers[:MOST_NUMBERS]
    ]
    marked = persons_for(actor, _ids(data.getlist("person")))
    by_number = (row for _text, search in searches for row in search.rows)
    rows = {row.id: row for row in (*marked.values(), *by_number)}
    left = [_left(text, search) for text, search in searches if not search.rows]
    left += _too_many(numbers[MOST_NUMBERS:])
    found = _found(actor, group, data, rows, today)
    made = (*(search for _text, search in searches), *([found] if found else []))
    return Picked(tuple(rows.values()), tuple(left), found, made)


def numbers_in(text: str) -> list[str]:
    """Return the numbers of the box, each once; what a spreadsheet puts after a tab is left out."""
    lines = (line.split("\t")[0].strip() for line in BETWEEN_NUMBERS.split(text))
    return list(dict.fromkeys(filter(None, lines)))


def _found(
    actor: Actor, group: GroupRow, data: Mapping[str, str], rows: Mapping[UUID, object], today: date
) -> PersonSearch | None:
    """Search by name, and leave out who is marked already."""
    text = data.get("search", "").strip()
    if not text:
        return None
    found = search_persons(actor, text, unit_id=group.unit_id, today=today)
    return replace(found, rows=[row for row in found.rows if row.id not in rows])


def _left(text: str, search: PersonSearch) -> Left:
    """Say why a number gave nobody."""
    said = " ".join(problem_text(each) for each in search.problems)
    return Left(text, search.number_display or text, said, search.never_enrolled)


def _too_many(rest: Sequence[str]) -> list[Left]:
    """Keep the numbers past the limit in the box, and say so once."""
    if not rest:
        return []
    said = _("Högst {most} nummer åt gången. Ta bort raderna härifrån, placera, och ta sedan dem.")
    first = f"{rest[0]} …"
    return [Left("\n".join(rest), first, said.format(most=MOST_NUMBERS), may_request=False)]


def _ids(texts: Iterable[str]) -> list[UUID]:
    """Return the ids that can be read, in the order of the form."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
