"""Typing grades: kept, refused or in conflict, row by row, and never overwritten unseen."""

from datetime import timedelta
from uuid import uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades, save_draft, save_drafts
from provning.grading.models import GradeDraft
from provning.grading.queries import GradeState, grade_sheet, study_plan_rows
from provning.grading.rows import DraftEntry, DraftResult, DraftStatus
from provning.kernel.actors import Actor
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import EXAM, TODAY


def type_one(actor: Actor, placement: Placement, value: str, *, seen: int = 0) -> DraftResult:
    return save_draft(
        actor=actor,
        placement_id=placement.pk,
        value=value,
        expected_version=seen,
        today=TODAY,
    )


def codes(error: ProblemsFoundError) -> list[str]:
    return [problem.code for problem in error.problems]


def refused(actor: Actor, placement: Placement, value: str = "B") -> list[str]:
    with pytest.raises(ProblemsFoundError) as caught:
        type_one(actor, placement, value)
    assert GradeDraft.objects.count() == 0
    return codes(caught.value)


def test_the_teachers_own_grade_is_a_draft(ready: Ready) -> None:
    result = type_one(ready.teacher, ready.placements[0], " b ")

    assert (result.status, result.value, result.version) == (DraftStatus.SAVED, "B", 1)
    row = grade_sheet(ready.teacher, ready.group.pk, TODAY).rows[0]
    assert (row.state, row.draft_value, row.draft_by) == (
        GradeState.DRAFT,
        "B",
        "Karin Wallgren",
    )


def test_an_administrators_grade_is_a_proposal(ready: Ready) -> None:
    type_one(ready.admin, ready.placements[0], "C")

    sheet = grade_sheet(ready.teacher, ready.group.pk, TODAY)
    assert [row.state for row in sheet.rows] == [
        GradeState.PROPOSED,
        GradeState.NONE,
        GradeState.NONE,
    ]
    assert (sheet.counts.proposed, sheet.counts.waiting, sheet.counts.decided) == (1, 2, 0)


def test_the_same_grade_again_changes_and_records_nothing(ready: Ready) -> None:
    type_one(ready.teacher, ready.placements[0], "B")
    result = type_one(ready.teacher, ready.placements[0], "b", seen=0)

    assert result.status is DraftStatus.UNCHANGED
    assert AuditEvent.objects.count() == 1


def test_a_grade_can_be_changed_and_taken_away_by_who_has_read_it(ready: Ready) -> None:
    placement = ready.placements[0]
    type_one(ready.teacher, placement, "B")
    type_one(ready.teacher, placement, "C", seen=1)
    result = type_one(ready.teacher, placement, "", seen=2)

    assert (result.status, result.value, result.version) == (DraftStatus.SAVED, "", 3)
    history = history_of("grade", placement.pk)
    assert [each.name for each in history] == ["grades_drafted"] * 3
    assert [(row.before["drafts"], row.after["drafts"]) for row in reversed(history)] == [
        ({str(placement.pk): ""}, {str(placement.pk): "B"}),
        ({str(placement.pk): "B"}, {str(placement.pk): "C"}),
        ({str(placement.pk): "C"}, {str(placement.pk): ""}),
    ]


def test_somebody_elses_grade_is_not_overwritten_unseen(ready: Ready) -> None:
    placement = ready.placements[0]
    type_one(ready.admin, placement, "C")

    with pytest.raises(ConflictError) as caught:
        type_one(ready.teacher, placement, "B", seen=0)

    (problem,) = caught.value.problems
    assert problem.code == "grade-draft-conflict"
    assert problem.field == f"grade-{placement.pk}"
    assert problem.text.startswith("Adam Administratör skrev C 2")
    assert "Ditt betyg B är inte sparat" in problem.text
    assert GradeDraft.objects.get().value == "C"


