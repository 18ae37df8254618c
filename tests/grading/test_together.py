"""Two who decide together, and rektor when they cannot (cases 62–64)."""

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades, give_opinions, save_draft
from provning.grading.models import GradeDecision, GradeDraft, GradeOpinion, JointDecider
from provning.grading.queries import GradeRow, grade_sheet, term_decisions
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.models import Provider
from provning.people.actions import set_protection
from provning.people.models import Duty, Person
from tests.builders import PROGRAM, recorded
from tests.grading import world
from tests.grading.world import EXAM, HT26, TODAY

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Pair:
    """A group that Bo, who is not legitimated, and Karin decide together, with two examinees."""

    town: world.Municipality
    group: ExamGroup
    persons: dict[str, Person]
    bo: Actor
    karin: Actor
    rektor: Actor
    placements: list[Placement]

    @property
    def first(self) -> UUID:
        """Return the placement that most tests are about."""
        return self.placements[0].pk


@pytest.fixture
def pair() -> Pair:
    """Return the group."""
    town = world.municipality()
    bo = world.teacher(town.unit, "Bo", registered=False)
    karin = world.teacher(town.unit, "Karin")
    group = world.group(town.unit, bo, together_with=karin)
    return Pair(
        town,
        group,
        {"Bo": bo, "Karin": karin},
        world.grading_teacher(bo, town.unit),
        world.grading_teacher(karin, town.unit),
        world.principal(town.unit),
        [world.place(group) for _ in range(2)],
    )


def draft(
    actor: Actor, placement_id: UUID, value: str, *, seen: int = 0, over: bool = False
) -> None:
    save_draft(
        actor=actor,
        placement_id=placement_id,
        value=value,
        expected_version=seen,
        over_other=over,
        today=TODAY,
    )


def answer(actor: Actor, pair: Pair, values: dict[UUID, str]) -> int:
    return give_opinions(actor=actor, group_id=pair.group.pk, values=values, today=TODAY)


def decide(
    actor: Actor, pair: Pair, values: dict[UUID, str], *, ground: str = "", reason: str = ""
) -> list[GradeDecision]:
    return decide_grades(
        actor=actor,
        group_id=pair.group.pk,
        values=values,
        submission=uuid4(),
        ground=ground,
        reason=reason,
        today=TODAY,
    )


def refusal(
    actor: Actor, pair: Pair, values: dict[UUID, str], *, ground: str = "", reason: str = ""
) -> list[str]:
    """Return the codes of why nothing is decided, and check that nothing was."""
    with pytest.raises(ProblemsFoundError) as caught:
        decide(actor, pair, values, ground=ground, reason=reason)
    assert not GradeDecision.objects.exists()
    return [problem.code for problem in caught.value.problems]


def opinions() -> dict[tuple[UUID, str], str]:
    rows = GradeOpinion.objects.values_list("placement_id", "person__given_name", "value")
    return {(placement, name): value for placement, name, value in rows}


