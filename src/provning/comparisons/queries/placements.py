"""The placements that are stored here, as the reconciliation reads them."""

from collections.abc import Iterator
from uuid import UUID

from provning.exams.models import Placement as StoredPlacement
from provning.exams.queries.groups import VALID
from provning.exams.queries.scope import group_scope
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Term
from provning.people.models import Person
from provning.people.names import sorted_name
from provning.people.queries import PersonRow, person_rows
from provning.reconciliation import Placement


def stored_placements(actor: Actor, provider_id: UUID, term: Term) -> tuple[list[Placement], int]:
    """Return a provider's placements of a term, and how many are of persons who are hidden.

    Those are left out: the actor may not see whose they are.
    """
    found = list(
        StoredPlacement.objects.filter(
            group_scope(actor, Permission.VIEW_GROUPS, "group__"),
            VALID,
            group__unit__provider_id=provider_id,
            group__year=term.year,
            group__season=term.season,
        )
        .select_related("group__course", "group__grading_teacher")
        .order_by("group__name", "exam_date", "id")
    )
    persons = person_rows(actor, [each.person_id for each in found])
    placements = list(_placements(found, persons))
    return placements, len(found) - len(placements)


def _placements(
    found: list[StoredPlacement], persons: dict[UUID, PersonRow]
) -> Iterator[Placement]:
    """Give those whose person the actor sees; `row` counts all of them."""
    for row, each in enumerate(found, start=1):
        person = persons[each.person_id]
        if not person.masked:
            yield _placement(row, each, person)


def _placement(row: int, each: StoredPlacement, person: PersonRow) -> Placement:
    """Return one as the reconciliation reads it."""
    group, teacher = each.group, each.group.grading_teacher
    return Placement(
        row=row,
        number=person.number_display.replace("-", ""),
        person_id=str(person.id),
        name=person.label,
        course=group.course.code,
        first_day=each.exam_date,
        last_day=each.exam_date,
        group=group.name,
        group_id=str(group.id),
        group_first_day=group.start_date,
        group_last_day=group.end_date,
        teacher=_name(teacher),
        teacher_id=str(teacher.id) if teacher else "",
        cancelled=bool(each.outcome),
    )


def _name(teacher: Person | None) -> str:
    """Return a teacher's name, "" when there is none or it is protected: the id is compared."""
    if teacher is None or teacher.is_protected:
        return ""
    return sorted_name(teacher.given_name, teacher.family_name)
