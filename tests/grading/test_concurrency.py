"""Two at once: one is first, and the other is told who, when and what."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.exams.actions import change_exam_date, record_outcome, withdraw_placement
from provning.exams.models import Placement
from provning.grading.actions import decide_grades, give_opinions, save_draft, save_drafts
from provning.grading.models import GradeDecision, GradeDraft, GradeOpinion, JointDecider
from provning.grading.rows import DraftEntry, DraftResult, DraftStatus
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, ProblemsFoundError
from tests.grading import world
from tests.grading.conftest import Ready, make_ready
from tests.grading.world import EXAM, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all works at the same time, and return what each returned or raised."""
    barrier = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        barrier.wait(timeout=20)
        try:
            answers[place] = work()
        except Exception as error:  # noqa: BLE001 (the error is the answer)
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def deciding(ready: Ready, value: str) -> Callable[[], object]:
    """Return the work of deciding the same grade for everybody with a form of its own."""
    values = {each.pk: value for each in ready.placements}
    submission = uuid4()
    return lambda: decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values=values,
        submission=submission,
        today=TODAY,
    )


def test_two_who_decide_at_once_make_one_decision_and_one_readable_conflict() -> None:
    ready = make_ready()

    answers = at_once(deciding(ready, "A"), deciding(ready, "B"))

    (conflict,) = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(conflict, ConflictError)
    assert {each.code for each in conflict.problems} == {"grade-decided"}
    assert len({each.value for each in GradeDecision.objects.all()}) == 1
    assert GradeDecision.objects.count() == 3
    assert AuditEvent.objects.filter(name="grades_decided").count() == 1


def test_the_same_form_sent_twice_at_once_decides_once() -> None:
    ready = make_ready()
    work = deciding(ready, "A")

    answers = at_once(work, work, work)

    # An answer that is a fault has none of it, and fails here.
    assert [sorted(each.pk for each in answer) for answer in answers] == [  # type: ignore[attr-defined]
        sorted(GradeDecision.objects.values_list("pk", flat=True))
    ] * 3
    assert GradeDecision.objects.count() == 3


def test_two_first_drafts_at_once_are_one_draft_and_one_conflict() -> None:
    ready = make_ready(1)
    placement = ready.placements[0].pk

    def typing(value: str) -> Callable[[], object]:
        return lambda: save_draft(
            actor=ready.teacher,
            placement_id=placement,
            value=value,
            expected_version=0,
            today=TODAY,
        )

    answers = at_once(typing("A"), typing("B"))

    saved = [each for each in answers if isinstance(each, DraftResult)]
    conflicts = [each for each in answers if isinstance(each, ConflictError)]
    assert (len(saved), len(conflicts)) == (1, 1)
    assert conflicts[0].problems[0].code == "grade-draft-conflict"
    assert GradeDraft.objects.get().value == saved[0].value


def test_a_whole_sheet_saved_by_two_at_once_is_one_of_them_and_never_a_mixture() -> None:
    ready = make_ready(12)

    def saving(value: str) -> Callable[[], object]:
        entries = [DraftEntry(each.pk, value, 0) for each in ready.placements]
        return lambda: save_drafts(
            actor=ready.teacher,
            group_id=ready.group.pk,
            entries=entries,
            today=TODAY,
            all_or_nothing=True,
        )

    answers = at_once(saving("A"), saving("B"))

    # An answer that is a fault has none of it, and fails here.
    statuses = [{result.status for result in answer} for answer in answers]  # type: ignore[attr-defined]
    assert {DraftStatus.SAVED} in statuses
    assert {DraftStatus.CONFLICT} in statuses
    assert len(set(GradeDraft.objects.values_list("value", flat=True))) == 1


def test_a_draft_at_the_moment_of_deciding_is_either_decided_or_told() -> None:
    ready = make_ready(1)
    placement = ready.placements[0].pk

    answers = at_once(
        deciding(ready, "A"),
        lambda: save_draft(
            actor=world.administrator(ready.town.unit),
            placement_id=placement,
            value="E",
            expected_version=0,
            today=TODAY,
        ),
    )

    decided, typed = answers
    # Whoever came second was told: a draft that was first is not decided over unseen.
    assert isinstance(decided, ConflictError) != isinstance(typed, ConflictError)
    assert GradeDecision.objects.count() + GradeDraft.objects.count() == 1
    assert verify_chain().fault == ""


