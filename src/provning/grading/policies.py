"""Who may type a grade and who may decide it."""

from dataclasses import replace
from uuid import UUID

from provning.exams.policies import may_on_group, require_on_group
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision
from provning.grading.states import Party
from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import NotAllowedError

DeciderRole = GradeDecision.DeciderRole


def may_draft(actor: Actor, group: GroupRow) -> bool:
    """Say whether the actor may type grades in the group."""
    return may_on_group(actor, Permission.DRAFT_GRADES, group)


def require_draft(actor: Actor, group: GroupRow) -> None:
    """Raise `NotAllowedError` unless the actor may type grades in the group."""
    require_on_group(actor, Permission.DRAFT_GRADES, group)


def party(actor: Actor, group: GroupRow) -> Party:
    """Say whether the actor types as one of the group's own teachers or for them."""
    return Party.TEACHER if actor.person_id in group.teacher_ids else Party.TYPIST


def decider_role(actor: Actor, group: GroupRow) -> GradeDecision.DeciderRole | None:
    """Return in which role the actor would decide the group's grades, None when they may not.

    The connected teacher decides as teacher. Anybody else needs the right beyond own groups, which
    only a principal has. A grade is decided by a person: a program never does (Skollagen 3 kap.).
    """
    if actor.person_id is None or not may_on_group(actor, Permission.DECIDE_GRADES, group):
        return None
    if group.teacher_id == actor.person_id:
        return DeciderRole.TEACHER
    wide = tuple(grant for grant in actor.grants if grant.scope.kind is not ScopeKind.OWN_GROUPS)
    beyond = may_on_group(replace(actor, grants=wide), Permission.DECIDE_GRADES, group)
    return DeciderRole.PRINCIPAL if beyond else None


def require_decider(actor: Actor, group: GroupRow) -> tuple[GradeDecision.DeciderRole, UUID]:
    """Return in which role, and as which person, the actor decides.

    Raises `NotAllowedError` when they may not.
    """
    role = decider_role(actor, group)
    if role is None or actor.person_id is None:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    return role, actor.person_id


def sees_drafts(actor: Actor, group: GroupRow) -> bool:
    """Say whether undecided grades are shown: only to those who type or decide them."""
    return may_draft(actor, group) or may_on_group(actor, Permission.DECIDE_GRADES, group)
