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

    The connected teachers decide as teachers. Anybody else needs the right beyond own groups, which
    only a principal has. A grade is decided by a person: a program never does (Skollagen 3 kap.).
    """
    if actor.person_id is None or not may_on_group(actor, Permission.DECIDE_GRADES, group):
        return None
    if actor.person_id in group.teacher_ids:
        return DeciderRole.TEACHER
    wide = tuple(grant for grant in actor.grants if grant.scope.kind is not ScopeKind.OWN_GROUPS)
    beyond = may_on_group(replace(actor, grants=wide), Permission.DECIDE_GRADES, group)
    return DeciderRole.PRINCIPAL if beyond else None


def other_teacher(actor: Actor, group: GroupRow) -> UUID | None:
    """Return whom the actor, as one of the group's teachers, decides together with."""
    if actor.person_id not in group.teacher_ids:
        return None
    return next(iter(group.teacher_ids - {actor.person_id}), None)


def decides_for_organiser(actor: Actor, group: GroupRow) -> bool:
    """Say whether the actor is a rektor of the huvudman, not of one provider or unit.

    Where a provider on entreprenad has no betygsrätt, rektor's myndighetsutövning stays with the
    huvudman (Skollagen 23 kap. 6 §; Förordning 2011:1108 1 kap. 4 §).
    """
    reach = (ScopeKind.ORGANISER, ScopeKind.EVERYTHING)
    wide = tuple(grant for grant in actor.grants if grant.scope.kind in reach)
    return may_on_group(replace(actor, grants=wide), Permission.DECIDE_GRADES, group)


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
