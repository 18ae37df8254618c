"""Group memberships: the placements that stand, with their one day."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from provning.exams.models import Placement
from provning.people.queries.same import of_persons, root_of
from provning.publishing.resources.declaring import Page, Written
from provning.publishing.viewer import Viewer


def standing(viewer: Viewer) -> QuerySet[Placement]:
    """Return the placements that stand, in the client's places, of whom it may know."""
    found = Placement.objects.filter(
        viewer.within_unit("group__unit"), viewer.shown("person__"), superseded_by__isnull=True
    )
    return found.exclude(outcome="withdrawn")


def members_of(groups: Iterable[UUID], page: Page) -> dict[UUID, list[Written]]:
    """Return the members of groups; one query, and one for their names."""
    found = standing(page.viewer).filter(group_id__in=list(groups))
    rows = list(found.order_by("exam_date", "pk").values_list("group_id", root_of(), "exam_date"))
    page.references.load("persons", (person for _group, person, _day in rows))
    made: dict[UUID, list[Written]] = {}
    for group, person, day in rows:
        member = {"person": page.references.to("persons", person), **_days(day.isoformat())}
        made.setdefault(group, []).append(member)
    return made


def memberships_of(persons: Iterable[UUID], page: Page) -> dict[UUID, list[Written]]:
    """Return the groups of persons, none when the call may not show groups."""
    from provning.publishing.resources.groups import fragments

    if not page.viewer.may_see("groups"):
        return {}
    found = standing(page.viewer).filter(of_persons(persons))
    rows = list(found.order_by("exam_date", "pk").values_list("group_id", root_of(), "exam_date"))
    groups = fragments({group for group, _person, _day in rows}, page)
    made: dict[UUID, list[Written]] = {}
    for group, person, day in rows:
        membership = {"group": groups[group], **_days(day.isoformat())}
        made.setdefault(person, []).append(membership)
    return made


def _days(day: str) -> Written:
    return {"startDate": day, "endDate": day}
