"""Reading one grade whole, and what a rättelse has led away from a group."""

from collections.abc import Iterable
from uuid import UUID

from provning.courses.queries import course_by_id
from provning.exams.queries import group_of, moved_away_from, placements_by_id
from provning.exams.rows import GroupRow
from provning.grading import policies
from provning.grading.chains import Chain, chain_of, deciders, judgement
from provning.grading.models import GradeDecision
from provning.grading.queries.chains import decision_chain, decision_scope
from provning.grading.queries.decisions import person_decisions
from provning.grading.replacement import Standing
from provning.grading.rows import DecisionRow
from provning.grading.rows.story import Covering, GradeStory, Moved
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError


def grade_story(actor: Actor, decision_id: UUID) -> GradeStory:
    """Return a decision that the actor may see, in its chain.

    Rights are those on the grade that stands. Raises `NotFoundError` out of scope.
    """
    chain = decision_chain(actor, decision_id)
    decision = next(row for row in chain if row.id == decision_id)
    group = group_of(chain[-1].group_id)
    own_group = group if decision.group_id == group.id else group_of(decision.group_id)
    course = course_by_id(decision.course_id)
    (placement,) = placements_by_id(actor, [decision.placement_id])
    if course is None:
        raise NotFoundError("course")
    role, judged_it, others = _amending(actor, group, chain)
    return GradeStory(
        decision=decision,
        chain=chain,
        placement=placement,
        group=own_group,
        course=course,
        covering=coverings(actor, [decision]).get(decision.id),
        may_correct=policies.may_correct(actor, group),
        amends_as=role,
        judged_it=judged_it,
        others=others,
        tells_all=judged_it or policies.sees_drafts(actor, group),
    )


def coverings(actor: Actor, rows: Iterable[DecisionRow]) -> dict[UUID, Covering]:
    """Return what replaces each grade that a pass on a higher level covers; one query at most."""
    covered = {row.id: row.covered_by for row in rows if row.stands and row.covered_by}
    if not covered:
        return {}
    higher = {each.decision_id for each in covered.values()}
    seen = GradeDecision.objects.filter(decision_scope(actor), pk__in=higher)
    names = dict(seen.values_list("pk", "course_name"))
    return {key: _covering(each, names) for key, each in covered.items()}


def corrected_away(actor: Actor, group_id: UUID) -> list[Moved]:
    """Return the decided placements of a group that a rättelse has led elsewhere.

    A group that the actor may not see has none.
    """
    placements = moved_away_from(actor, group_id)
    if not placements:
        return []
    decisions = person_decisions({each.person.id for each in placements})
    rows = [row for rows in decisions.values() for row in rows]
    last = last_on_placements(rows)
    return [
        Moved(each, last[each.id], standing_in(rows, last[each.id]))
        for each in placements
        if each.id in last
    ]


def standing_in(rows: Iterable[DecisionRow], row: DecisionRow) -> DecisionRow:
    """Return the decision that stands in the chain of one, among all about the person."""
    return chain_of(rows, row.id)[-1]


def last_on_placements(rows: Iterable[DecisionRow]) -> dict[UUID, DecisionRow]:
    """Return, by placement, the decision on it that no other on the same placement supersedes."""
    by_id = {row.id: row for row in rows}
    return {
        row.placement_id: row
        for row in by_id.values()
        if row.successor is None
        or row.successor.decision_id not in by_id
        or by_id[row.successor.decision_id].placement_id != row.placement_id
    }


def _amending(actor: Actor, group: GroupRow, chain: Chain) -> tuple[str, bool, tuple[str, ...]]:
    """Return the actor's role in an ändring, whether they judged the grade, and who else did."""
    judged = judgement(chain)
    makers = deciders(judged)
    role = policies.amender_role(
        actor, group, GradeDecision.DeciderRole(judged.decider_role), makers.keys()
    )
    others = tuple(name for key, name in makers.items() if key != actor.person_id)
    return (role.value if role else "", bool(role) and actor.person_id in makers, others)


def _covering(higher: Standing, names: dict[UUID, str]) -> Covering:
    """Return what replaces a grade, with nothing told of what lies out of scope."""
    name = names.get(higher.decision_id)
    if name is None:
        return Covering()
    return Covering(higher.decision_id, name, higher.value, higher.exam_date)
