"""Two who correct or amend the same grade at once: one is first, the other is told."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.exams.actions import place_student
from provning.exams.models import Placement
from provning.grading.models import GradeDecision
from provning.kernel.problems import ConflictError, ProblemsFoundError
from tests.grading import world
from tests.grading.decided import Stand, amend, correct, make_stand
from tests.grading.test_concurrency import at_once
from tests.grading.world import EXAM, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
DAY = EXAM + timedelta(days=1)


def both(stand: Stand, *works: Callable[[], object]) -> ConflictError:
    """Do both acts at once, and return the readable conflict that one of them became."""
    answers = at_once(*works)
    (conflict,) = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(conflict, ConflictError), conflict
    assert GradeDecision.objects.filter(placement__person=stand.placement.person).count() == 2
    assert verify_chain().fault == ""
    return conflict


def test_two_rättelser_at_once_are_one_and_a_conflict_that_says_whose() -> None:
    stand = make_stand()
    other = world.principal(stand.ready.town.unit)

    conflict = both(
        stand,
        lambda: correct(stand.principal, stand.first, "C", exam_date=DAY),
        lambda: correct(other, stand.first, "B"),
    )

    assert conflict.problems[0].code == "grade-superseded"
    assert "Rut Rektor har redan rättat betyget" in conflict.problems[0].text
    assert AuditEvent.objects.filter(name="grade_corrected").count() == 1


def test_a_rättelse_and_an_ändring_at_once_are_one_of_them() -> None:
    stand = make_stand()

    conflict = both(
        stand,
        lambda: correct(stand.principal, stand.first, "E"),
        lambda: amend(stand.teacher, stand.first, "B"),
    )

    assert {each.code for each in conflict.problems} == {"grade-superseded"}
    (standing,) = GradeDecision.objects.filter(supersedes=stand.first)
    assert standing.value in {"E", "B"}


def test_the_same_form_sent_three_times_at_once_corrects_once() -> None:
    stand, submission = make_stand(), uuid4()

    def work() -> GradeDecision:
        return correct(stand.principal, stand.first, "C", exam_date=DAY, submission=submission)

    answers = at_once(work, work, work)

    (new,) = GradeDecision.objects.filter(supersedes=stand.first)
    assert answers == [new, new, new]
    assert Placement.objects.filter(supersedes=stand.placement).count() == 1
    assert AuditEvent.objects.filter(name="grade_corrected").count() == 1


def test_placing_on_the_day_that_a_rättelse_moves_to_is_one_of_the_two() -> None:
    stand = make_stand()
    planner = world.provider_staff(stand.ready.town.unit)

    answers = at_once(
        lambda: correct(stand.principal, stand.first, "D", exam_date=DAY),
        lambda: place_student(
            actor=planner,
            group_id=stand.group.pk,
            person_id=stand.placement.person_id,
            exam_date=DAY,
            override_reason="Nytt försök",
            today=TODAY,
        ),
    )

    (refusal,) = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(refusal, ProblemsFoundError), refusal
    assert {each.code for each in refusal.problems} <= {"correction-place-taken", "placement-twice"}
    there = Placement.objects.filter(person=stand.placement.person, exam_date=DAY)
    assert there.count() == 1
