"""Once a grade is decided its date stands, and the database itself says so."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from provning.exams.actions import change_exam_date, place_student, withdraw_placement
from provning.exams.models import Placement
from provning.grading.models import GradeDecision
from provning.kernel.problems import ProblemsFoundError
from tests.exams.world import PROGRAM, TODAY, World


@pytest.fixture
def decided(world: World) -> Placement:
    """Return a placement whose grade is decided."""
    group = world.group(teacher="Karin")
    placement = world.place(group, world.person())[0]
    GradeDecision.objects.create(
        placement=placement,
        value="C",
        scale_id="AF_GY",
        course_code="MATMAT03b",
        course_name="Matematik 3b",
        points=100,
        decided_by_id=world.teachers["Karin"],
        decided_by_name="Karin Wallgren",
        decider_role=GradeDecision.DeciderRole.TEACHER,
        registered_by_account="1",
        registered_by_name="Karin Wallgren",
        decided_at=datetime(2026, 12, 19, tzinfo=UTC),
        submission=uuid4(),
    )
    return placement


def test_the_exam_date_is_frozen(decided: Placement) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        change_exam_date(
            actor=PROGRAM,
            placement_id=decided.id,
            expected_version=1,
            exam_date=decided.group.start_date,
            today=TODAY,
        )
    assert [problem.code for problem in error.value.problems] == ["placement-decided"]
    decided.refresh_from_db()
    assert (decided.exam_date, decided.version) == (decided.group.end_date, 1)


def test_the_placement_is_not_taken_back(decided: Placement) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        withdraw_placement(
            actor=PROGRAM, placement_id=decided.id, expected_version=1, reason="Fel person"
        )
    assert [problem.code for problem in error.value.problems] == ["placement-decided"]
    decided.refresh_from_db()
    assert decided.outcome == ""


def test_a_day_that_a_rättelse_led_away_from_stays_taken(decided: Placement) -> None:
    group, person = decided.group, decided.person_id
    wrong_day, right_day = group.end_date, group.start_date
    Placement.objects.create(
        group=group, person_id=person, exam_date=right_day, status="Prövning", supersedes=decided
    )
    with pytest.raises(ProblemsFoundError) as error:
        place_student(
            actor=PROGRAM,
            group_id=group.id,
            person_id=person,
            exam_date=wrong_day,
            override_reason="Nytt försök",
            today=TODAY,
        )
    assert [problem.code for problem in error.value.problems] == ["placement-day-corrected"]

    other_day = wrong_day - timedelta(days=1)
    later = place_student(
        actor=PROGRAM,
        group_id=group.id,
        person_id=person,
        exam_date=other_day,
        override_reason="Nytt försök",
        today=TODAY,
    )
    with pytest.raises(ProblemsFoundError) as error:
        change_exam_date(
            actor=PROGRAM,
            placement_id=later.id,
            expected_version=1,
            exam_date=wrong_day,
            today=TODAY,
        )
    assert [problem.code for problem in error.value.problems] == ["placement-day-corrected"]
