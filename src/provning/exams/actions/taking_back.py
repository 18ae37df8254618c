"""Taking back a group that was made by mistake, while it holds nothing."""

from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_changed
from provning.exams.actions.groups import group_state
from provning.exams.actions.locks import held_group
from provning.exams.events import GROUP_TAKEN_BACK
from provning.exams.models import ExamGroup
from provning.exams.rules import group_used
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import ProblemsFoundError, refuse_if


@transaction.atomic
def take_back_group(*, actor: Actor, group_id: UUID, expected_version: int) -> None:
    """Remove a group in which nobody has ever been placed; the trail keeps what it was.

    A group that anything speaks of stays: it belongs to the record.
    """
    group = held_group(actor, group_id, Permission.EDIT_GROUPS)
    refuse_if_changed("exam_group", group.id, version=group.version, expected=expected_version)
    refuse_if([group_used(group.name)] if group.placements.exists() else [])
    before = group_state(group)
    try:
        ExamGroup.objects.filter(pk=group_id).delete()
    except ProtectedError as error:
        raise ProblemsFoundError([group_used(group.name)]) from error
    subjects = [("exam_group", group_id), ("unit", group.unit_id)]
    record(GROUP_TAKEN_BACK, actor=actor, subjects=subjects, before=before)
