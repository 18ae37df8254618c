"""Cases that stand apart: the deceased, jäv, one prövning registered twice, a new teacher."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.timezone import localdate

from provning.audit.models import AuditEvent
from provning.courses.models import Course
from provning.exams.actions import connect_grading_teacher
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades, save_draft, save_drafts
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_sheet, term_decisions
from provning.grading.rows import DraftEntry, DraftStatus
from provning.kernel.actors import Actor
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import ProblemsFoundError
from provning.people.actions import set_status
from provning.people.models import Person
from tests.builders import PROGRAM
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import EXAM, HT26, TODAY


def decide(
    actor: Actor,
    group_id: UUID,
    values: dict[UUID, str],
    *,
    ground: str = "",
    reason: str = "",
    override_reason: str = "",
) -> list[GradeDecision]:
    return decide_grades(
        actor=actor,
        group_id=group_id,
        values=values,
        submission=uuid4(),
        ground=ground,
        reason=reason,
        override_reason=override_reason,
        today=TODAY,
    )


def typing(ready: Ready, placement: Placement, value: str) -> list[str]:
    """Return the codes of why the grade cannot be typed, from the form and from the sheet."""
    with pytest.raises(ProblemsFoundError) as caught:
        save_draft(
            actor=ready.teacher,
            placement_id=placement.pk,
            value=value,
            expected_version=0,
            today=TODAY,
        )
    (result,) = save_drafts(
        actor=ready.teacher,
        group_id=placement.group_id,
        entries=[DraftEntry(placement.pk, value, 0)],
        today=TODAY,
    )
    codes = [problem.code for problem in caught.value.problems]
    assert (result.status, [each.code for each in result.problems]) == (DraftStatus.PROBLEMS, codes)
    return codes


def deciding(actor: Actor, placement: Placement, value: str, **more: str) -> list[str]:
    """Return the codes of why the grade cannot be decided."""
    with pytest.raises(ProblemsFoundError) as caught:
        decide(actor, placement.group_id, {placement.pk: value}, **more)
    assert not GradeDecision.objects.filter(placement=placement).exists()
    return [problem.code for problem in caught.value.problems]


def test_case_29_nothing_is_decided_about_the_deceased_and_what_was_decided_stays(
    ready: Ready,
) -> None:
    first, second, _ = ready.placements
    decide(ready.teacher, ready.group.pk, {first.pk: "A"})
    Person.objects.filter(pk__in=[first.person_id, second.person_id]).update(status="Avliden")
    assert typing(ready, second, "C") == ["grade-person-deceased"]
    assert deciding(ready.teacher, second, "C") == ["grade-person-deceased"]
    assert [each.value for each in term_decisions(ready.town.unit.pk, HT26)] == ["A"]
    rows = {row.placement.id: row for row in grade_sheet(ready.teacher, ready.group.pk, TODAY).rows}
    assert rows[second.pk].why_not.startswith("Personen är avliden")
    assert rows[first.pk].value == "A"


def test_case_29_a_day_of_death_before_a_decision_is_refused(ready: Ready) -> None:
    placement = ready.placements[0]
    decide(ready.teacher, ready.group.pk, {placement.pk: "A"})
    decided = localdate(GradeDecision.objects.get().decided_at)
    facts: dict[str, Any] = {"actor": PROGRAM, "person_id": placement.person_id, "today": decided}
    version = placement.person.version
    with pytest.raises(ProblemsFoundError) as caught:
        set_status(
            **facts,
            status="Avliden",
            status_on=decided - timedelta(days=1),
            expected_version=version,
        )
    assert [each.code for each in caught.value.problems] == ["person-status-day-decided"]
    dead = set_status(**facts, status="Avliden", status_on=decided, expected_version=version)
    assert dead.status_on == decided


@pytest.mark.parametrize("seat", ["grading_teacher", "co_grading_teacher"])
def test_case_35_nobody_is_graded_by_themselves(ready: Ready, seat: str) -> None:
    colleague = world.teacher(ready.town.unit, "Bo")
    ExamGroup.objects.update(co_grading_teacher=colleague)
    examinee = {"grading_teacher": ready.teacher_person, "co_grading_teacher": colleague}[seat]
    placement = world.place(ready.group, examinee)
    assert typing(ready, placement, "A") == ["grade-own-teacher"]
    assert "grade-own-teacher" in deciding(ready.teacher, placement, "A")


def test_case_35_rektor_does_not_decide_their_own_grade(ready: Ready) -> None:
    rektor, examinee = world.principal(ready.town.unit), Person.objects.get(given_name="Rut")
    placement = world.place(ready.group, examinee)
    codes = deciding(rektor, placement, "A", ground="hindered", reason="Läraren är sjuk")
    assert codes == ["grade-own-grade"]
    assert len(decide(ready.teacher, ready.group.pk, {placement.pk: "A"})) == 1


def elsewhere(ready: Ready, *, of: Course | None = None, day: date = EXAM) -> None:
    """Place the first examinee in a colleague's group of the course, and decide there."""
    unit = ready.town.unit
    colleague = world.teacher(unit, "Bo")
    group = world.group(unit, colleague, number=2 if day == EXAM else 3, of=of)
    placement = world.place(group, ready.placements[0].person, exam_date=day)
    decide(world.grading_teacher(colleague, unit), group.pk, {placement.pk: "D"})