def test_the_second_to_answer_decides_and_both_are_named(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    assert answer(pair.bo, pair, {pair.first: "B"}) == 1
    (row,) = [each for each in rows(pair, pair.karin) if each.opinions]
    assert (row.waits_for, [(each.name, each.value) for each in row.opinions]) == (
        "Karin Wallgren",
        [("Bo Wallgren", "B")],
    )
    (decision,) = decide(pair.karin, pair, {pair.first: "B"})
    assert (decision.decided_by_name, decision.registered_by_name) == (
        "Karin Wallgren",
        "Bo Wallgren",
    )
    assert JointDecider.objects.values_list("decision_id", "name").get() == (
        decision.pk,
        "Bo Wallgren",
    )
    assert (opinions(), GradeDraft.objects.count()) == ({}, 0)
    (read,) = term_decisions(pair.town.unit.pk, HT26)
    assert read.joint == ((pair.persons["Bo"].pk, "Bo Wallgren"),)
    event = history_of("grade", pair.first)[0]
    assert (event.name, event.after["decided_by"], event.after["decided_with"]) == (
        "grades_decided",
        "Karin Wallgren",
        "Bo Wallgren",
    )


def test_it_may_as_well_be_the_grading_teacher_who_is_second(pair: Pair) -> None:
    answer(pair.karin, pair, {pair.first: "C"})
    (decision,) = decide(pair.bo, pair, {pair.first: "C"})
    assert decision.decided_by_name == "Bo Wallgren"
    assert JointDecider.objects.get().name == "Karin Wallgren"


def test_a_decision_names_the_protected_one_of_two_whom_the_lists_hide(pair: Pair) -> None:
    set_protection(
        actor=PROGRAM,
        person_id=pair.persons["Karin"].pk,
        protection="Sekretessmarkering",
        expected_version=1,
        today=TODAY,
    )
    answer(pair.karin, pair, {pair.first: "C"})
    (row,) = [each for each in rows(pair, pair.bo) if each.opinions]
    assert [each.name for each in row.opinions] == ["Skyddad identitet (SI-000001)"]
    decide(pair.bo, pair, {pair.first: "C"})
    assert JointDecider.objects.get().name == "Karin Wallgren"


@pytest.mark.parametrize("who", ["bo", "karin"])
def test_neither_decides_before_the_other_has_answered(pair: Pair, who: str) -> None:
    actor: Actor = getattr(pair, who)
    draft(actor, pair.first, "B")
    assert refusal(actor, pair, {pair.first: "B"}) == ["grade-other-has-not-answered"]
    answer(actor, pair, {pair.first: "B"})
    assert refusal(actor, pair, {pair.first: "B"}) == ["grade-other-has-not-answered"]


def test_the_same_answer_twice_is_one_and_another_takes_its_place(pair: Pair) -> None:
    with recorded() as events:
        answer(pair.bo, pair, {pair.first: "B"})
        assert answer(pair.bo, pair, {pair.first: "B"}) == 0
        assert answer(pair.bo, pair, {pair.first: "C"}) == 1
    assert events == ["grade_opinions_given"] * 2
    assert opinions() == {(pair.first, "Bo"): "C"}
    event = history_of("grade", pair.first)[0]
    assert event.name == "grade_opinions_given"
    assert event.before == {"opinions": {str(pair.first): "B"}}


def test_an_answer_is_void_when_its_teacher_types_another_grade(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    answer(pair.bo, pair, {pair.first: "B"})
    draft(pair.bo, pair.first, "A", seen=1)
    assert opinions() == {}
    assert refusal(pair.karin, pair, {pair.first: "A"}) == ["grade-other-has-not-answered"]


def test_an_answer_stands_when_somebody_else_types_another_grade(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    answer(pair.bo, pair, {pair.first: "B"})
    draft(world.administrator(pair.town.unit), pair.first, "A", seen=1)
    assert opinions() == {(pair.first, "Bo"): "B"}
    assert refusal(pair.karin, pair, {pair.first: "A"}) == ["grade-teachers-disagree"]


def test_what_the_other_has_typed_is_not_written_over_unseen(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    with pytest.raises(ConflictError) as caught:
        draft(pair.karin, pair.first, "C", seen=1)
    (problem,) = caught.value.problems
    assert problem.code == "grade-other-teacher-typed"
    assert problem.text.startswith("Bo Wallgren, som du beslutar tillsammans med, skrev B 2")
    assert GradeDraft.objects.get().value == "B"
    draft(pair.karin, pair.first, "C", seen=1, over=True)
    assert GradeDraft.objects.get().value == "C"


def test_the_teachers_own_draft_and_a_proposal_are_written_over_as_usual(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    draft(pair.bo, pair.first, "C", seen=1)
    draft(world.administrator(pair.town.unit), pair.first, "D", seen=2)
    draft(pair.karin, pair.first, "E", seen=3)
    assert GradeDraft.objects.get().value == "E"


def disagreeing(pair: Pair) -> None:
    """Let Bo answer B and Karin C."""
    draft(pair.bo, pair.first, "B")
    answer(pair.bo, pair, {pair.first: "B"})
    draft(pair.karin, pair.first, "C", seen=1, over=True)
    assert refusal(pair.karin, pair, {pair.first: "C"}) == ["grade-teachers-disagree"]
    answer(pair.karin, pair, {pair.first: "C"})


@pytest.mark.parametrize(("value", "typist"), [("C", "Karin Wallgren"), ("D", "Rut Rektor")])
def test_when_they_disagree_rektor_chooses_the_grade(pair: Pair, value: str, typist: str) -> None:
    disagreeing(pair)
    (row,) = [each for each in rows(pair, pair.rektor) if each.opinions]
    assert (row.disagreement, row.waits_for) == (True, "")
    (decision,) = decide(
        pair.rektor, pair, {pair.first: value}, ground="disagreement", reason="B och C"
    )
    assert (decision.value, decision.ground, decision.reason) == (value, "disagreement", "B och C")
    assert (decision.decider_role, decision.registered_by_name) == ("REKTOR", typist)
    assert (JointDecider.objects.count(), opinions()) == (0, {})
    event = AuditEvent.objects.latest("number")
    assert event.name == "grades_decided"
    assert '"B"' in event.after
    assert '"C"' in event.after


def test_nobody_decides_another_grade_than_they_have_answered(pair: Pair) -> None:
    disagreeing(pair)
    assert refusal(pair.bo, pair, {pair.first: "C"}) == ["grade-own-answer-differs"]
    answer(pair.bo, pair, {pair.first: "C"})
    assert len(decide(pair.bo, pair, {pair.first: "C"})) == 1


def test_they_may_still_come_to_hold_the_same(pair: Pair) -> None:
    disagreeing(pair)
    draft(pair.bo, pair.first, "D", seen=2, over=True)
    assert opinions() == {(pair.first, "Karin"): "C"}
    draft(pair.bo, pair.first, "C", seen=3)
    (decision,) = decide(pair.bo, pair, {pair.first: "C"})
    assert (decision.value, decision.decided_by_name) == ("C", "Bo Wallgren")


@pytest.mark.parametrize("answers", [[], ["bo"], ["bo", "karin"]])
def test_rektor_settles_nothing_that_is_not_in_dispute(pair: Pair, answers: list[str]) -> None:
    draft(pair.bo, pair.first, "B")
    for who in answers:
        answer(getattr(pair, who), pair, {pair.first: "B"})
    codes = refusal(pair.rektor, pair, {pair.first: "B"}, ground="disagreement", reason="Oense")
    assert codes == ["grade-no-disagreement"]


def test_one_grade_in_dispute_does_not_take_the_others_along(pair: Pair) -> None:
    disagreeing(pair)
    second = pair.placements[1].pk
    values = {pair.first: "C", second: "A"}
    codes = refusal(pair.rektor, pair, values, ground="disagreement", reason="Oense")
    assert codes == ["grade-no-disagreement"]


def test_two_without_legitimation_do_not_decide_and_with_betygsratt_they_do(pair: Pair) -> None:
    Duty.objects.filter(person=pair.persons["Karin"]).update(registered_teacher=False)
    answer(pair.bo, pair, {pair.first: "B"})
    assert refusal(pair.karin, pair, {pair.first: "B"}) == ["grade-neither-registered"]
    Provider.objects.filter(pk=pair.town.unit.provider_id).update(
        kind="external", grading_right_from=EXAM
    )
    assert len(decide(pair.karin, pair, {pair.first: "B"})) == 1


def test_when_one_of_two_has_left_rektor_decides_on_that_ground(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    answer(pair.bo, pair, {pair.first: "B"})
    held = {pair.first: "B"}
    codes = refusal(pair.rektor, pair, held, ground="left", reason="Bo har slutat")
    assert codes == ["grade-teacher-still-on-duty"]
    Duty.objects.filter(person=pair.persons["Bo"]).update(end_date=TODAY - timedelta(days=1))
    assert refusal(pair.karin, pair, held) == ["grade-teacher-not-on-duty"]
    (decision,) = decide(pair.rektor, pair, held, ground="left", reason="Bo har slutat")
    assert (decision.ground, decision.decided_by_name) == ("left", "Rut Rektor")


def test_only_the_groups_two_teachers_answer(pair: Pair) -> None:
    values = {pair.first: "B"}
    for actor in (pair.rektor, world.administrator(pair.town.unit)):
        with pytest.raises(NotAllowedError):
            answer(actor, pair, values)
    stranger = world.grading_teacher(world.teacher(pair.town.unit, "Åke"), pair.town.unit)
    with pytest.raises(NotFoundError):
        answer(stranger, pair, values)
    assert opinions() == {}


def test_who_decides_alone_has_nobody_to_answer(pair: Pair) -> None:
    ExamGroup.objects.update(grading_teacher=pair.persons["Karin"], co_grading_teacher=None)
    with pytest.raises(ProblemsFoundError) as caught:
        answer(pair.karin, pair, {pair.first: "B"})
    assert [problem.code for problem in caught.value.problems] == ["grade-opinion-alone"]


def test_an_answer_is_a_grade_that_could_be_decided_on_what_was_read(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    second = world.place(pair.group, exam_date=TODAY + timedelta(days=1)).pk
    for values, code in (
        ({pair.first: "C"}, "grade-seen-conflict"),
        ({pair.placements[1].pk: "Q"}, "grade-outside-scale"),
        ({second: "A"}, "grade-before-exam"),
    ):
        with pytest.raises(ProblemsFoundError) as caught:
            answer(pair.karin, pair, values)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert opinions() == {}


def test_who_no_longer_decides_counts_no_more(pair: Pair) -> None:
    answer(pair.bo, pair, {pair.first: "B"})
    answer(pair.karin, pair, {pair.first: "C"})
    replacement = world.teacher(pair.town.unit, "Åsa")
    ExamGroup.objects.update(co_grading_teacher=replacement)
    codes = refusal(pair.rektor, pair, {pair.first: "B"}, ground="disagreement", reason="Oense")
    assert codes == ["grade-no-disagreement"]
    asa = world.grading_teacher(replacement, pair.town.unit)
    (decision,) = decide(asa, pair, {pair.first: "B"})
    assert (decision.decided_by_name, JointDecider.objects.get().name) == (
        "Åsa Wallgren",
        "Bo Wallgren",
    )
    assert opinions() == {}


def test_who_does_not_grade_sees_no_answers(pair: Pair) -> None:
    draft(pair.bo, pair.first, "B")
    answer(pair.bo, pair, {pair.first: "B"})
    seen = rows(pair, world.provider_staff(pair.town.unit))
    assert [(each.opinions, each.waits_for, each.draft_value) for each in seen] == [
        ((), "", "")
    ] * 2


@pytest.mark.parametrize(
    ("right", "scope", "decides"),
    [
        (False, ScopeKind.UNIT, False),
        (False, ScopeKind.PROVIDER, False),
        (False, ScopeKind.ORGANISER, True),
        (True, ScopeKind.UNIT, True),
        (True, ScopeKind.ORGANISER, True),
    ],
)
def test_without_betygsratt_it_is_the_huvudmans_rektor_who_decides(
    pair: Pair, scope: ScopeKind, *, right: bool, decides: bool
) -> None:
    unit = pair.town.other_unit
    if right:
        Provider.objects.filter(pk=unit.provider_id).update(grading_right_from=EXAM)
    ids = {
        ScopeKind.UNIT: unit.pk,
        ScopeKind.PROVIDER: unit.provider_id,
        ScopeKind.ORGANISER: pair.town.organiser.pk,
    }
    rektor = world.actor(
        "principal", Scope(scope, ids[scope]), as_person=world.person("Rut", "Rektor")
    )
    graded = world.group(unit, world.teacher(unit))
    theirs = dataclasses.replace(pair, group=graded)
    values, why = {world.place(graded).pk: "A"}, "Läraren är sjuk"
    if decides:
        assert len(decide(rektor, theirs, values, ground="hindered", reason=why)) == 1
        return
    codes = refusal(rektor, theirs, values, ground="hindered", reason=why)
    assert codes == ["grade-principal-not-organisers"]


def rows(pair: Pair, actor: Actor) -> list[GradeRow]:
    return list(grade_sheet(actor, pair.group.pk, TODAY).rows)
