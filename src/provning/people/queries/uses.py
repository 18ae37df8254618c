"""Whether anything at all speaks of a person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import ForeignObjectRel

from provning.people.models import NameWord, Person, PersonNumber

OWN = frozenset({PersonNumber, NameWord})
AT_A_TIME = 500


def used_persons(person_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of the persons whom any row of any room points at, or who have an account.

    One query for each table and 500 persons.
    """
    ids = list(person_ids)
    used: set[UUID] = set()
    for start in range(0, len(ids), AT_A_TIME):
        used |= _used(ids[start : start + AT_A_TIME])
    return used


def _used(ids: list[UUID]) -> set[UUID]:
    accounts = Person.objects.filter(pk__in=ids, user__isnull=False)
    used = set(accounts.values_list("pk", flat=True))
    for relation in _relations():
        name = relation.field.name
        rows = relation.related_model._default_manager.filter(**{f"{name}__in": ids})  # noqa: SLF001 # Django documents it
        used |= set(rows.order_by().values_list(f"{name}_id", flat=True).distinct())
    return used


def _relations() -> list[ForeignObjectRel]:
    """Return every foreign key to a person, whatever room has it."""
    return [
        relation
        for relation in Person._meta.related_objects
        if relation.related_model not in OWN and not relation.many_to_many
    ]
