"""Who in the register a row speaks of: by number now or before, by case number, by name and birth.

Everybody that some rows may speak of is read at once, within the reach of whoever imports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from provning.access.actions import log_number_search
from provning.imports import row_rules
from provning.imports.plans import Setting
from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import IdentityNumber, parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.people.models import Person, PersonNumber
from provning.people.names import name_sort_key, shares_a_word, sorted_name
from provning.people.queries import person_scope
from provning.people.queries.masking import in_clear, read_number
from provning.people.rules import CASE_NUMBER

PLACE = "imports:rows"


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the register as the planning sees them; `masked` when the importer may not."""

    id: UUID
    given_name: str
    family_name: str
    email: str
    protection: str
    status: str
    version: int
    case_number: str
    number: str
    status_on: str
    masked: bool

    @property
    def protected(self) -> bool:
        """Say whether the identity is protected."""
        return self.protection != Person.Protection.NONE

    @property
    def name(self) -> str:
        """Return Efternamn, Förnamn."""
        return sorted_name(self.given_name, self.family_name)

    @property
    def birth_date(self) -> date | None:
        """Return the day of birth that the number in use gives."""
        return read_number(self.number).birth_date if self.number else None


@dataclass(frozen=True, slots=True)
class Written:
    """Who a row says it is: one of number and case number, or the problems of what stands there."""

    number: IdentityNumber | None = None
    case_number: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """Return what tells two rows of different persons apart, "" when it cannot be read."""
        return self.number.normal if self.number else self.case_number


@dataclass(slots=True)
class Register:
    """The persons that some rows may speak of.

    `now` and `before` have the owners of numbers in use and of numbers that were; `taken` are the
    numbers that somebody out of reach has or has had.
    """

    now: dict[str, Known] = field(default_factory=dict)
    before: dict[str, list[Known]] = field(default_factory=dict)
    by_case: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def owners(self, written: Written) -> list[Known]:
        """Return whom a number or case number may mean: one for a number in use."""
        if written.number is None:
            return (
                [self.by_case[written.case_number]] if written.case_number in self.by_case else []
            )
        current = self.now.get(written.number.normal)
        return [current] if current else self.before.get(written.number.normal, [])

    def ids(self) -> set[UUID]:
        """Return everybody whom a number or case number may mean."""
        every = [*self.now.values(), *self.by_case.values()]
        return {
            each.id for each in (*every, *(one for some in self.before.values() for one in some))
        }

    def alike(self, given_name: str, family_name: str, born: date | None) -> list[Known]:
        """Return who has the same name and the same day of birth, in no order that matters."""
        key = name_sort_key(given_name, family_name)
        return [each for each in self.by_name.get(key, []) if born and each.birth_date == born]


def read_written(text: str, today: date) -> Written:
    """Read what stands in a row's column for the person."""
    compact = text.strip().upper()
    if CASE_NUMBER.fullmatch(compact):
        return Written(case_number=compact)
    try:
        return Written(number=parse_identity_number(text, today=today))
    except ProblemsFoundError as error:
        return Written(problems=tuple(error.problems))


def register_for(
    setting: Setting,
    permission: Permission,
    written: Sequence[Written],
    names: Iterable[tuple[str, str]] = (),
) -> Register:
    """Read everybody that the rows may speak of; two queries for any number of rows.

    A number of somebody out of reach is written down in the access log, as a search is.
    """
    numbers = {each.number.normal for each in written if each.number}
    owned = list(
        PersonNumber.objects.filter(number__in=numbers)
        .order_by("valid_from", "pk")
        .values_list("number", "person_id", "valid_to")
    )
    ids = {person_id for _number, person_id, _to in owned}
    cases = {each.case_number for each in written if each.case_number}
    keys = {name_sort_key(*each) for each in names if any(each)}
    wanted = Q(pk__in=ids) | Q(case_number__in=cases) | Q(sort_key__in=keys)
    persons = _persons(setting.actor, permission, wanted)
    register = _register(owned, persons, keys)
    if register.taken:
        log_number_search(
            actor=setting.actor, place=PLACE, numbers=register.taken, right=permission
        )
    return register


def doubt(known: Known, written_name: str) -> Problem | None:
    """Ask whether it is the same person when the names have nothing in common."""
    if known.masked or shares_a_word(known.name, written_name):
        return None
    return row_rules.other_name(known.name, written_name)


def _persons(actor: Actor, permission: Permission, wanted: Q) -> list[tuple[Known, str]]:
    """Return the persons within reach, each with the key of the name."""
    current = PersonNumber.objects.filter(person=OuterRef("pk"), valid_to__isnull=True)
    rows = (
        Person.objects.filter(wanted)
        .filter(person_scope(actor, permission))
        .annotate(
            current=Subquery(current.values("number")[:1]),
            clear=in_clear(actor),
            key=F("sort_key"),
        )
        .values_list(
            "id",
            "given_name",
            "family_name",
            "email",
            "protection",
            "status",
            "version",
            "case_number",
            "current",
            "status_on",
            "clear",
            "key",
        )
    )
    return [
        (
            Known(*row[:7], row[7] or "", row[8] or "", str(row[9] or ""), masked=not row[10]),
            row[11],
        )
        for row in rows
    ]


def _register(
    owned: Sequence[tuple[str, UUID, date | None]],
    persons: Sequence[tuple[Known, str]],
    keys: set[str],
) -> Register:
    """Put the persons where the rows look for them."""
    register = Register()
    by_id = {known.id: known for known, _key in persons}
    for number, person_id, valid_to in owned:
        known = by_id.get(person_id)
        if known is None:
            register.taken.add(number)
        elif valid_to is None:
            register.now[number] = known
        elif known not in register.before.setdefault(number, []):
            register.before[number].append(known)
    for known, key in persons:
        if known.case_number:
            register.by_case[known.case_number] = known
        if key in keys and not known.masked:
            register.by_name.setdefault(key, []).append(known)
    return register