def test_a_grade_that_was_taken_away_meanwhile_is_told(ready: Ready) -> None:
    placement = ready.placements[0]
    type_one(ready.admin, placement, "C")
    type_one(ready.admin, placement, "", seen=1)

    with pytest.raises(ConflictError) as caught:
        type_one(ready.teacher, placement, "B", seen=1)

    assert caught.value.problems[0].text.startswith("Adam Administratör tog bort utkastet 2")


def test_a_decided_grade_takes_no_draft(ready: Ready) -> None:
    placement = ready.placements[0]
    decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={placement.pk: "A"},
        submission=uuid4(),
        today=TODAY,
    )

    with pytest.raises(ConflictError) as caught:
        type_one(ready.admin, placement, "B")

    assert codes(caught.value) == ["grade-decided"]
    assert caught.value.problems[0].text.startswith("Karin Wallgren beslutade A 2")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("G", "grade-outside-scale"),
        ("AB", "grade-outside-scale"),
        ("–", "grade-dash"),
        ("-", "grade-dash"),
        ("<b>A</b>", "grade-outside-scale"),
        ("😀", "grade-outside-scale"),
        ("A" * 100_000, "grade-outside-scale"),
    ],
)
def test_only_the_scales_values_are_taken(ready: Ready, value: str, code: str) -> None:
    assert refused(ready.teacher, ready.placements[0], value) == [code]


def test_no_grade_before_the_exam(ready: Ready) -> None:
    tomorrow = world.place(ready.group, exam_date=TODAY + timedelta(days=1))
    today = world.place(ready.group, exam_date=TODAY)

    assert refused(ready.teacher, tomorrow) == ["grade-before-exam"]
    assert type_one(ready.teacher, today, "B").status is DraftStatus.SAVED


@pytest.mark.parametrize("outcome", ["absent", "incomplete", "no_identification", "withdrawn"])
def test_what_was_not_carried_out_has_no_grade(ready: Ready, outcome: str) -> None:
    placement = world.place(ready.group, outcome=outcome)

    assert refused(ready.teacher, placement) == ["grade-outcome-set"]


def test_a_group_without_teacher_is_not_graded(ready: Ready) -> None:
    ExamGroup.objects.filter(pk=ready.group.pk).update(grading_teacher=None)

    assert refused(ready.admin, ready.placements[0]) == ["grade-no-teacher"]


def test_a_corrected_placement_is_not_graded(ready: Ready) -> None:
    old = ready.placements[0]
    Placement.objects.create(
        group=ready.group,
        person=old.person,
        exam_date=EXAM + timedelta(days=1),
        status="Prövning",
        supersedes=old,
    )

    assert refused(ready.teacher, old) == ["grade-placement-superseded"]


def test_the_scale_is_the_one_of_the_exam_date(ready: Ready) -> None:
    swedish = world.course("GRNSVE2", "Svenska", ScaleFamily.BASIC)
    graded = world.group(ready.town.unit, ready.teacher_person, of=swedish)
    placement = world.place(graded)

    assert refused(ready.teacher, placement, "A") == ["grade-outside-scale"]
    assert type_one(ready.teacher, placement, "ig").value == "IG"
    assert grade_sheet(ready.teacher, graded.pk, TODAY).rows[0].scale is not None


def test_a_course_that_is_never_graded_takes_no_grade(ready: Ready) -> None:
    orientation = world.course("ORIENT1", "Orientering", ScaleFamily.UNGRADED)
    graded = world.group(ready.town.unit, ready.teacher_person, of=orientation)

    assert refused(ready.teacher, world.place(graded), "A") == ["grade-course-ungraded"]
    assert grade_sheet(ready.teacher, graded.pk, TODAY).rows[0].scale is None


def test_several_rows_are_judged_each_by_itself(ready: Ready) -> None:
    first, second, third = ready.placements
    type_one(ready.admin, third, "E")
    results = save_drafts(
        actor=ready.teacher,
        group_id=ready.group.pk,
        entries=[
            DraftEntry(first.pk, "A", 0),
            DraftEntry(second.pk, "X", 0),
            DraftEntry(third.pk, "D", 0),
        ],
        today=TODAY,
    )

    assert [result.status for result in results] == [
        DraftStatus.SAVED,
        DraftStatus.PROBLEMS,
        DraftStatus.CONFLICT,
    ]
    assert [(result.value, result.version) for result in results] == [("A", 1), ("", 0), ("E", 1)]
    assert AuditEvent.objects.count() == 2


