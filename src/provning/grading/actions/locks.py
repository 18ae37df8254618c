"""Taking turns: who writes grades of the same placement waits for the other, then reads anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from provning.courses.queries import CourseRow, course_by_id
from provning.exams.models import ExamGroup, Placement
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDraft
from provning.grading.queries.decisions import decided_by_placement
from provning.grading.queries.sheet import grade_state, lock_of
from provning.grading.queries.standing import opinions_of
from provning.grading.rules import Attempt
from provning.grading.states import GradeState
from provning.kernel.problems import NotFoundError
from provning.people.models import Person

NEEDED = ("exam_date", "outcome", "person__status")
"""What is read of a locked placement: a sheet has a hundred of them."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A placement of the group, locked until the transaction ends, with what stands on it.

    `opinions` are what the group's teachers have answered, by person.
    """

    attempt: Attempt
    state: GradeState
    person_id: UUID
    draft: GradeDraft | None
    opinions: Mapping[UUID, str] = field(default_factory=dict)


def lock_group(group_id: UUID) -> None:
    """Lock a group, so that its teacher cannot change while its grades are decided."""
    groups = ExamGroup.objects.select_for_update(no_key=True)
    groups.filter(pk=group_id).order_by().values_list("pk").first()


def lock_placements(group: GroupRow, placement_ids: Iterable[UUID] | None) -> dict[UUID, Locked]:
    """Lock placements of the group, in one order for everybody, and read what stands on them.

    None means every placement. Raises `NotFoundError` when one is not the group's.
    """
    wanted = None if placement_ids is None else set(placement_ids)
    placements = Placement.objects.select_for_update(no_key=True, of=("self",))
    placements = placements.select_related("person").filter(group_id=group.id).only(*NEEDED)
    if wanted is not None:
        placements = placements.filter(pk__in=wanted)
    found = {placement.id: placement for placement in placements.order_by("pk")}
    if wanted is not None and wanted != found.keys():
        raise NotFoundError("placement")
    superseded = set(
        Placement.objects.filter(supersedes__in=found).values_list("supersedes_id", flat=True)
    )
    decided = decided_by_placement(found)
    drafts = {each.placement_id: each for each in GradeDraft.objects.filter(placement__in=found)}
    opinions = opinions_of(group, found)
    return {
        key: Locked(
            Attempt(
                placement_id=key,
                exam_date=placement.exam_date,
                outcome_label=_outcome_label(placement),
                superseded=key in superseded,
                lock=lock_of(decided[key]) if key in decided else None,
                deceased=placement.person.status == Person.Status.DECEASED,
                is_own_teacher=placement.person_id in group.teacher_ids,
            ),
            grade_state(drafts.get(key), decided.get(key), group),
            placement.person_id,
            drafts.get(key),
            {each.person_id: each.value for each in opinions.get(key, ())},
        )
        for key, placement in found.items()
    }


def course_of(group: GroupRow) -> CourseRow:
    """Return the group's course."""
    course = course_by_id(group.course_id)
    if course is None:
        raise NotFoundError("course")
    return course


def _outcome_label(placement: Placement) -> str:
    """Return why there is no grade, "" when there may be one."""
    outcome = Placement.Outcome(placement.outcome)
    return str(outcome.label) if outcome.value else ""
