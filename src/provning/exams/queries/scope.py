"""Which groups an actor reaches."""

import dataclasses

from django.db.models import Q

from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.organisation.queries import unit_scope


def group_scope(actor: Actor, permission: Permission, prefix: str = "") -> Q:
    """Return the condition for the groups in which the actor holds the permission.

    `prefix` is the path to the group, "" on groups and "group__" on placements. A grant for own
    groups reaches only those of its unit that the actor's person grades, alone or together with
    somebody.
    """
    wide = tuple(g for g in actor.grants if g.scope.kind is not ScopeKind.OWN_GROUPS)
    found = unit_scope(dataclasses.replace(actor, grants=wide), permission, f"{prefix}unit")
    if actor.person_id is None:
        return found
    for scope in actor.scopes(permission):
        if scope.kind is ScopeKind.OWN_GROUPS:
            mine = Q(**{f"{prefix}grading_teacher_id": actor.person_id}) | Q(
                **{f"{prefix}co_grading_teacher_id": actor.person_id}
            )
            found = either(found, Q(**{f"{prefix}unit_id": scope.id}) & mine)
    return found


def either(one: Q, other: Q) -> Q:
    """Return the condition that one or the other holds.

    An empty Q holds for everything, which Django's own `|` forgets.
    """
    return one | other if one and other else Q()
