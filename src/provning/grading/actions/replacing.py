"""Storing the decision that takes another's place, and telling the trail of both."""

import dataclasses
from datetime import UTC, datetime
from typing import Final

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.courses.rows import CourseRow
from provning.exams.models import Placement
from provning.grading import events
from provning.grading.actions.superseding import Act, Held, Kind
from provning.grading.models import GradeDecision, JointDecider
from provning.grading.rules.superseding import overtaken_meanwhile
from provning.grading.sealing import seal_of

EVENTS: Final = {
    Kind.CORRECTION: events.GRADE_CORRECTED,
    Kind.AMENDMENT: events.GRADE_AMENDED,
}


def supersede(held: Held, act: Act, placement: Placement, course: CourseRow) -> GradeDecision:
    """Let a new decision take the held one's place, and tell the trail once of both.

    Raises `ConflictError` when the database says that somebody was first.
    """
    decision = _store(held, act, placement, course)
    record(
        EVENTS[act.kind],
        actor=act.actor,
        subjects=_subjects(held, decision),
        before=_facts_before(held),
        after=_facts_after(held, act, decision),
        reason=act.reason,
    )
    return decision


def _store(held: Held, act: Act, placement: Placement, course: CourseRow) -> GradeDecision:
    """Store the decision that takes the held one's place, with those who decided along.

    Course and points stay as they were written on the day, unless the course is another.
    """
    old, scale = held.old, course.scale_on(placement.exam_date)
    same_course = course.id == old.course_id
    with refused_as(overtaken_meanwhile()):
        decision = GradeDecision.objects.create(
            placement=placement,
            value=act.value,
            scale_id=scale.id if scale else "",
            course_code=old.course_code if same_course else course.code,
            course_name=old.course_name if same_course else course.name,
            points=old.points if same_course else course.points,
            decided_by=act.person,
            decided_by_name=act.decider_name,
            decider_role=act.role,
            registered_by_account=act.actor.id,
            registered_by_name=act.actor.name,
            decided_at=datetime.now(UTC),
            submission=act.submission,
            supersedes_id=old.id,
            correction_type=act.kind,
            ground=act.ground,
            reason=act.reason,
            hearing=act.hearing,
            hearing_note=act.hearing_note,
            **dataclasses.asdict(act.particulars),
        )
        JointDecider.objects.bulk_create(
            JointDecider(decision=decision, person_id=person_id, name=name)
            for person_id, name in act.joint.items()
        )
    return decision


def _subjects(held: Held, decision: GradeDecision) -> list[tuple[str, object]]:
    """Return everything that an event about both decisions speaks of."""
    placements = (held.placement, decision.placement)
    return [
        ("person", held.old.person_id),
        *(("grade", each.id) for each in placements),
        *(("placement", each.id) for each in placements),
        *(("exam_group", each.group_id) for each in placements),
    ]


def _facts_before(held: Held) -> dict[str, object]:
    """Return what the trail keeps of the decision that is superseded."""
    old = held.old
    return {
        "decision": old.id,
        "value": old.value,
        "exam_date": old.exam_date,
        "course": old.course_code,
        "group": old.group_name,
        "particulars": dataclasses.asdict(old.particulars),
    }


def _facts_after(held: Held, act: Act, decision: GradeDecision) -> dict[str, object]:
    """Return what the trail keeps of the new decision; its seal is held against the table."""
    old = held.old
    return {
        "decision": decision.id,
        "value": decision.value,
        "exam_date": decision.placement.exam_date,
        "seal": seal_of(
            decision,
            exam_date=decision.placement.exam_date,
            person_id=decision.placement.person_id,
            joint=act.joint.items(),
        ),
        "course": decision.course_code,
        "group": decision.placement.group.name,
        "particulars": dataclasses.asdict(act.particulars),
        "old_value": old.value,
        "old_course": old.course_code,
        "old_date": old.exam_date,
        "decided_by": act.decider_name,
        "decided_with": list(act.joint.values()),
        "decider_role": act.role,
        "ground": act.ground,
        "delegated_by": act.delegated_by,
        "hearing": act.hearing,
    }
