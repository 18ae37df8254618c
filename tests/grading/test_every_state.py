"""Every act on a grade, from every state, by everybody: the declared machine says what comes of it.

The acts go through the actions themselves, so what the machine says is what the doors do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from provning.grading.actions import decide_grades, save_draft, save_drafts
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.queries import grade_sheet
from provning.grading.rows import DraftEntry
from provning.grading.states import GradeState, Move, Party, after, typing_move
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.decided import amend, correct, decide
from tests.grading.world import TODAY

REFUSALS = (ConflictError, NotAllowedError, NotFoundError, ProblemsFoundError)


@dataclass(frozen=True, slots=True)
class Scene:
    """One placement in a state, the decision on it when there is one, and who acts."""

    ready: Ready
    decision_id: UUID
    actor: Actor
    party: Party

    @property
    def placement_id(self) -> UUID:
        """Return whose grade it is."""
        return self.ready.placements[0].pk

    @property
    def version(self) -> int:
        """Return the draft's version, as somebody who has just read it knows it."""
        versions = GradeDraft.objects.filter(pk=self.placement_id).values_list("version", flat=True)
        return versions.first() or 0

    def state(self) -> GradeState:
        """Return the state of the decision; without one, what the sheet shows."""
        decision = GradeDecision.objects.filter(pk=self.decision_id).first()
        if decision:
            replaced = GradeDecision.objects.filter(supersedes=decision).exists()
            return GradeState.REPLACED if replaced else GradeState.DECIDED
        rows = grade_sheet(self.ready.teacher, self.ready.group.pk, TODAY).rows
        return next(row.state for row in rows if row.placement.id == self.placement_id)


def type_one(scene: Scene, value: str) -> None:
    save_draft(
        actor=scene.actor,
        placement_id=scene.placement_id,
        value=value,
        expected_version=scene.version,
        today=TODAY,
    )


def type_row(scene: Scene, value: str) -> None:
    type_sheet(scene, value, together=False)


def type_sheet(scene: Scene, value: str, *, together: bool = True) -> None:
    save_drafts(
        actor=scene.actor,
        group_id=scene.ready.group.pk,
        entries=[DraftEntry(scene.placement_id, value, scene.version)],
        today=TODAY,
        all_or_nothing=together,
    )


def decide_it(scene: Scene) -> None:
    instead = scene.party is Party.PRINCIPAL
    decide_grades(
        actor=scene.actor,
        group_id=scene.ready.group.pk,
        values={scene.placement_id: "C"},
        submission=uuid4(),
        today=TODAY,
        ground="hindered" if instead else "",
        reason="Läraren är sjuk" if instead else "",
    )


def amend_it(scene: Scene) -> None:
    instead = {"ground": "hindered"} if scene.party is Party.PRINCIPAL else {}
    amend(scene.actor, scene.decision_id, "A", **instead)


TYPING = (type_one, type_row, type_sheet)


def acts(party: Party) -> list[tuple[Move, Callable[[Scene], None]]]:
    """Return every act through every action that does it, with the move that it is."""
    typed = [
        (typing_move(value, party), lambda scene, how=how, value=value: how(scene, value))
        for how in TYPING
        for value in ("B", "")
    ]
    return [
        *typed,
        (Move.DECIDE, decide_it),
        (Move.CORRECT, lambda scene: void(correct(scene.actor, scene.decision_id, "E"))),
        (Move.AMEND, amend_it),
    ]


def void(_decision: GradeDecision) -> None:
    """Let a decision go."""


def in_state(ready: Ready, state: GradeState) -> UUID:
    """Bring the first placement to the state, and return the decision that the acts are done to."""
    placement = ready.placements[0]
    if state in {GradeState.DRAFT, GradeState.PROPOSED}:
        save_draft(
            actor=ready.teacher if state is GradeState.DRAFT else ready.admin,
            placement_id=placement.pk,
            value="C",
            expected_version=0,
            today=TODAY,
        )
    if state not in {GradeState.DECIDED, GradeState.REPLACED}:
        return uuid4()
    first = decide(ready.teacher, placement, "D")
    if state is GradeState.REPLACED:
        correct(world.principal(ready.town.unit), first, "E")
    return first.pk


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("state", GradeState)
def test_what_the_machine_says_is_what_every_action_does(
    ready: Ready, state: GradeState, party: Party
) -> None:
    decision_id = in_state(ready, state)
    actors = {
        Party.TEACHER: ready.teacher,
        Party.TYPIST: ready.admin,
        Party.PRINCIPAL: world.principal(ready.town.unit),
    }
    scene = Scene(ready, decision_id, actors[party], party)
    assert scene.state() is state
    decisions = GradeDecision.objects.count()
    for move, act in acts(party):
        with transaction.atomic():
            done = True
            try:
                with transaction.atomic():
                    act(scene)
            except REFUSALS:
                done = False
            target = after(state, move, party)
            expected = target or state
            if expected is GradeState.DECIDED and state is not GradeState.DECIDED:
                assert GradeDecision.objects.count() == decisions + 1, (state, move, party)
            else:
                assert scene.state() is expected, (state, move, party)
                more = int(target is GradeState.REPLACED)
                assert GradeDecision.objects.count() == decisions + more, (state, move, party)
            assert done or target is None, (state, move, party)
            transaction.set_rollback(True)