def test_one_bad_row_of_a_whole_form_stores_nothing(ready: Ready) -> None:
    first, second, third = ready.placements
    results = save_drafts(
        actor=ready.teacher,
        group_id=ready.group.pk,
        entries=[
            DraftEntry(first.pk, "A", 0),
            DraftEntry(second.pk, "X", 0),
            DraftEntry(third.pk, "", 0),
        ],
        today=TODAY,
        all_or_nothing=True,
    )

    assert [result.status for result in results] == [
        DraftStatus.HELD,
        DraftStatus.PROBLEMS,
        DraftStatus.UNCHANGED,
    ]
    assert [(result.value, result.version) for result in results] == [("", 0)] * 3
    assert GradeDraft.objects.count() == 0
    assert AuditEvent.objects.count() == 0


def test_a_hundred_grades_are_one_event(ready: Ready) -> None:
    placements = [world.place(ready.group) for _ in range(20)]
    save_drafts(
        actor=ready.teacher,
        group_id=ready.group.pk,
        entries=[DraftEntry(each.pk, "C", 0) for each in placements],
        today=TODAY,
        all_or_nothing=True,
    )

    (event,) = AuditEvent.objects.all()
    assert event.name == "grades_drafted"
    assert GradeDraft.objects.filter(value="C").count() == 20


def test_another_units_group_does_not_exist(ready: Ready) -> None:
    outsider = world.administrator(ready.town.other_unit)

    with pytest.raises(NotFoundError):
        type_one(outsider, ready.placements[0], "B")
    with pytest.raises(NotFoundError):
        grade_sheet(outsider, ready.group.pk, TODAY)


def test_another_teachers_group_does_not_exist(ready: Ready) -> None:
    colleague = world.teacher(ready.town.unit, "Bo")
    world.group(ready.town.unit, colleague, number=2)
    stranger = world.grading_teacher(colleague, ready.town.unit)

    with pytest.raises(NotFoundError):
        type_one(stranger, ready.placements[0], "B")


def test_a_placement_of_another_group_is_not_taken_along(ready: Ready) -> None:
    colleague = world.teacher(ready.town.unit, "Bo")
    foreign = world.place(world.group(ready.town.unit, colleague, number=2))

    with pytest.raises(NotFoundError):
        save_drafts(
            actor=ready.teacher,
            group_id=ready.group.pk,
            entries=[DraftEntry(ready.placements[0].pk, "A", 0), DraftEntry(foreign.pk, "A", 0)],
            today=TODAY,
        )
    assert GradeDraft.objects.count() == 0


def test_who_only_plans_types_no_grades_and_sees_no_drafts(ready: Ready) -> None:
    staff = world.provider_staff(ready.town.unit)
    type_one(ready.teacher, ready.placements[0], "B")

    with pytest.raises(NotAllowedError):
        type_one(staff, ready.placements[1], "B")
    sheet = grade_sheet(staff, ready.group.pk, TODAY)
    assert [(row.state, row.draft_value, row.draft_version) for row in sheet.rows] == [
        (GradeState.NONE, "", 0)
    ] * 3
    assert (sheet.may_draft, sheet.decider_role) == (False, "")


def test_a_draft_is_in_nobodys_study_plan(ready: Ready) -> None:
    placement = ready.placements[0]
    type_one(ready.teacher, placement, "B")

    for reader in (ready.teacher, world.provider_staff(ready.town.unit)):
        (row,) = study_plan_rows(reader, placement.person_id, TODAY)
        assert (row.value, row.state, row.note) == ("", GradeState.NONE, "Betyg är inte beslutat")
    assert history_of("person", placement.person_id) == []
