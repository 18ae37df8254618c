"""What the database itself keeps once a grade is decided, whatever program asks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from provning.audit.guards import GUARDS, Guard, install_guards, remember
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision, JointDecider
from provning.kernel.problems import ConflictError
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import EXAM, TODAY

POSTGRESQL = connection.vendor == "postgresql"
# PostgreSQL empties no table that has foreign keys left to check.
SETTLED = ["SET CONSTRAINTS ALL IMMEDIATE"] * POSTGRESQL
REPLACED_DECISION = """
    INSERT OR REPLACE INTO grading_gradedecision SELECT * FROM grading_gradedecision
"""
REPLACED_PLACEMENT = "INSERT OR REPLACE INTO exams_placement SELECT * FROM exams_placement"


def decide(ready: Ready, placement: Placement, value: str = "E") -> GradeDecision:
    """Decide one grade."""
    (decision,) = decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={placement.pk: value},
        submission=uuid4(),
        today=TODAY,
    )
    return decision


def run(*statements: str) -> None:
    """Run raw SQL, as another program would."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grading_gradedecision SET value = 'A'",
        "UPDATE grading_gradedecision SET decided_by_name = decided_by_name",
        "DELETE FROM grading_gradedecision",
        "DELETE FROM exams_placement",
        "UPDATE exams_placement SET exam_date = '2026-10-06'",
        "UPDATE exams_placement SET outcome = 'withdrawn'",
        "UPDATE exams_examgroup SET season = 'VT'",
        "UPDATE exams_examgroup SET name = 'PRÖ:XX26HTMAT03B'",
        *(
            ["TRUNCATE grading_gradedecision CASCADE", "TRUNCATE exams_placement CASCADE"]
            if POSTGRESQL
            else [REPLACED_DECISION, REPLACED_PLACEMENT]
        ),
    ],
)
def test_raw_sql_is_refused(ready: Ready, statement: str) -> None:
    decide(ready, ready.placements[0])

    with pytest.raises(IntegrityError):
        run(*SETTLED, statement)
    assert GradeDecision.objects.get().value == "E"
    assert Placement.objects.filter(exam_date=EXAM, outcome="").count() == 3


def test_a_decision_cannot_be_changed_in_the_database(ready: Ready) -> None:
    decision = decide(ready, ready.placements[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        GradeDecision.objects.filter(pk=decision.pk).update(value="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeDecision.objects.filter(pk=decision.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeDecision.objects.create(
            placement=ready.placements[0],
            value="A",
            decided_by=ready.teacher_person,
            decided_at=decision.decided_at,
            submission=uuid4(),
        )
    assert GradeDecision.objects.get().value == "E"


@pytest.mark.parametrize(
    "change", [{"exam_date": EXAM + timedelta(days=1)}, {"outcome": "withdrawn"}]
)
def test_a_decided_placement_keeps_its_date_and_its_place(
    ready: Ready, change: dict[str, object]
) -> None:
    decided, undecided, _ = ready.placements
    decide(ready, decided)

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=decided.pk).update(**change)
    assert Placement.objects.filter(pk=undecided.pk).update(**change) == 1
    assert Placement.objects.filter(pk=decided.pk).update(study_active=False) == 1


def test_a_placement_is_never_removed_and_a_decided_group_keeps_its_course(ready: Ready) -> None:
    decided, undecided, _ = ready.placements
    decide(ready, decided)
    english = world.course("ENGENG05", "Engelska 5")

    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=undecided.pk)._raw_delete("default")  # noqa: SLF001 (past Django's own checks)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExamGroup.objects.filter(pk=ready.group.pk).update(course=english)
    assert ExamGroup.objects.filter(pk=ready.group.pk).update(grading_teacher=None) == 1


def test_what_only_the_database_notices_is_a_conflict_to_read(ready: Ready) -> None:
    refusal = Guard("test_full", "grading_gradedecision", "INSERT", "no more today")
    remember([refusal])
    install_guards(connection)
    try:
        with pytest.raises(ConflictError) as caught:
            decide(ready, ready.placements[0])
    finally:
        del GUARDS[refusal.name]

    assert [each.code for each in caught.value.problems] == ["grade-decided-meanwhile"]
    assert GradeDecision.objects.count() == 0


def test_a_withdrawn_placement_takes_no_decision_in_the_database(ready: Ready) -> None:
    withdrawn = world.place(ready.group, outcome="withdrawn")

    with pytest.raises(IntegrityError), transaction.atomic():
        GradeDecision.objects.create(
            placement=withdrawn,
            value="A",
            decided_by=ready.teacher_person,
            decided_at="2026-10-12T08:00:00Z",
            submission=uuid4(),
        )


def test_who_decided_along_stays_as_it_was_written(ready: Ready) -> None:
    decision = decide(ready, ready.placements[0])
    along = JointDecider.objects.create(
        decision=decision, person=world.teacher(ready.town.unit, "Bo"), name="Bo Wallgren"
    )

    for statement in (
        "UPDATE grading_jointdecider SET name = 'Karin Wallgren'",
        "DELETE FROM grading_jointdecider",
    ):
        with pytest.raises(IntegrityError):
            run(*SETTLED, statement)
    assert JointDecider.objects.get().name == along.name
