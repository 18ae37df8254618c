"""Why a prövning gave no grade (cases 36, 54, 55): never beside a grade."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from provning.audit.queries import history_of
from provning.exams.actions import clear_outcome, record_outcome, withdraw_placement
from provning.exams.models import Placement
from provning.exams.rules import outcome_problems
from provning.grading.models import GradeDraft
from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.builders import actor, recorded
from tests.exams.world import PROGRAM, TODAY, World

DAY = date(2026, 11, 12)


@pytest.fixture
def placement(world: World) -> Placement:
    """Return somebody whose exam has been."""
    return world.place(world.group(teacher="Karin"), world.person(), day=DAY)[0]


def note(
    who: Actor, placement: Placement, outcome: str, reason: str = "", *, today: date = TODAY
) -> Placement:
    return record_outcome(
        actor=who,
        placement_id=placement.id,
        expected_version=Placement.objects.get(pk=placement.pk).version,
        outcome=outcome,
        reason=reason,
        today=today,
    )


def clear(who: Actor, placement: Placement) -> Placement:
    return clear_outcome(
        actor=who,
        placement_id=placement.id,
        expected_version=Placement.objects.get(pk=placement.pk).version,
        today=TODAY,
    )


def typed(placement: Placement, value: str) -> None:
    GradeDraft.objects.create(
        placement=placement,
        value=value,
        typed_by_account="1",
        typed_by_name="Karin",
        typed_at=datetime(2026, 11, 13, tzinfo=UTC),
    )


def codes(error: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        ("absent", ""),
        ("incomplete", "Muntliga delen gjordes inte"),
        ("no_identification", "Bara digital legitimation"),
    ],
)
def test_the_teacher_notes_what_happened_and_can_take_it_back(
    world: World, placement: Placement, outcome: str, reason: str
) -> None:
    with recorded() as events:
        noted = note(world.karin, placement, outcome, reason)
        note(world.karin, placement, outcome, reason)
        assert (noted.outcome, noted.outcome_reason) == (outcome, reason)
        taken_back = clear(world.karin, placement)
        clear(world.karin, placement)
    assert events == ["outcome_recorded", "outcome_cleared"]
    assert (taken_back.outcome, taken_back.outcome_reason, taken_back.version) == ("", "", 3)
    said = history_of("placement", placement.id)[1]
    assert (said.name, said.after["outcome"], said.reason) == ("outcome_recorded", outcome, reason)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("incomplete", [("outcome-reason-missing", "reason")]),
        ("F", [("outcome-unknown", "outcome")]),
        ("withdrawn", [("outcome-unknown", "outcome")]),
        ("", [("outcome-unknown", "outcome")]),
    ],
)
def test_what_is_no_outcome_or_lacks_its_reason_is_refused(
    world: World, placement: Placement, outcome: str, expected: list[tuple[str, str]]
) -> None:
    note(PROGRAM, placement, "absent")
    with pytest.raises(ProblemsFoundError) as error:
        note(world.karin, placement, outcome)
    assert codes(error) == expected
    placement.refresh_from_db()
    assert placement.outcome == "absent"


def test_nothing_is_noted_before_the_day(world: World, placement: Placement) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        note(world.karin, placement, "absent", today=DAY - timedelta(days=1))
    assert codes(error) == [("outcome-before-exam", "outcome")]
    assert note(world.karin, placement, "absent", today=DAY).outcome == "absent"


def test_a_typed_grade_is_never_taken_away_unseen(world: World, placement: Placement) -> None:
    typed(placement, "C")
    with pytest.raises(ConflictError) as error:
        note(world.karin, placement, "absent")
    assert codes(error) == [("outcome-grade-typed", "")]
    GradeDraft.objects.update(value="")
    assert note(world.karin, placement, "absent").outcome == "absent"


def test_the_database_takes_no_outcome_beside_a_typed_grade_nor_a_grade_beside_an_outcome(
    world: World, placement: Placement
) -> None:
    typed(placement, "C")
    other = world.place(placement.group, world.person(), day=DAY)[0]
    note(PROGRAM, other, "absent")
    typed(other, "")
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE exams_placement SET outcome = 'absent' WHERE outcome = ''",
            "UPDATE grading_gradedraft SET value = 'F'",
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(statement)
    assert sorted(GradeDraft.objects.values_list("value", flat=True)) == ["", "C"]


def test_a_placement_that_was_taken_back_has_no_other_outcome(
    world: World, placement: Placement
) -> None:
    withdraw_placement(actor=PROGRAM, placement_id=placement.id, expected_version=1, reason="Fel")
    for attempt in (note, clear):
        with pytest.raises(ProblemsFoundError) as error:
            attempt(world.karin, placement, *(("absent",) if attempt is note else ()))
        assert codes(error) == [("placement-withdrawn", "")]


def test_somebody_elses_outcome_is_not_written_over_unseen(
    world: World, placement: Placement
) -> None:
    note(PROGRAM, placement, "absent")
    with pytest.raises(ConflictError):
        record_outcome(
            actor=world.karin,
            placement_id=placement.id,
            expected_version=1,
            outcome="no_identification",
            today=TODAY,
        )


def test_who_grades_notes_it_and_nobody_else(world: World, placement: Placement) -> None:
    administrator = actor("grade_administrator", ScopeKind.PROVIDER, world.provider)
    assert note(administrator, placement, "absent").outcome == "absent"
    for who in (world.admin, world.principal, world.centre):
        with pytest.raises(NotAllowedError):
            clear(who, placement)
    for who in (world.other_admin, world.teacher("Tomas", world.centrum)):
        with pytest.raises(NotFoundError):
            clear(who, placement)
    placement.refresh_from_db()
    assert placement.outcome == "absent"


@given(
    st.sampled_from(["absent", "incomplete", "no_identification", "withdrawn", "", "F", "-"]),
    st.sampled_from(["", " \n", "Labb saknas"]),
    st.integers(-30, 30),
)
def test_an_outcome_is_one_of_three_after_the_exam_with_a_reason_where_it_matters(
    outcome: str, reason: str, days: int
) -> None:
    found = outcome_problems(outcome, reason, exam_date=DAY, today=DAY + timedelta(days=days))
    known = outcome in {"absent", "incomplete", "no_identification"}
    told = outcome != "incomplete" or bool(reason.strip())
    assert (found == []) == (known and told and days >= 0)
    assert not any("{" in problem.text for problem in found)
