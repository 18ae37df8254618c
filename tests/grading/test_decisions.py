"""Deciding: by the one who may, on what they have read, once and for ever."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades, save_draft
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.queries import GradeState, decided_counts, grade_sheet, study_plan_rows
from provning.kernel.actors import Actor, system_actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.models import Provider
from provning.people.models import Duty
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import EXAM, TODAY


def draft(actor: Actor, placement: Placement, value: str, *, seen: int = 0) -> None:
    save_draft(
        actor=actor, placement_id=placement.pk, value=value, expected_version=seen, today=TODAY
    )


def decide(
    actor: Actor,
    group: ExamGroup,
    values: dict[UUID, str] | None = None,
    *,
    submission: UUID | None = None,
    ground: str = "",
    reason: str = "",
    today: date = TODAY,
) -> list[GradeDecision]:
    return decide_grades(
        actor=actor,
        group_id=group.pk,
        values=values,
        submission=submission or uuid4(),
        ground=ground,
        reason=reason,
        today=today,
    )


def refusal(actor: Actor, group: ExamGroup, values: dict[UUID, str] | None = None) -> list[str]:
    """Return the codes of why nothing is decided, and check that nothing was."""
    before = GradeDecision.objects.count()
    with pytest.raises(ProblemsFoundError) as caught:
        decide(actor, group, values)
    assert GradeDecision.objects.count() == before
    return [problem.code for problem in caught.value.problems]


def test_who_typed_and_who_decided_are_two_facts(ready: Ready) -> None:
    first, second, _ = ready.placements
    draft(ready.admin, first, "C")

    decisions = decide(ready.teacher, ready.group, {first.pk: "C", second.pk: "A"})

    by_placement = {each.placement_id: each for each in decisions}
    assert by_placement[first.pk].registered_by_name == "Adam Administratör"
    assert by_placement[second.pk].registered_by_name == "Karin Wallgren"
    for each in GradeDecision.objects.all():
        assert (each.decided_by_id, each.decided_by_name, each.decider_role) == (
            ready.teacher_person.pk,
            "Karin Wallgren",
            "LÄRARE",
        )


def test_a_decision_can_be_read_alone(ready: Ready) -> None:
    (decision,) = decide(ready.teacher, ready.group, {ready.placements[0].pk: "b"})

    stored = GradeDecision.objects.get(pk=decision.pk)
    assert (stored.value, stored.scale_id, stored.course_code, stored.course_name) == (
        "B",
        "AF_GY",
        "MATMAT03b",
        "Matematik 3b",
    )
    assert (stored.points, stored.correction_type, stored.supersedes_id) == (100, "", None)


def test_everything_typed_is_decided_and_the_rest_waits(ready: Ready) -> None:
    first, second, third = ready.placements
    draft(ready.teacher, first, "A")
    draft(ready.admin, second, "F")
    world.place(ready.group, exam_date=TODAY + timedelta(days=3))

    decisions = decide(ready.teacher, ready.group)

    assert {each.placement_id: each.value for each in decisions} == {first.pk: "A", second.pk: "F"}
    assert GradeDraft.objects.count() == 0
    sheet = grade_sheet(ready.teacher, ready.group.pk, TODAY)
    assert (sheet.counts.decided, sheet.counts.waiting, sheet.counts.blocked) == (2, 1, 1)
    assert (sheet.group.decided, sheet.group.placed) == (2, 4)
    assert decided_counts([ready.group.pk, uuid4()]) == {ready.group.pk: 2}
    waiting = [row for row in sheet.rows if row.placement.id == third.pk]
    assert [row.state for row in waiting] == [GradeState.NONE]


def test_the_graded_student_is_shown_as_the_manual_shows_it(ready: Ready) -> None:
    placement = ready.placements[0]
    draft(ready.admin, placement, "C")
    decide(ready.teacher, ready.group)

    (row,) = study_plan_rows(world.provider_staff(ready.town.unit), placement.person_id, TODAY)

    assert (row.value, row.state, row.trial_label) == ("C", GradeState.DECIDED, "Prövning")
    assert (row.decided_by, row.registered_by) == ("Karin Wallgren", "Adam Administratör")
    assert (row.placement.start_date, row.placement.end_date) == (EXAM, EXAM)


def test_the_same_form_twice_decides_once(ready: Ready) -> None:
    placement, submission = ready.placements[0], uuid4()
    first = decide(ready.teacher, ready.group, {placement.pk: "A"}, submission=submission)
    again = decide(ready.teacher, ready.group, {placement.pk: "A"}, submission=submission)

    assert [each.pk for each in again] == [each.pk for each in first]
    assert GradeDecision.objects.count() == 1
    assert AuditEvent.objects.filter(name="grades_decided").count() == 1


def test_a_form_is_not_used_for_another_group(ready: Ready) -> None:
    other = world.group(
        ready.town.unit, ready.teacher_person, of=world.course("ENGENG05", "Engelska 5")
    )
    submission = uuid4()
    decide(ready.teacher, ready.group, {ready.placements[0].pk: "A"}, submission=submission)

    with pytest.raises(ProblemsFoundError) as caught:
        decide(ready.teacher, other, {world.place(other).pk: "A"}, submission=submission)

    assert [each.code for each in caught.value.problems] == ["grade-submission-used"]
    assert GradeDecision.objects.count() == 1


def test_a_decided_grade_is_locked_and_the_conflict_says_who_and_what(ready: Ready) -> None:
    placement = ready.placements[0]
    decide(ready.teacher, ready.group, {placement.pk: "A"})

    with pytest.raises(ConflictError) as caught:
        decide(ready.teacher, ready.group, {placement.pk: "B"})

    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("grade-decided", f"grade-{placement.pk}")
    assert problem.text.startswith("Karin Wallgren beslutade A 2")
    assert [each.value for each in GradeDecision.objects.all()] == ["A"]


def test_a_grade_that_changed_after_it_was_read_is_not_decided(ready: Ready) -> None:
    placement = ready.placements[0]
    draft(ready.admin, placement, "C")
    read = {placement.pk: "C"}
    draft(ready.admin, placement, "E", seen=1)

    with pytest.raises(ConflictError) as caught:
        decide(ready.teacher, ready.group, read)

    (problem,) = caught.value.problems
    assert problem.code == "grade-seen-conflict"
    assert problem.text.startswith("Adam Administratör skrev E 2")
    assert "men du läste C" in problem.text
    assert GradeDecision.objects.count() == 0


def test_a_proposal_that_was_taken_back_is_not_decided(ready: Ready) -> None:
    placement = ready.placements[0]
    draft(ready.admin, placement, "C")
    draft(ready.admin, placement, "", seen=1)

    assert refusal(ready.teacher, ready.group, {placement.pk: "C"}) == ["grade-seen-conflict"]


def test_who_took_their_own_draft_back_may_decide_something_else(ready: Ready) -> None:
    placement = ready.placements[0]
    draft(ready.teacher, placement, "C")
    draft(ready.teacher, placement, "", seen=1)

    (decision,) = decide(ready.teacher, ready.group, {placement.pk: "B"})

    assert (decision.value, decision.registered_by_name) == ("B", "Karin Wallgren")


def test_a_proposal_that_came_after_the_reading_is_left_for_the_next_time(ready: Ready) -> None:
    first, second, _ = ready.placements
    draft(ready.admin, first, "C")
    draft(ready.admin, second, "F")

    decisions = decide(ready.teacher, ready.group, {first.pk: "C"})

    assert [each.placement_id for each in decisions] == [first.pk]
    assert GradeDraft.objects.get().placement_id == second.pk


def test_chosen_placements_without_a_read_grade_are_not_decided_unseen(ready: Ready) -> None:
    first, second, _ = ready.placements
    draft(ready.admin, first, "C")
    draft(ready.admin, second, "F")

    with pytest.raises(ConflictError):
        decide_grades(
            actor=ready.teacher,
            group_id=ready.group.pk,
            placement_ids=[first.pk, second.pk],
            values={first.pk: "C"},
            submission=uuid4(),
            today=TODAY,
        )


def test_one_bad_row_decides_nothing(ready: Ready) -> None:
    first, second, third = ready.placements

    assert refusal(ready.teacher, ready.group, {first.pk: "A", second.pk: "Q", third.pk: ""}) == [
        "grade-outside-scale",
        "grade-missing",
    ]


def test_nothing_typed_is_nothing_to_decide(ready: Ready) -> None:
    assert refusal(ready.teacher, ready.group) == ["grade-nothing-to-decide"]


@pytest.mark.parametrize(("days", "code"), [(1, ["grade-before-exam"]), (0, []), (-1, [])])
def test_a_grade_is_decided_from_the_exam_date_on(ready: Ready, days: int, code: list[str]) -> None:
    placement = world.place(ready.group, exam_date=TODAY + timedelta(days=days))
    values = {placement.pk: "A"}

    found = refusal(ready.teacher, ready.group, values) if code else []

    assert found == code
    if not code:
        assert len(decide(ready.teacher, ready.group, values)) == 1


@pytest.mark.parametrize("outcome", ["absent", "incomplete", "no_identification", "withdrawn"])
def test_what_was_not_carried_out_is_not_decided(ready: Ready, outcome: str) -> None:
    placement = world.place(ready.group, outcome=outcome)

    assert refusal(ready.teacher, ready.group, {placement.pk: "F"}) == ["grade-outcome-set"]


def test_a_group_without_teacher_is_not_decided_by_a_principal_either(ready: Ready) -> None:
    ExamGroup.objects.filter(pk=ready.group.pk).update(grading_teacher=None)
    rektor = world.principal(ready.town.unit)

    with pytest.raises(ProblemsFoundError) as caught:
        decide(rektor, ready.group, {ready.placements[0].pk: "A"}, ground="left", reason="Slutat")

    assert [each.code for each in caught.value.problems] == ["grade-no-teacher"]
    with pytest.raises(NotFoundError):
        decide(ready.teacher, ready.group, {ready.placements[0].pk: "A"})


def test_a_teacher_without_legitimation_does_not_decide_alone(ready: Ready) -> None:
    Duty.objects.filter(person=ready.teacher_person).update(registered_teacher=False)

    assert refusal(ready.teacher, ready.group, {ready.placements[0].pk: "A"}) == [
        "grade-teacher-not-registered"
    ]


@pytest.mark.parametrize(
    ("right_from", "right_to", "alone"),
    [
        (None, None, False),
        (EXAM, None, True),
        (EXAM, EXAM, True),
        (EXAM + timedelta(days=1), None, False),
        (date(2020, 1, 1), EXAM - timedelta(days=1), False),
    ],
)
def test_under_betygsratt_on_the_exam_date_no_legitimation_is_needed(
    ready: Ready, right_from: date | None, right_to: date | None, *, alone: bool
) -> None:
    unit = ready.town.other_unit
    Provider.objects.filter(pk=unit.provider_id).update(
        grading_right_from=right_from, grading_right_to=right_to
    )
    who = world.teacher(unit, registered=False)
    graded = world.group(unit, who)
    values = {world.place(graded).pk: "A"}
    teacher = world.grading_teacher(who, unit)

    if alone:
        assert len(decide(teacher, graded, values)) == 1
    else:
        assert refusal(teacher, graded, values) == ["grade-teacher-not-registered"]


def test_a_teacher_who_has_left_decides_no_more_and_rektor_does_with_a_reason(
    ready: Ready,
) -> None:
    Duty.objects.filter(person=ready.teacher_person).update(end_date=TODAY - timedelta(days=1))
    placement = ready.placements[0]
    draft(ready.admin, placement, "C")
    rektor = world.principal(ready.town.unit)

    assert refusal(ready.teacher, ready.group) == ["grade-teacher-not-on-duty"]
    assert refusal(rektor, ready.group) == ["grade-principal-ground", "grade-principal-reason"]
    (decision,) = decide(rektor, ready.group, ground="left", reason="Läraren har slutat")

    assert (decision.decided_by_name, decision.decider_role) == ("Rut Rektor", "REKTOR")
    assert (decision.ground, decision.reason) == ("left", "Läraren har slutat")
    event = history_of("grade", placement.pk)[0]
    assert (event.name, event.reason) == ("grades_decided", "Läraren har slutat")


def test_only_the_connected_teacher_decides(ready: Ready) -> None:
    colleague = world.teacher(ready.town.unit, "Bo")
    world.group(ready.town.unit, colleague, number=2)
    values = {ready.placements[0].pk: "A"}

    with pytest.raises(NotFoundError):
        decide(world.grading_teacher(colleague, ready.town.unit), ready.group, values)
    with pytest.raises(NotFoundError):
        decide(world.principal(ready.town.other_unit), ready.group, values, reason="x")
    for actor in (
        ready.admin,
        world.provider_staff(ready.town.unit),
        system_actor("Programmet", "test"),
    ):
        with pytest.raises(NotAllowedError):
            decide(actor, ready.group, values)
    assert GradeDecision.objects.count() == 0


def test_a_placement_of_another_group_is_not_decided_along(ready: Ready) -> None:
    colleague = world.teacher(ready.town.unit, "Bo")
    foreign = world.place(world.group(ready.town.unit, colleague, number=2))

    with pytest.raises(NotFoundError):
        decide(ready.teacher, ready.group, {ready.placements[0].pk: "A", foreign.pk: "A"})
    assert GradeDecision.objects.count() == 0


def test_a_hundred_grades_are_one_event_that_names_them_all(ready: Ready) -> None:
    placements = [world.place(ready.group) for _ in range(25)]
    decide(ready.teacher, ready.group, {each.pk: "C" for each in placements})

    (event,) = AuditEvent.objects.filter(name="grades_decided")
    (row,) = history_of("exam_group", ready.group.pk)
    assert (row.number, row.after["count"]) == (event.number, 25)
    kinds = [link.kind for link in event.links.all()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "exam_group": 1,
        "grade": 25,
        "person": 25,
    }