@pytest.mark.parametrize("change", ["withdraw", "move"])
def test_a_placement_is_either_decided_or_changed_never_both(change: str) -> None:
    ready = make_ready(1)
    placement = ready.placements[0]
    planner = world.provider_staff(ready.town.unit)

    def withdrawing() -> object:
        return withdraw_placement(
            actor=planner, placement_id=placement.pk, expected_version=1, reason="Fel person"
        )

    def moving() -> object:
        return change_exam_date(
            actor=planner,
            placement_id=placement.pk,
            expected_version=1,
            exam_date=EXAM + timedelta(days=1),
            today=TODAY,
        )

    answers = at_once(deciding(ready, "A"), withdrawing if change == "withdraw" else moving)

    placement.refresh_from_db()
    decided, changed = (not isinstance(answer, Exception) for answer in answers)
    assert all(isinstance(each, ProblemsFoundError | list | Placement) for each in answers)
    assert GradeDecision.objects.count() == decided
    if change == "withdraw":
        assert decided != changed
        assert placement.outcome == ("" if decided else "withdrawn")
    else:
        # Moved first, the grade is decided on the new date: there is but one.
        assert decided
        assert placement.exam_date == EXAM + timedelta(days=changed)
    assert verify_chain().fault == ""


def test_an_outcome_and_a_grade_at_once_leave_one_of_them() -> None:
    ready = make_ready(1)
    (placement,) = ready.placements

    answers = at_once(
        lambda: record_outcome(
            actor=ready.admin,
            placement_id=placement.pk,
            expected_version=1,
            outcome="absent",
            today=TODAY,
        ),
        lambda: save_draft(
            actor=ready.teacher,
            placement_id=placement.pk,
            value="A",
            expected_version=0,
            today=TODAY,
        ),
    )

    (refusal,) = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(refusal, ProblemsFoundError)
    codes = {each.code for each in refusal.problems}
    assert codes in ({"outcome-grade-typed"}, {"grade-outcome-set"})
    noted = Placement.objects.exclude(outcome="").count()
    assert noted + GradeDraft.objects.exclude(value="").count() == 1


def test_two_who_have_both_answered_and_decide_at_once_make_one_decision() -> None:
    town = world.municipality()
    persons = [world.teacher(town.unit, name) for name in ("Bo", "Karin")]
    group = world.group(town.unit, persons[0], together_with=persons[1])
    placement = world.place(group)
    actors = [world.grading_teacher(each, town.unit) for each in persons]
    values = {placement.pk: "B"}
    for actor in actors:
        give_opinions(actor=actor, group_id=group.pk, values=values, today=TODAY)

    def work(actor: Actor) -> Callable[[], object]:
        submission = uuid4()
        return lambda: decide_grades(
            actor=actor, group_id=group.pk, values=values, submission=submission, today=TODAY
        )

    answers = at_once(*map(work, actors))

    (conflict,) = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(conflict, ConflictError)
    assert (GradeDecision.objects.count(), JointDecider.objects.count()) == (1, 1)
    assert GradeDecision.objects.get().decided_by_id != JointDecider.objects.get().person_id


def test_a_teacher_who_changes_their_mind_while_the_other_decides_is_not_overruled_unseen() -> None:
    town = world.municipality()
    persons = [world.teacher(town.unit, name) for name in ("Bo", "Karin")]
    group = world.group(town.unit, persons[0], together_with=persons[1])
    placement = world.place(group)
    bo, karin = (world.grading_teacher(each, town.unit) for each in persons)
    give_opinions(actor=bo, group_id=group.pk, values={placement.pk: "B"}, today=TODAY)

    answers = at_once(
        lambda: save_draft(
            actor=bo, placement_id=placement.pk, value="A", expected_version=0, today=TODAY
        ),
        lambda: decide_grades(
            actor=karin,
            group_id=group.pk,
            values={placement.pk: "B"},
            submission=uuid4(),
            today=TODAY,
        ),
    )

    assert sum(isinstance(each, ConflictError) for each in answers) == 1
    assert GradeDecision.objects.count() + GradeDraft.objects.count() == 1
    assert GradeOpinion.objects.count() == 0
