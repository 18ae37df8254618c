"""A decided grade, and the acts on it with everything in order unless a test says otherwise."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import amend_grade, correct_grade, decide_grades
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.people.models import Person
from tests.grading import world
from tests.grading.conftest import Ready, make_ready
from tests.grading.world import TODAY

HEARD = "Ada såg själv felet och vill att det rättas."
SLIP = "Läraren skrev D men hade bedömt C."
FACTS = "En inlämnad del låg kvar olästa hos läraren den 1 oktober."


@dataclass(frozen=True, slots=True)
class Stand:
    """A group with two examinees' grades decided as D, and those who may act on them."""

    ready: Ready
    first: GradeDecision
    second: GradeDecision
    principal: Actor

    @property
    def teacher(self) -> Actor:
        """Return the teacher who decided."""
        return self.ready.teacher

    @property
    def group(self) -> ExamGroup:
        """Return the group."""
        return self.ready.group

    @property
    def placement(self) -> Placement:
        """Return the first examinee's placement."""
        return self.ready.placements[0]


def make_stand(ready: Ready | None = None, value: str = "D") -> Stand:
    """Let the teacher of a group decide the grades of its two first examinees."""
    at = ready or make_ready(2)
    first, second = (decide(at.teacher, each, value) for each in at.placements[:2])
    return Stand(at, first, second, world.principal(at.town.unit))


def build_stand() -> Stand:
    """Let the teacher of a group of three decide the grades of the two first."""
    return make_stand(make_ready())


def decide(actor: Actor, placement: Placement, value: str, **more: Any) -> GradeDecision:
    """Decide one grade."""
    (decision,) = decide_grades(
        actor=actor,
        group_id=placement.group_id,
        values={placement.pk: value},
        submission=uuid4(),
        today=TODAY,
        **more,
    )
    return decision


def correct(actor: Actor, old: GradeDecision | UUID, value: str, **more: Any) -> GradeDecision:
    """Correct a grade, with the examinee heard and the reason written."""
    facts = {
        "hearing": "heard",
        "hearing_note": HEARD,
        "reason": SLIP,
        "submission": uuid4(),
        "today": TODAY,
        **more,
    }
    return correct_grade(actor=actor, decision_id=_id(old), value=value, **facts)


def amend(actor: Actor, old: GradeDecision | UUID, value: str, **more: Any) -> GradeDecision:
    """Amend a grade, with the reason written."""
    facts = {"reason": FACTS, "submission": uuid4(), "today": TODAY, **more}
    return amend_grade(actor=actor, decision_id=_id(old), value=value, **facts)


def organisers_principal(ready: Ready) -> Actor:
    """Return the rektor of the group's huvudman."""
    return world.organisers_rektor(ready.town.organiser)


def placed_again(old: Placement, group: ExamGroup, day: date, person: Person) -> Placement:
    """Return a placement, not yet stored, that would supersede another."""
    return Placement(group=group, person=person, exam_date=day, status="Prövning", supersedes=old)


def _id(decision: GradeDecision | UUID) -> UUID:
    return decision if isinstance(decision, UUID) else decision.pk
