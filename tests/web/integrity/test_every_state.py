"""Every act on a grade, from every state, by everybody, sent straight through the screens."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from provning.grading.actions import correct_grade
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.states import (
    GradeState,
    Move,
    Party,
    after,
    decided_state,
    typed_state,
    typing_move,
)
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import PASSWORD
from tests.grading import world
from tests.web.grades.conftest import Desk
from tests.web.integrity.visitor import FETCH, Visitor
from tests.web.stage import EXAM_DAY

READ, TYPED = "C", "B"
NOT_OFFERED = (GradeState.NONE, Move.DECIDE, Party.PRINCIPAL)
"""On the screen rektor decides what somebody has typed: the review has nothing else to show."""
CORRECTION = {
    "value": "E",
    "hearing": "heard",
    "hearing_note": "Nilofar håller med.",
    "reason": "Läraren skrev fel bokstav.",
    "password": PASSWORD,
}
AMENDMENT = {"value": "A", "reason": "En inlämnad del låg kvar oläst.", "password": PASSWORD}


@dataclass(frozen=True, slots=True)
class Scene:
    """The first examinee's placement, and the decision on it when there is one."""

    desk: Desk
    decision_id: UUID

    @property
    def placement_id(self) -> UUID:
        """Return whose grade it is."""
        return self.desk.placements[0].id

    @property
    def version(self) -> str:
        """Return the draft's version, as somebody who has just read it knows it."""
        draft = GradeDraft.objects.filter(pk=self.placement_id).first()
        return str(draft.version if draft else 0)

    def state(self) -> GradeState:
        """Return how far the grade has come, told by the tables alone."""
        decisions = GradeDecision.objects.filter(placement=self.placement_id)
        if decisions.exists():
            replaced = GradeDecision.objects.filter(supersedes=self.decision_id).exists()
            return decided_state(superseded=replaced)
        draft = GradeDraft.objects.filter(pk=self.placement_id).exclude(value="").first()
        own = draft is not None and draft.typed_by_person_id == self.desk.stage.teacher.id
        return typed_state(typed=draft is not None, by_teacher=own)


def typing(scene: Scene, value: str) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """Return the doors through which a grade is typed: address, fields and headers."""
    key, sheet = scene.placement_id, scene.desk.sheet
    row = {f"grade-{key}": value, f"version-{key}": scene.version}
    return [
        (sheet, row, {}),
        (f"{sheet}rader/", row, FETCH),
        (f"/betyg/elev/{key}/", {"value": value or "none", "expected_version": scene.version}, {}),
    ]


def doors(scene: Scene, party: Party) -> list[tuple[Move, str, dict[str, str], dict[str, str]]]:
    """Return every act with each of its doors."""
    decision, form = f"/betyg/beslut/{scene.decision_id}/", {"submission": str(uuid4())}
    where = {"group": str(scene.desk.group.id), "exam_date": EXAM_DAY.isoformat()}
    instead = party is Party.PRINCIPAL
    ground = {"ground": "hindered"} if instead else {}
    row = {f"value-{scene.placement_id}": READ, f"version-{scene.placement_id}": scene.version}
    review = row | ground | form | {"password": PASSWORD}
    return [
        *(
            (typing_move(value, party), *door)
            for value in (TYPED, "")
            for door in typing(scene, value)
        ),
        (Move.DECIDE, scene.desk.review, review | {"reason": "Läraren är sjuk"}, {}),
        (Move.CORRECT, f"{decision}ratta/", CORRECTION | where | form, {}),
        (Move.AMEND, f"{decision}andra/", AMENDMENT | ground | form, {}),
    ]


def in_state(desk: Desk, state: GradeState) -> Scene:
    """Bring the first placement to the state."""
    placement = desk.placements[0]
    if state in {GradeState.DRAFT, GradeState.PROPOSED}:
        GradeDraft.objects.create(
            placement=placement,
            value=READ,
            typed_by_account="x",
            typed_by_name="Någon",
            typed_by_person=desk.stage.teacher if state is GradeState.DRAFT else None,
            typed_at="2026-12-01T10:00:00Z",
        )
    if state not in {GradeState.DECIDED, GradeState.REPLACED}:
        return Scene(desk, uuid4())
    desk.stage.decide(placement, "D")
    decision = GradeDecision.objects.get(placement=placement)
    if state is GradeState.REPLACED:
        correct_grade(
            actor=world.actor(
                "principal",
                Scope(ScopeKind.UNIT, desk.stage.town.centrum),
                as_person=desk.stage.town.stranger("Maria", "Ek"),
            ),
            decision_id=decision.id,
            value="E",
            hearing="heard",
            hearing_note="Nilofar håller med.",
            reason="Läraren skrev fel bokstav.",
            submission=uuid4(),
            today=EXAM_DAY,
        )
    return Scene(desk, decision.id)


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("state", GradeState)
def test_what_the_machine_says_is_what_every_screen_does(
    desk: Desk, state: GradeState, party: Party
) -> None:
    scene = in_state(desk, state)
    clients = {
        Party.TEACHER: desk.teacher,
        Party.TYPIST: desk.administrator,
        Party.PRINCIPAL: desk.principal,
    }
    visitor = Visitor(clients[party]())
    assert (scene.state(), visitor.token != "") == (state, True)
    decisions = GradeDecision.objects.count()
    for move, address, fields, headers in doors(scene, party):
        offered = (state, move, party) != NOT_OFFERED
        target = after(state, move, party) if offered else None
        with transaction.atomic():
            visitor.send(address, fields, headers=headers)
            told = (move, party, address)
            assert (scene.state(), told) == (target or state, told)
            new = int(move in {Move.DECIDE, Move.CORRECT, Move.AMEND} and target is not None)
            assert (GradeDecision.objects.count(), told) == (decisions + new, told)
            transaction.set_rollback(True)
