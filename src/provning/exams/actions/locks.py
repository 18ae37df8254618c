"""Holding what is about to change, so that two people cannot change it at once.

SQLite lets one writer in at a time; PostgreSQL holds the rows. Whoever needs several locks takes
them from the top: provider, unit, group, placement, and all of them before the first event, since
the trail's own lock is kept to the end of the transaction.
"""

from uuid import UUID

from provning.exams.models import ExamGroup, Placement
from provning.exams.policies import require_in_unit, require_on_group
from provning.exams.queries.groups import group_for
from provning.exams.queries.scope import group_scope
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.models import Provider, SchoolUnit
from provning.organisation.queries import UnitRow, unit_for


def held_unit(actor: Actor, unit_id: UUID) -> UnitRow:
    """Hold a unit in which the actor may make groups, so that numbers are given out in turn.

    Raises `NotFoundError` out of scope, `NotAllowedError` when the actor sees it but may not.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_GROUPS)
    require_in_unit(actor, Permission.EDIT_GROUPS, unit)
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=unit_id)
    return unit


def held_group(actor: Actor, group_id: UUID, permission: Permission) -> ExamGroup:
    """Hold a group in which the actor has the permission, as it stands once it is held.

    Raises `NotFoundError` out of scope, `NotAllowedError` when the actor sees it but may not.
    """
    require_on_group(actor, permission, group_for(actor, group_id, Permission.VIEW_GROUPS))
    groups = ExamGroup.objects.select_for_update(no_key=True, of=("self",))
    return groups.select_related("unit", "course", "grading_teacher", "co_grading_teacher").get(
        pk=group_id
    )


def held_group_and_above(actor: Actor, group_id: UUID, permission: Permission) -> ExamGroup:
    """Hold a group with its unit and provider, for an action that tells of several things.

    Raises as `held_group` does.
    """
    row = group_for(actor, group_id, Permission.VIEW_GROUPS)
    Provider.objects.select_for_update(no_key=True).get(pk=row.provider_id)
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=row.unit_id)
    return held_group(actor, group_id, permission)


def held_placement(
    actor: Actor, placement_id: UUID, permission: Permission = Permission.PLACE_PERSONS
) -> Placement:
    """Hold a placement, and its group, where the actor has the permission.

    Raises `NotFoundError` out of scope, `NotAllowedError` when the actor sees it but may not.
    """
    seen = Placement.objects.filter(group_scope(actor, Permission.VIEW_GROUPS, "group__"))
    group_id = seen.filter(pk=placement_id).values_list("group_id", flat=True).first()
    if group_id is None:
        raise NotFoundError("placement")
    group = held_group(actor, group_id, permission)
    placement = Placement.objects.select_for_update(no_key=True).get(pk=placement_id)
    placement.group = group
    return placement