def latest() -> tuple[str, str]:
    """Return the name and the reason of what the trail was told last."""
    event = AuditEvent.objects.latest("number")
    return event.name, event.reason


def test_case_67_what_looks_registered_twice_is_warned_of_and_decided_with_a_reason(
    ready: Ready,
) -> None:
    elsewhere(ready)
    first, second, _ = ready.placements
    rows = {row.placement.id: row for row in grade_sheet(ready.teacher, ready.group.pk, TODAY).rows}
    assert (rows[first.pk].elsewhere, rows[second.pk].elsewhere) == (True, False)
    assert deciding(ready.teacher, first, "C") == ["grade-decided-elsewhere"]
    why = "Två skilda prövningar samma dag"
    assert len(decide(ready.teacher, ready.group.pk, {first.pk: "C"}, override_reason=why)) == 1
    assert latest() == ("grades_decided", why)
    # A reason that nothing asked for is not kept.
    decide(ready.teacher, ready.group.pk, {second.pk: "C"}, override_reason=why)
    assert latest() == ("grades_decided", "")


def test_case_67_another_course_another_day_or_another_persons_grade_is_no_second_time(
    ready: Ready,
) -> None:
    elsewhere(ready, of=world.course("ENGENG05", "Engelska 5"))
    elsewhere(ready, day=EXAM - timedelta(days=30))
    values = {each.pk: "C" for each in ready.placements}
    assert len(decide(ready.teacher, ready.group.pk, values)) == 3


def test_case_67_a_reason_does_not_let_anything_else_through(ready: Ready) -> None:
    elsewhere(ready)
    first = ready.placements[0]
    assert deciding(ready.teacher, first, "Q", override_reason="Ändå") == ["grade-outside-scale"]


def test_case_7_who_decided_stays_when_the_group_gets_another_teacher(ready: Ready) -> None:
    first, second, _ = ready.placements
    decide(ready.teacher, ready.group.pk, {first.pk: "A"})
    new = world.teacher(ready.town.unit, "Bo")
    connect_grading_teacher(
        actor=PROGRAM,
        group_id=ready.group.pk,
        teacher_id=new.pk,
        expected_version=1,
        today=TODAY,
    )
    decide(world.grading_teacher(new, ready.town.unit), ready.group.pk, {second.pk: "B"})
    rows = term_decisions(ready.town.unit.pk, HT26)
    assert {each.value: each.decided_by_name for each in rows} == {
        "A": "Karin Wallgren",
        "B": "Bo Wallgren",
    }


def test_case_15_the_grade_has_the_prövningens_date_however_late_it_is_decided(
    ready: Ready,
) -> None:
    (decision,) = decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={ready.placements[0].pk: "A"},
        submission=uuid4(),
        today=EXAM + timedelta(days=60),
    )
    (row,) = term_decisions(ready.town.unit.pk, HT26)
    assert (row.exam_date, decision.placement.exam_date) == (EXAM, EXAM)
    assert decision.decided_at.date() != EXAM


def test_case_17_a_grade_before_its_day_is_refused_through_every_door(ready: Ready) -> None:
    placement = world.place(ready.group, exam_date=TODAY + timedelta(days=1))
    assert typing(ready, placement, "A") == ["grade-before-exam"]
    assert deciding(ready.teacher, placement, "A") == ["grade-before-exam"]


@pytest.mark.parametrize("streck", ["-", "–", "—", "−"])
def test_case_56_a_streck_is_refused_through_every_door(ready: Ready, streck: str) -> None:
    placement = ready.placements[0]
    assert typing(ready, placement, streck) == ["grade-dash"]
    assert deciding(ready.teacher, placement, streck) == ["grade-dash"]


def test_what_is_never_graded_is_refused_through_every_door(ready: Ready) -> None:
    ungraded = world.course("GRNORI1", "Orienteringskurs", ScaleFamily.UNGRADED)
    placement = world.place(world.group(ready.town.unit, ready.teacher_person, of=ungraded))
    assert typing(ready, placement, "E") == ["grade-course-ungraded"]
    assert deciding(ready.teacher, placement, "E") == ["grade-course-ungraded"]


def test_case_70_one_examinee_waits_while_the_others_are_decided(ready: Ready) -> None:
    first, second, third = ready.placements
    decide(ready.teacher, ready.group.pk, {first.pk: "A", second.pk: "F"})
    sheet = grade_sheet(ready.teacher, ready.group.pk, TODAY)
    assert {row.placement.id for row in sheet.rows if not row.value} == {third.pk}


def test_case_57_and_72_every_attempt_is_a_record_of_its_own_and_both_stay(ready: Ready) -> None:
    again = world.place(ready.group, ready.placements[0].person, exam_date=date(2026, 10, 6))
    decide(ready.teacher, ready.group.pk, {ready.placements[0].pk: "F", again.pk: "C"})
    assert [(row.exam_date, row.value) for row in term_decisions(ready.town.unit.pk, HT26)] == [
        (EXAM, "F"),
        (date(2026, 10, 6), "C"),
    ]
