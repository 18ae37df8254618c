"""Reading one decision with everything before and after it, within what the actor may see."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from provning.audit.asking import worded_once
from provning.exams.queries import either, group_scope
from provning.grading.chains import Chain, chain_of
from provning.grading.models import GradeDecision, JointDecider
from provning.grading.queries.decisions import person_decisions
from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import NotFoundError


class DecisionPlace(NamedTuple):
    """The placement of a decision, whom it is about and in which group."""

    placement_id: UUID
    person_id: UUID
    group_id: UUID


def decision_scope(actor: Actor) -> Q:
    """Return the condition for the decisions that the actor may see.

    Those of the groups in scope, and where a rättelse has led them; and for a teacher, what they
    have decided at a unit where they decide grades, also when the group is somebody else's today.
    """
    found = either(
        group_scope(actor, Permission.VIEW_GROUPS, "placement__group__"),
        group_scope(actor, Permission.VIEW_GROUPS, "placement__supersedes__group__"),
    )
    units = {
        scope.id
        for scope in actor.scopes(Permission.DECIDE_GRADES)
        if scope.kind is ScopeKind.OWN_GROUPS
    }
    if actor.person_id is None or not units:
        return found
    own = Q(placement__group__unit__in=units) & _decided_by(actor.person_id)
    return either(found, own)


def decision_chain(actor: Actor, decision_id: UUID) -> Chain:
    """Return the chain of a decision that the actor may see; raises `NotFoundError` otherwise."""
    return chains_of([place_of(actor, decision_id).person_id], decision_id)


def chains_of(person_ids: Iterable[UUID], decision_id: UUID) -> Chain:
    """Return the chain of a decision about one of the persons; for programs."""
    rows = [row for rows in person_decisions(person_ids).values() for row in rows]
    return chain_of(rows, decision_id)


def place_of(actor: Actor, decision_id: UUID) -> DecisionPlace:
    """Return where a decision in scope belongs; raises `NotFoundError` when there is none."""
    for place in _in_scope(actor, decision_id):
        return DecisionPlace(*place)
    raise NotFoundError("grade_decision")


@worded_once
def _in_scope(actor: Actor, decision_id: UUID) -> QuerySet[GradeDecision, Any]:
    seen = GradeDecision.objects.filter(decision_scope(actor), pk=decision_id)
    return seen.values_list("placement_id", "placement__person_id", "placement__group_id")


def _decided_by(person_id: UUID) -> Q:
    """Return the condition that the person decided on the placement, or on the one before it."""
    earlier = GradeDecision.objects.filter(
        Q(placement=OuterRef("placement")) | Q(placement=OuterRef("placement__supersedes"))
    )
    joint = JointDecider.objects.filter(decision=OuterRef("pk"), person=person_id)
    mine = earlier.filter(Q(decided_by=person_id) | Exists(joint))
    return Q(Exists(mine))
