"""Two rows of one person: what is asked of the kept row is answered for the merged one too.

A merge moves nothing (ADR 17): placements, enrolments and papers stay with the row they were
written for, and reads follow `Person.merged_into`.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from provning.people.models import Person


def of_person(person_id: UUID, path: str = "") -> Q:
    """Return the filter that keeps rows of the person and of what is merged into them.

    `path` leads to the person: "" for a row with `person`, "placement__" and the like.
    """
    return of_persons([person_id], path)


def of_persons(person_ids: Iterable[UUID], path: str = "") -> Q:
    """Return the filter for several persons."""
    return Q(**{f"{path}person__in": _kept_and_merged(set(person_ids))})


def of_the_same(person_ids: Iterable[UUID], path: str = "") -> Q:
    """Return the filter for several persons, each of whom may itself be merged into another."""
    given = Person.objects.filter(pk__in=set(person_ids)).order_by()
    return Q(**{f"{path}person__in": _kept_and_merged(given.values(root=KEPT))})


KEPT = Coalesce(F("merged_into_id"), F("pk"))
"""The kept row of a person."""


def _kept_and_merged(kept: Any) -> QuerySet[Person, Any]:
    """Return the ids of kept rows and of what is merged into them.

    As a question of its own, since a database looks through all placements for an "or" between
    columns of two tables, and finds each person's by its index for this.
    """
    return Person.objects.filter(Q(pk__in=kept) | Q(merged_into__in=kept)).order_by().values("pk")


def root_of(path: str = "") -> Coalesce:
    """Return the expression for whose row it is, with merged rows as their kept one's."""
    return Coalesce(F(f"{path}person__merged_into_id"), F(f"{path}person_id"))
