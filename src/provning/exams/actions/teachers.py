"""Connecting those who decide a group's grades: one teacher, or two who decide together."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_changed
from provning.exams.actions.groups import group_state
from provning.exams.actions.locks import held_group
from provning.exams.events import (
    CO_TEACHER_CONNECTED,
    CO_TEACHER_DISCONNECTED,
    TEACHER_CONNECTED,
    TEACHER_DISCONNECTED,
)
from provning.exams.models import ExamGroup
from provning.exams.queries.facts import group_fact
from provning.exams.rules import (
    co_teacher_problems,
    day_on_duty,
    teacher_problems,
    together_problems,
)
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import Problem, refuse_if
from provning.people.queries import teacher_on


@transaction.atomic
def connect_grading_teacher(
    *,
    actor: Actor,
    group_id: UUID,
    teacher_id: UUID | None,
    expected_version: int,
    today: date,
) -> ExamGroup:
    """Connect the group's betygssättande lärare, or with None leave it without (Manual s. 3).

    Grades that are decided keep the one who decided them. Who decides together with the teacher
    stays, and so has to be taken away before the teacher is.
    """
    group = held_group(actor, group_id, Permission.EDIT_GROUPS)
    refuse_if_changed("exam_group", group.id, version=group.version, expected=expected_version)
    if teacher_id == group.grading_teacher_id:
        return group
    refuse_if(_teacher_problems(group, teacher_id, today))
    before = group_state(group)
    group.grading_teacher_id, group.version = teacher_id, group.version + 1
    group.save(update_fields=["grading_teacher", "version"])
    name = TEACHER_DISCONNECTED if teacher_id is None else TEACHER_CONNECTED
    _record(name, actor, group, before, {teacher_id, before["teacher_id"]})
    return group


@transaction.atomic
def connect_co_teacher(
    *,
    actor: Actor,
    group_id: UUID,
    teacher_id: UUID | None,
    expected_version: int,
    today: date,
) -> ExamGroup:
    """Connect a second teacher who decides together with the first, or with None nobody.

    The legitimated one when the first is not, or a second examiner (Skollagen 3 kap. 16 §, 20 kap.
    41 §). Grades that are decided keep those who decided them.
    """
    group = held_group(actor, group_id, Permission.EDIT_GROUPS)
    refuse_if_changed("exam_group", group.id, version=group.version, expected=expected_version)
    if teacher_id == group.co_grading_teacher_id:
        return group
    if teacher_id is not None:
        refuse_if(_co_teacher_problems(group, teacher_id, today))
    before = group_state(group)
    group.co_grading_teacher_id, group.version = teacher_id, group.version + 1
    group.save(update_fields=["co_grading_teacher", "version"])
    name = CO_TEACHER_DISCONNECTED if teacher_id is None else CO_TEACHER_CONNECTED
    _record(name, actor, group, before, {teacher_id, before["co_teacher_id"]})
    return group


def _teacher_problems(group: ExamGroup, teacher_id: UUID | None, today: date) -> list[Problem]:
    """Say why the teacher cannot have the group, or why it cannot be left without."""
    names = group_state(group)
    together = together_problems(teacher_id, group.co_grading_teacher_id, str(names["co_teacher"]))
    if teacher_id is None:
        return together
    day = day_on_duty(group.start_date, group.end_date, today)
    others = ExamGroup.objects.filter(
        unit_id=group.unit_id, course_id=group.course_id, year=group.year, season=group.season
    )
    facts = map(group_fact, others.exclude(pk=group.pk).select_related("course", "grading_teacher"))
    found = teacher_problems(
        teacher_id,
        group.course_id,
        facts,
        on_duty=teacher_on(teacher_id, group.unit_id, day) is not None,
        unit_name=group.unit.name,
        on=day,
    )
    return [*together, *found]


def _co_teacher_problems(group: ExamGroup, teacher_id: UUID, today: date) -> list[Problem]:
    """Say why the teacher cannot decide together with the group's teacher."""
    day = day_on_duty(group.start_date, group.end_date, today)
    return co_teacher_problems(
        teacher_id,
        group.grading_teacher_id,
        on_duty=teacher_on(teacher_id, group.unit_id, day) is not None,
        unit_name=group.unit.name,
        on=day,
    )


def _record(
    name: str, actor: Actor, group: ExamGroup, before: dict[str, object], persons: set[object]
) -> None:
    """Tell the trail, about the group and about those who came and went."""
    record(
        name,
        actor=actor,
        subjects=[("exam_group", group.id), *(("person", each) for each in persons if each)],
        before=before,
        after=group_state(group),
    )
