"""Holding what is about to change, so that two people cannot change it at once.

SQLite lets one writer in at a time; PostgreSQL holds the rows. Whoever needs several locks takes
them from the top: provider, unit, group, placement, and all of them before the first event, since
the trail's own lock is kept to the end of the transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from provning.audit.conflicts import changed_meanwhile
from provning.exams.models import ExamGroup, Placement
from provning.exams.policies import require_in_unit, require_on_group
from provning.exams.queries.groups import group_to_act_on
from provning.exams.queries.scope import group_scope
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import ConflictError, NotFoundError
from provning.organisation.models import Provider, SchoolUnit
from provning.organisation.queries import UnitRow, unit_for

BATCH = 500


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
    require_on_group(actor, permission, group_to_act_on(actor, group_id))
    groups = ExamGroup.objects.select_for_update(no_key=True, of=("self",))
    return groups.select_related("unit", "course", "grading_teacher", "co_grading_teacher").get(
        pk=group_id
    )


def held_group_and_above(actor: Actor, group_id: UUID, permission: Permission) -> ExamGroup:
    """Hold a group with its unit and provider, for an action that tells of several things.

    Raises as `held_group` does.
    """
    row = group_to_act_on(actor, group_id)
    Provider.objects.select_for_update(no_key=True).get(pk=row.provider_id)
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=row.unit_id)
    return held_group(actor, group_id, permission)


def held_placements(
    actor: Actor,
    placement_ids: Sequence[UUID],
    permission: Permission = Permission.PLACE_PERSONS,
) -> list[Placement]:
    """Hold placements, and their groups, where the actor has the permission; in the order asked.

    Raises `NotFoundError` out of scope, `NotAllowedError` when the actor sees one but may not.
    """
    seen = Placement.objects.filter(group_scope(actor, Permission.VIEW_GROUPS, "group__"))
    group_of: dict[UUID, UUID] = {}
    for some in _parts(placement_ids):
        group_of.update(seen.filter(pk__in=some).values_list("pk", "group_id"))
    if any(each not in group_of for each in placement_ids):
        raise NotFoundError("placement")
    groups = {key: held_group(actor, key, permission) for key in sorted(set(group_of.values()))}
    held: dict[UUID, Placement] = {}
    for some in _parts(placement_ids):
        rows = Placement.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=some)
        held.update((each.pk, each) for each in rows)
    for each in held.values():
        each.group = groups[group_of[each.pk]]
    return [held[each] for each in placement_ids]


def held_as_seen(
    actor: Actor,
    versions: Mapping[UUID, int],
    fields: Mapping[UUID, str] | None = None,
    permission: Permission = Permission.PLACE_PERSONS,
) -> list[Placement]:
    """Hold placements that are as the actor has seen them, in the order of `versions`.

    Raises `ConflictError` with a problem for each that is not, in its field of `fields`.
    """
    held = held_placements(actor, list(versions), permission)
    problems = [
        replace(problem, field=(fields or {}).get(each.pk, problem.field))
        for each in held
        if each.version != versions[each.pk]
        for problem in changed_meanwhile("placement", each.pk).problems
    ]
    if problems:
        raise ConflictError(problems)
    return held


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Give ids some at a time, as many as a statement takes."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
