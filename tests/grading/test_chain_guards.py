"""The door of raw SQL: what the database itself refuses of rättelse and ändring."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from provning.audit.guards import GUARDS, Guard, install_guards, remember
from provning.exams.models import Placement
from provning.grading.models import GradeDecision, JointDecider
from provning.kernel.problems import ConflictError
from tests.grading import world
from tests.grading.decided import Stand, build_stand, correct, placed_again
from tests.grading.world import EXAM
from tests.support.kept import kept

DAY = EXAM + timedelta(days=1)


stand = kept(build_stand)


def row(stand: Stand, old: GradeDecision | None, kind: str, **changes: Any) -> GradeDecision:
    """Return a decision that the database would take, unless a change says otherwise."""
    by_rektor = kind == "Rättelse"
    facts = {
        "placement": old.placement if old else stand.placement,
        "value": "C",
        "scale_id": "AF_GY",
        "course_code": "MATMAT03b",
        "course_name": "Matematik 3b",
        "decided_by": stand.ready.teacher_person,
        "decided_by_name": "Karin Wallgren",
        "decider_role": "REKTOR" if by_rektor else "LÄRARE",
        "registered_by_account": "sql",
        "registered_by_name": "Någon",
        "decided_at": datetime.now(UTC),
        "submission": uuid4(),
        "supersedes": old,
        "correction_type": kind,
        "reason": "skrivfel" if kind else "",
        "hearing": "heard" if by_rektor else "",
        "hearing_note": "Håller med." if by_rektor else "",
    }
    return GradeDecision(**facts | changes)


def refused(stored: GradeDecision | Placement | JointDecider) -> str:
    """Return what the database says when the row is stored past every action."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        stored.save(force_insert=True)
    return str(caught.value)


def test_the_rows_of_these_tests_are_taken_when_they_are_right(stand: Stand) -> None:
    row(stand, stand.first, "Rättelse", value="F").save(force_insert=True)
    row(stand, stand.second, "Ändring").save(force_insert=True)
    assert GradeDecision.objects.count() == 4


def test_a_chain_does_not_branch(stand: Stand) -> None:
    row(stand, stand.first, "Rättelse").save(force_insert=True)
    assert refused(row(stand, stand.first, "Rättelse", value="B"))
    assert refused(row(stand, stand.first, "Ändring", value="A"))


def test_a_decision_supersedes_one_of_the_same_attempt(stand: Stand) -> None:
    other = stand.second.placement
    said = refused(row(stand, stand.first, "Rättelse", placement=other))
    assert "another attempt" in said


@pytest.mark.parametrize(
    ("change", "value"),
    [({}, "D"), ({}, "E"), ({}, "F"), ({"scale_id": "GU_GRUND"}, "C")],
)
def test_an_ändring_is_never_lower_nor_in_another_scale(
    stand: Stand, change: dict[str, str], value: str
) -> None:
    """Domain 7.5 case 68, past every action."""
    said = refused(row(stand, stand.first, "Ändring", value=value, **change))
    assert "an amendment raises a grade" in said


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("Rättelse", {"decider_role": "LÄRARE"}),
        ("Rättelse", {"hearing": ""}),
        ("Rättelse", {"hearing_note": ""}),
        ("Rättelse", {"reason": ""}),
        ("Ändring", {"reason": ""}),
        ("Ändring", {"hearing": "heard"}),
        ("Rättelse", {"supersedes": None}),
        ("", {}),
    ],
)
def test_who_and_why_are_part_of_the_row(stand: Stand, kind: str, change: dict[str, Any]) -> None:
    assert refused(row(stand, stand.first, kind, **change))


def test_a_placement_that_takes_a_decided_ones_place_begins_no_chain_of_its_own(
    stand: Stand,
) -> None:
    moved = placed_again(stand.placement, stand.group, DAY, stand.placement.person)
    moved.save(force_insert=True)
    said = refused(row(stand, None, "", placement=moved))
    assert "takes the place of a decided one" in said
    row(stand, stand.first, "Rättelse", placement=moved).save(force_insert=True)


def test_a_superseded_placement_takes_no_decision(stand: Stand) -> None:
    placed_again(stand.placement, stand.group, DAY, stand.placement.person).save(force_insert=True)
    assert "is superseded" in refused(row(stand, stand.first, "Rättelse"))

    undecided = stand.ready.placements[2]
    placed_again(undecided, stand.group, DAY, undecided.person).save(force_insert=True)
    assert "is superseded" in refused(row(stand, None, "", placement=undecided))


def test_a_placement_supersedes_one_of_the_same_person_once(stand: Stand) -> None:
    other = stand.second.placement.person
    said = refused(placed_again(stand.placement, stand.group, DAY, other))
    assert "one of another person" in said

    placed_again(stand.placement, stand.group, DAY, stand.placement.person).save(force_insert=True)
    assert refused(placed_again(stand.placement, stand.group, EXAM, stand.placement.person))


def test_what_a_placement_supersedes_is_settled_for_good(stand: Stand) -> None:
    first, second = stand.placement, stand.second.placement
    moved = placed_again(first, stand.group, DAY, first.person)
    moved.save(force_insert=True)
    for placement, target in ((moved, None), (moved, second), (second, first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.filter(pk=placement.pk).update(supersedes=target)
    moved.refresh_from_db()
    assert moved.supersedes_id == first.pk


def test_a_person_stands_once_in_a_group_on_a_day_also_after_a_rättelse(stand: Stand) -> None:
    person = stand.placement.person
    placed_again(stand.placement, stand.group, DAY, person).save(force_insert=True)
    again = Placement(group=stand.group, person=person, exam_date=DAY, status="Prövning")
    assert "already" in refused(again)
    same_place = placed_again(
        stand.second.placement, stand.group, EXAM, stand.second.placement.person
    )
    assert "already" in refused(same_place)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's")
def test_a_placement_is_not_replaced_by_one_on_the_same_day(stand: Stand) -> None:
    statement = (
        "INSERT OR REPLACE INTO exams_placement SELECT %s, exam_date, status, study_active,"
        " outcome, outcome_reason, override_reason, version, group_id, person_id, supersedes_id"
        " FROM exams_placement WHERE id = %s"
    )
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [uuid4().hex, stand.placement.pk.hex])
    assert Placement.objects.filter(pk=stand.placement.pk).exists()


def test_what_only_the_database_notices_is_a_conflict_to_read(stand: Stand) -> None:
    refusal = Guard("test_full", "grading_gradedecision", "INSERT", "no more today")
    remember([refusal])
    install_guards(connection)
    try:
        with pytest.raises(ConflictError) as caught:
            correct(stand.principal, stand.first, "C", exam_date=EXAM - timedelta(days=1))
    finally:
        del GUARDS[refusal.name]

    assert [each.code for each in caught.value.problems] == ["grade-superseded-meanwhile"]
    assert GradeDecision.objects.count() == 2
    assert Placement.objects.filter(supersedes__isnull=False).count() == 0


def test_another_persons_name_cannot_be_put_beside_a_decision(stand: Stand) -> None:
    """The tables of these acts are insert-only like the decisions themselves."""
    who = world.person("Tomas")
    joint = JointDecider.objects.create(decision=stand.first, person=who, name="Tomas")
    with pytest.raises(IntegrityError), transaction.atomic():
        JointDecider.objects.filter(pk=joint.pk).update(name="Karin")
