"""Who may type a grade and who may decide it."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from provning.exams.policies import may_on_group, require_on_group
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision
from provning.grading.states import Party
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
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
    return DeciderRole.PRINCIPAL if is_principal(actor, group) else None


def other_teacher(actor: Actor, group: GroupRow) -> UUID | None:
    """Return whom the actor, as one of the group's teachers, decides together with."""
    if actor.person_id not in group.teacher_ids:
        return None
    return next(iter(group.teacher_ids - {actor.person_id}), None)


def decides_for_organiser(
    actor: Actor, group: GroupRow, right: Permission = Permission.DECIDE_GRADES
) -> bool:
    """Say whether the actor is a rektor of the huvudman, not of one provider or unit.

    Where a provider on entreprenad has no betygsrätt, rektor's myndighetsutövning stays with the
    huvudman (Skollagen 23 kap. 6 §; Förordning 2011:1108 1 kap. 4 §).
    """
    reach = (ScopeKind.ORGANISER, ScopeKind.EVERYTHING)
    wide = tuple(grant for grant in actor.grants if grant.scope.kind in reach)
    return may_on_group(replace(actor, grants=wide), right, group)


def require_decider(actor: Actor, group: GroupRow) -> tuple[GradeDecision.DeciderRole, UUID]:
    """Return in which role, and as which person, the actor decides.

    Raises `NotAllowedError` when they may not.
    """
    role = decider_role(actor, group)
    if role is None or actor.person_id is None:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    return role, actor.person_id


def is_principal(actor: Actor, group: GroupRow) -> bool:
    """Say whether the actor is a rektor whose office reaches the group."""
    if actor.person_id is None:
        return False
    wide = tuple(grant for grant in actor.grants if grant.scope.kind is not ScopeKind.OWN_GROUPS)
    return may_on_group(replace(actor, grants=wide), Permission.DECIDE_GRADES, group)


def may_correct(actor: Actor, group: GroupRow) -> bool:
    """Say whether the actor may correct the group's grades: only rektor, who is a person."""
    right = may_on_group(actor, Permission.CORRECT_GRADES, group)
    return right and actor.person_id is not None


def require_corrector(actor: Actor, group: GroupRow) -> UUID:
    """Return the person of a rektor of the group; only they correct (Skollagen 3 kap. 19 §).

    Raises `NotAllowedError` for everybody else.
    """
    if not may_correct(actor, group) or actor.person_id is None:
        raise NotAllowedError(Permission.CORRECT_GRADES.value)
    return actor.person_id


def amender_role(
    actor: Actor, group: GroupRow, judged: DeciderRole, deciders: Collection[UUID]
) -> DeciderRole | None:
    """Return in which role the actor would amend a grade, None when they may not.

    Those who decided amend in the role they `judged` in, also when the group has other teachers
    today; a rektor of the group may in their place (Skollagen 3 kap. 20 §).
    """
    if actor.person_id in deciders and _grades_at(actor, group):
        return judged
    return DeciderRole.PRINCIPAL if is_principal(actor, group) else None


def _grades_at(actor: Actor, group: GroupRow) -> bool:
    """Say whether the actor may decide grades anywhere at the group's unit."""
    own = Scope(ScopeKind.OWN_GROUPS, group.unit_id)
    return own in actor.scopes(Permission.DECIDE_GRADES) or is_principal(actor, group)


def sees_drafts(actor: Actor, group: GroupRow) -> bool:
    """Say whether undecided grades are shown: only to those who type or decide them."""
    return may_draft(actor, group) or may_on_group(actor, Permission.DECIDE_GRADES, group)
