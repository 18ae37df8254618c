"""Numbered cases of dates, of who typed, and of what a grade is set on."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction

from provning.exams.actions import change_exam_date, place_student, withdraw_placement
from provning.exams.models import Placement
from provning.grading.actions import correct_grade, decide_grades, save_draft
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_sheet, study_plan_rows, term_decisions
from provning.grading.states import GradeState
from provning.kernel.problems import NotAllowedError, ProblemsFoundError
from provning.kernel.terms import Term
from tests.builders import PROGRAM
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import EXAM, HT26, TODAY


def decide(
    ready: Ready, values: dict[Placement, str], *, today: date = TODAY
) -> list[GradeDecision]:
    return decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={placement.pk: value for placement, value in values.items()},
        submission=uuid4(),
        today=today,
    )


def move(placement: Placement, day: date) -> Placement:
    placement.refresh_from_db()
    return change_exam_date(
        actor=PROGRAM,
        placement_id=placement.pk,
        expected_version=placement.version,
        exam_date=day,
        today=TODAY,
    )


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_case_13_prövningsdatum_and_betygsdatum_are_one_stored_date(ready: Ready) -> None:
    own_dates = [
        each.name
        for each in GradeDecision._meta.get_fields()
        if isinstance(each, models.DateField) and not isinstance(each, models.DateTimeField)
    ]
    placement = ready.placements[0]
    decide(ready, {placement: "C"})

    staff = world.provider_staff(ready.town.unit)
    (shown,) = study_plan_rows(staff, placement.person_id, TODAY)
    (printed,) = term_decisions(ready.town.unit.pk, HT26)
    assert own_dates == []
    assert {
        shown.placement.start_date,
        shown.placement.end_date,
        shown.placement.exam_date,
        printed.exam_date,
    } == {EXAM}


def test_case_14_with_several_sittings_the_date_is_the_last_ones_and_freezes_at_the_decision(
    ready: Ready,
) -> None:
    placement, oral = ready.placements[0], TODAY + timedelta(days=14)
    move(placement, oral)
    with pytest.raises(ProblemsFoundError) as early:
        decide(ready, {placement: "C"})
    assert codes(early) == ["grade-before-exam"]

    (decision,) = decide(ready, {placement: "C"}, today=oral)

    with pytest.raises(ProblemsFoundError) as frozen:
        move(placement, EXAM)
    assert codes(frozen) == ["placement-decided"]
    placement.refresh_from_db()
    assert (placement.exam_date, decision.placement_id) == (oral, placement.pk)


@pytest.mark.parametrize(
    ("term", "beyond"), [("VT26", date(2026, 7, 1)), ("HT26", date(2027, 1, 1))]
)
def test_case_16_a_last_part_beyond_the_half_year_moves_to_a_group_of_the_next(
    ready: Ready, term: str, beyond: date
) -> None:
    this = Term.parse(term)
    teacher, unit = ready.teacher_person, ready.town.unit
    of = world.course("ENGENG06", "Engelska 6")
    placement = world.place(world.group(unit, teacher, of=of, term=this), exam_date=this.last_day)
    with pytest.raises(ProblemsFoundError) as refusal:
        move(placement, beyond)
    assert codes(refusal) == ["placement-date-outside-group"]
    assert refusal.value.problems[0].message.endswith("eller en grupp i rätt termin.")

    withdraw_placement(
        actor=PROGRAM,
        placement_id=placement.pk,
        expected_version=placement.version,
        reason="Sista delen görs nästa termin",
    )
    moved = place_student(
        actor=PROGRAM,
        group_id=world.group(unit, teacher, of=of, term=this.next()).pk,
        person_id=placement.person_id,
        exam_date=beyond,
        today=TODAY,
    )
    placement.refresh_from_db()
    assert (placement.outcome, moved.exam_date) == (Placement.Outcome.WITHDRAWN, beyond)


def test_case_65_what_an_administrator_types_waits_for_the_teacher_who_decides(
    ready: Ready,
) -> None:
    placement = ready.placements[0]
    save_draft(
        actor=ready.admin,
        placement_id=placement.pk,
        value="C",
        expected_version=0,
        today=TODAY,
    )
    with pytest.raises(NotAllowedError):
        decide_grades(
            actor=ready.admin,
            group_id=ready.group.pk,
            values={placement.pk: "C"},
            submission=uuid4(),
            today=TODAY,
        )
    rows = {row.placement.id: row for row in grade_sheet(ready.teacher, ready.group.pk, TODAY).rows}
    assert rows[placement.pk].state is GradeState.PROPOSED
    assert not GradeDecision.objects.exists()

    (decision,) = decide(ready, {placement: "C"})

    assert (decision.registered_by_account, decision.registered_by_name) == (
        ready.admin.id,
        "Adam Administratör",
    )
    assert (decision.decided_by, decision.decided_by_name) == (
        ready.teacher_person,
        "Karin Wallgren",
    )


def test_case_66_a_grade_is_set_on_a_person_and_never_on_a_group(ready: Ready) -> None:
    first, second, third = ready.placements
    with pytest.raises(ProblemsFoundError) as refusal:
        decide_grades(
            actor=ready.teacher,
            group_id=ready.group.pk,
            placement_ids=[first.pk, second.pk, third.pk],
            values={first.pk: "C"},
            submission=uuid4(),
            today=TODAY,
        )
    assert {problem.code for problem in refusal.value.problems} == {"grade-missing"}
    assert {problem.field for problem in refusal.value.problems} == {
        f"grade-{second.pk}",
        f"grade-{third.pk}",
    }
    (decision,) = decide(ready, {first: "C"})
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeDecision(pk=uuid4(), value="C", decided_by=decision.decided_by).save(force_insert=True)


def test_case_72_a_prövning_after_validering_is_the_same_record_marked_with_its_source(
    ready: Ready,
) -> None:
    placement = place_student(
        actor=PROGRAM,
        group_id=ready.group.pk,
        person_id=world.enrolled(ready.group).pk,
        exam_date=EXAM,
        after_validation=True,
        today=TODAY,
    )
    (decision,) = decide(ready, {placement: "C"})
    correct_grade(
        actor=world.principal(ready.town.unit),
        decision_id=decision.pk,
        value="C",
        exam_date=EXAM + timedelta(days=1),
        hearing="heard",
        hearing_note="Håller med.",
        reason="Fel dag skrevs in.",
        submission=uuid4(),
        today=TODAY,
    )

    staff = world.provider_staff(ready.town.unit)
    plan = study_plan_rows(staff, placement.person_id, TODAY)
    assert [(row.value, row.placement.after_validation) for row in plan] == [
        ("C", True),
        ("C", True),
    ]
    others = study_plan_rows(staff, ready.placements[0].person_id, TODAY)
    assert [row.placement.after_validation for row in others] == [False]
