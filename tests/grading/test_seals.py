"""Every decision stands as the trail tells of it: any change in its row is found and named."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, models

from provning.audit.guards import remove_guards
from provning.exams.models import Placement
from provning.grading.models import GradeDecision, JointDecider
from provning.grading.queries import DecisionFault, DecisionReport, verify_decisions
from provning.grading.sealing import COLUMNS
from tests.grading.decided import Stand, build_stand, correct
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
CHANGED = "raden är ändrad: den svarar inte mot sitt sigill i loggen"
# What another column or the primary key would answer for first.
KEYS = {"id", "placement_id", "decided_by_id", "supersedes_id"}

stand = kept(build_stand)


def tamper(sql: str, *parameters: Any) -> None:
    """Run SQL as somebody would who has first taken the guards away."""
    remove_guards(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def found() -> list[DecisionFault]:
    return list(verify_decisions().faults)


def another(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value that differs from a stored one as little as the column allows."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return "2020-01-01 00:00:00+00:00"
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.UUIDField):
        return uuid4() if connection.vendor == "postgresql" else uuid4().hex
    limit = field.max_length or 100
    return f"{value}x"[-limit:] if len(str(value)) < limit else f"{value}"[:-1] + "x"


def test_untouched_decisions_hold(stand: Stand) -> None:
    correct(stand.principal, stand.first, "C")
    assert verify_decisions() == DecisionReport(3, ())


@pytest.mark.usefixtures("_unchecked")
@pytest.mark.parametrize("column", [each for each in COLUMNS if each not in KEYS])
def test_a_change_in_any_column_is_found(stand: Stand, column: str) -> None:
    [field] = [each for each in GradeDecision._meta.concrete_fields if each.attname == column]
    value = another(field, getattr(stand.first, column))
    quoted = connection.ops.quote_name(column)
    change = f"UPDATE grading_gradedecision SET {quoted} = %s WHERE value = 'D'"  # noqa: S608 # ours
    tamper(change, value)

    assert {each.fault for each in found()} == {CHANGED}
    assert {each.decision_id for each in found()} == {stand.first.id, stand.second.id}


@pytest.fixture
def _unchecked(stand: Stand) -> Iterator[None]:  # noqa: ARG001 # the tables as the test has them
    """Take the check of the kind of correction away for a test."""
    on_postgresql = connection.vendor == "postgresql"
    if on_postgresql:
        tamper("SET CONSTRAINTS ALL IMMEDIATE")
        tamper("ALTER TABLE grading_gradedecision DROP CONSTRAINT only_corrections_supersede")
    else:
        tamper("PRAGMA ignore_check_constraints = 1")
    yield
    if not on_postgresql:
        tamper("PRAGMA ignore_check_constraints = 0")


@pytest.mark.parametrize(
    "change",
    [
        lambda stand: Placement.objects.filter(pk=stand.placement.pk).update(
            exam_date="2026-10-02"
        ),
        lambda stand: Placement.objects.filter(pk=stand.placement.pk).update(
            person_id=stand.first.decided_by_id
        ),
        lambda stand: JointDecider.objects.create(
            decision=stand.first, person=stand.first.decided_by, name="Ada Berg"
        ),
    ],
    ids=["another day", "another person", "another decider beside"],
)
def test_a_change_beside_the_row_is_found(stand: Stand, change: Callable[[Stand], object]) -> None:
    remove_guards(connection)
    change(stand)
    assert found() == [DecisionFault(stand.first.id, CHANGED)]


def test_a_decision_moved_to_another_placement_is_found(stand: Stand) -> None:
    remove_guards(connection)
    GradeDecision.objects.filter(pk=stand.first.pk).update(placement=stand.ready.placements[2])
    assert found() == [DecisionFault(stand.first.id, CHANGED)]


def test_a_decision_that_is_gone_is_found(stand: Stand) -> None:
    tamper("DELETE FROM grading_gradedecision WHERE value = 'D' AND id = %s", key(stand.first.id))
    gone = DecisionFault(stand.first.id, "raden finns inte, fast loggen talar om beslutet")
    assert verify_decisions() == DecisionReport(1, (gone,))


def test_a_decision_that_nobody_took_is_found(stand: Stand) -> None:
    forged = GradeDecision.objects.get(pk=stand.first.pk)
    forged.pk, forged.placement, forged.value = uuid4(), stand.ready.placements[2], "A"
    forged.save(force_insert=True)
    assert found() == [DecisionFault(forged.pk, "ingen händelse i loggen talar om beslutet")]


def test_every_column_is_sealed_or_the_version_is_raised() -> None:
    assert {field.attname for field in GradeDecision._meta.concrete_fields} == set(COLUMNS)


def key(value: UUID) -> UUID | str:
    return value if connection.vendor == "postgresql" else value.hex
