"""Sök elev: by identity number in any form, by case number, or by the words of a name."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import IdentityNumber, parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.swedish import search_words
from provning.organisation.queries import provider_scope
from provning.people.models import Enrolment, NameWord, Person, PersonNumber
from provning.people.names import word_range
from provning.people.queries.masking import IS_PROTECTED, in_clear, rows_of
from provning.people.queries.persons import persons_in_scope
from provning.people.queries.same import root_of
from provning.people.rows import PersonSearch
from provning.people.rules import CASE_NUMBER

DIGIT = re.compile(r"[0-9]")
LONGEST_TEXT = 300
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text asks for: exactly one of number, case number and words, or problems."""

    number: IdentityNumber | None = None
    case_number: str = ""
    words: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def search_persons(
    actor: Actor, text: str, *, unit_id: UUID | None = None, today: date, limit: int = 50
) -> PersonSearch:
    """Find the persons in the actor's scope, in Swedish order, protected ones last; one query.

    With `unit_id` only who is or was enrolled with that unit's provider. Protected persons are
    found by name only by who sees their identity. A number out of scope answers exactly as one
    that does not exist.
    """
    wanted = read_search(text, today)
    if wanted.problems:
        return PersonSearch([], list(wanted.problems))
    # Who is merged into another is found as that one.
    persons = persons_in_scope(actor, Permission.VIEW_PERSONS).filter(merged_into__isnull=True)
    if unit_id is not None:
        persons = persons.filter(_enrolled_at(actor, unit_id))
    ordered = _matching(actor, persons, wanted).order_by(IS_PROTECTED, "sort_key", "pk")
    rows = rows_of(actor, ordered[: limit + 1])
    return PersonSearch(
        rows[:limit],
        [],
        number_display=wanted.number.display if wanted.number else "",
        number=wanted.number.normal if wanted.number else "",
        never_enrolled=wanted.number is not None and not rows,
        more=len(rows) > limit,
    )


def read_search(text: str, today: date) -> Wanted:
    """Say what a text asks for: digits mean a number, all else a name; pure."""
    written = text.strip()[:LONGEST_TEXT]
    if CASE_NUMBER.fullmatch(written.upper()):
        return Wanted(case_number=written.upper())
    if DIGIT.search(written):
        try:
            return Wanted(number=parse_identity_number(written, today=today))
        except ProblemsFoundError as error:
            return Wanted(problems=tuple(error.problems))
    words = search_words(written)
    if not words:
        message = "Skriv ett personnummer eller början av ett namn."
        return Wanted(problems=(Problem("search-empty", "text", message, "Manual s. 2"),))
    return Wanted(words=tuple(words[:MOST_WORDS]))


def _matching(actor: Actor, persons: QuerySet[Person], wanted: Wanted) -> QuerySet[Person]:
    if wanted.number:
        owned = PersonNumber.objects.filter(number=wanted.number.normal)
        root = owned.annotate(root=root_of())
        return persons.filter(pk__in=root.values("root"))
    if wanted.case_number:
        return persons.filter(case_number=wanted.case_number)
    for word in wanted.words:
        low, high = word_range(word)
        named = NameWord.objects.filter(key__gte=low, key__lt=high)
        persons = persons.filter(pk__in=named.values("person_id"))
    return persons.annotate(named_in_clear=in_clear(actor)).filter(named_in_clear=True)


def _enrolled_at(actor: Actor, unit_id: UUID) -> Q:
    """Keep who is enrolled with the unit's provider, told only by enrolments in scope."""
    scope = provider_scope(actor, Permission.VIEW_PERSONS)
    providers = Enrolment.objects.filter(scope, person=OuterRef("pk"))
    return Q(Exists(providers.filter(provider__units=unit_id)))
