"""Taking turns: who writes grades of the same placement waits for the other, then reads anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from provning.audit.asking import evened, worded_once
from provning.courses.queries import CourseRow, course_by_id
from provning.exams.models import ExamGroup, Placement
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.queries.decisions import decided_by_placement, particulars_of
from provning.grading.queries.sheet import drafts_in, grade_state, lock_of
from provning.grading.queries.standing import opinions_of
from provning.grading.rows import Particulars
from provning.grading.rules import Attempt
from provning.grading.states import GradeState
from provning.kernel.problems import NotFoundError
from provning.people.models import Person

NOTHING = Particulars()


@dataclass(frozen=True, slots=True)
class Locked:
    """A placement of the group, locked until the transaction ends, with what stands on it.

    `particulars` stand beside the draft; `opinions` are what the teachers answered, by person.
    """

    attempt: Attempt
    state: GradeState
    person_id: UUID
    draft: GradeDraft | None
    particulars: Particulars = NOTHING
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
    placements = placements.filter(group_id=group.id)
    if wanted is not None:
        placements = placements.filter(pk__in=wanted)
    found = {
        key: (person_id, exam_date, outcome, status)
        for key, person_id, exam_date, outcome, status in placements.order_by("pk").values_list(
            "pk", "person_id", "exam_date", "outcome", "person__status"
        )
    }
    if wanted is not None and wanted != found.keys():
        raise NotFoundError("placement")
    keys = evened(found)
    superseded = {key for (key,) in _superseded(*keys)}
    # Nearly always there is none, and to read what stands around one takes four tables.
    has = {key for (key,) in _with_decision(*keys)}
    decided = decided_by_placement(has) if has else {}
    drafts = {each.placement_id: each for each in drafts_in(*keys)}
    opinions, teachers = opinions_of(group, found), group.teacher_ids
    return {
        key: Locked(
            Attempt(
                placement_id=key,
                exam_date=exam_date,
                outcome_label=_outcome_label(outcome),
                superseded=key in superseded,
                lock=lock_of(decided[key]) if key in decided else None,
                deceased=status == Person.Status.DECEASED,
                is_own_teacher=person_id in teachers,
            ),
            grade_state(draft, decided.get(key), group),
            person_id,
            draft,
            particulars_of(draft) if draft else NOTHING,
            {each.person_id: each.value for each in opinions.get(key, ())},
        )
        for key, (person_id, exam_date, outcome, status) in found.items()
        for draft in (drafts.get(key),)
    }


@worded_once
def _superseded(*keys: UUID) -> QuerySet[Placement, Any]:
    return Placement.objects.filter(supersedes__in=keys).values_list("supersedes_id")


@worded_once
def _with_decision(*keys: UUID) -> QuerySet[GradeDecision, Any]:
    return GradeDecision.objects.filter(placement__in=keys).values_list("placement_id")


def course_of(group: GroupRow) -> CourseRow:
    """Return the group's course."""
    course = course_by_id(group.course_id)
    if course is None:
        raise NotFoundError("course")
    return course


def _outcome_label(outcome: str) -> str:
    """Return why there is no grade, "" when there may be one."""
    return str(Placement.Outcome(outcome).label) if outcome else ""
