"""Two rows of one person: what is asked of the kept row is answered for the merged one too.

A merge moves nothing (ADR 17): placements, enrolments and papers stay with the row they were
written for, and reads follow `Person.merged_into`.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce


def of_person(person_id: UUID, path: str = "") -> Q:
    """Return the filter that keeps rows of the person and of what is merged into them.

    `path` leads to the person: "" for a row with `person`, "placement__" and the like.
    """
    return Q(**{f"{path}person_id": person_id}) | Q(**{f"{path}person__merged_into_id": person_id})


def of_persons(person_ids: Iterable[UUID], path: str = "") -> Q:
    """Return the filter for several persons."""
    ids = set(person_ids)
    return Q(**{f"{path}person_id__in": ids}) | Q(**{f"{path}person__merged_into_id__in": ids})


def root_of(path: str = "") -> Coalesce:
    """Return the expression for whose row it is, with merged rows as their kept one's."""
    return Coalesce(F(f"{path}person__merged_into_id"), F(f"{path}person_id"))
