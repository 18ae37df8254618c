"""Ändring: by those who decided, or rektor in their place, and only ever upwards."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.exams.models import ExamGroup
from provning.grading.models import GradeDecision, JointDecider
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.models import Provider
from provning.people.models import Duty, Person
from tests.grading import world
from tests.grading.decided import FACTS, Stand, amend, build_stand, correct, organisers_principal
from tests.grading.world import EXAM, TODAY
from tests.support.kept import kept

stand = kept(build_stand)


def refused(actor: Actor, stand: Stand, value: str = "C", **more: object) -> list[tuple[str, str]]:
    """Return code and field of why nothing is amended, and check that nothing was."""
    before = (GradeDecision.objects.count(), AuditEvent.objects.count())
    with pytest.raises(ProblemsFoundError) as caught:
        amend(actor, stand.first, value, **more)
    assert (GradeDecision.objects.count(), AuditEvent.objects.count()) == before
    return [(problem.code, problem.field) for problem in caught.value.problems]


def decided_with(stand: Stand, other: Person) -> GradeDecision:
    """Store a decision of the teacher together with another, on a placement of its own."""
    old = stand.first
    decision = GradeDecision.objects.create(
        placement=world.place(stand.group),
        value="D",
        scale_id=old.scale_id,
        course_code=old.course_code,
        course_name=old.course_name,
        points=old.points,
        decided_by=stand.ready.teacher_person,
        decided_by_name="Karin Wallgren",
        decider_role="LÄRARE",
        registered_by_account="test",
        registered_by_name="Karin Wallgren",
        decided_at=datetime.now(UTC),
        submission=uuid4(),
    )
    JointDecider.objects.create(decision=decision, person=other, name="Tomas Wallgren")
    return decision


def left(who: Person, last_day: date = TODAY - timedelta(days=1)) -> None:
    """End a person's service."""
    Duty.objects.filter(person=who).update(end_date=last_day)


def test_the_one_who_decided_raises_it_with_the_reason(stand: Stand) -> None:
    new = amend(stand.teacher, stand.first, "b")

    assert (new.value, new.correction_type, new.supersedes_id) == ("B", "Ändring", stand.first.pk)
    assert (new.decided_by_name, new.decider_role, new.ground) == ("Karin Wallgren", "LÄRARE", "")
    assert (new.reason, new.hearing, new.placement_id) == (FACTS, "", stand.placement.pk)


def test_one_event_tells_before_and_after_and_whom_it_is_about(stand: Stand) -> None:
    new = amend(stand.teacher, stand.first, "B")

    event = AuditEvent.objects.get(name="grade_amended")
    assert (event.actor_name, event.reason) == ("Karin Wallgren", FACTS)
    assert ('"value":"D"' in event.before, '"value":"B"' in event.after) == (True, True)
    assert (str(stand.first.pk) in event.before, str(new.pk) in event.after) == (True, True)
    assert ("person", str(stand.placement.person_id)) in event.links.values_list("kind", "key")


@pytest.mark.parametrize("value", ["E", "F"])
def test_it_is_never_lowered(stand: Stand, value: str) -> None:
    """Domain 7.5 case 68: neither by the teacher who decided nor by rektor."""
    assert refused(stand.teacher, stand, value) == [("amendment-lower", "value")]
    by_rektor = refused(stand.principal, stand, value, ground="hindered")
    assert by_rektor == [("amendment-lower", "value")]


def test_the_same_value_is_no_ändring(stand: Stand) -> None:
    assert refused(stand.teacher, stand, "D") == [("amendment-same", "value")]


def test_a_value_outside_the_scale_is_refused_as_that(stand: Stand) -> None:
    assert refused(stand.teacher, stand, "VG") == [("grade-outside-scale", "value")]


def test_grades_of_two_scales_are_not_compared(stand: Stand) -> None:
    course = stand.group.course
    course.scale_family = "basic"
    course.save()
    assert refused(stand.teacher, stand, "G") == [("amendment-other-scale", "value")]


def test_the_reason_is_asked_for(stand: Stand) -> None:
    assert refused(stand.teacher, stand, reason=" ") == [("amendment-reason-missing", "reason")]


def test_who_did_not_decide_does_not_amend(stand: Stand) -> None:
    town = stand.ready.town
    for actor in (stand.ready.admin, world.provider_staff(town.unit), world.centre(town.organiser)):
        with pytest.raises(NotAllowedError):
            amend(actor, stand.first, "A")
    for actor in (world.principal(town.other_unit), world.administrator(town.other_unit)):
        with pytest.raises(NotFoundError):
            amend(actor, stand.first, "A")
    assert GradeDecision.objects.count() == 2


def test_the_groups_new_teacher_is_not_the_one_who_decided(stand: Stand) -> None:
    """The grade is the old teacher's, who still amends it (domain 7.1 case 7)."""
    town = stand.ready.town
    new_teacher = world.teacher(town.unit, "Tomas")
    ExamGroup.objects.filter(pk=stand.group.pk).update(grading_teacher=new_teacher)

    with pytest.raises(NotAllowedError):
        amend(world.grading_teacher(new_teacher, town.unit), stand.first, "A")
    assert amend(stand.teacher, stand.first, "A").decided_by_name == "Karin Wallgren"


def test_who_decided_elsewhere_amends_nothing_here(stand: Stand) -> None:
    """The right to grade at another unit opens no grade at this one, even one's own."""
    ExamGroup.objects.filter(pk=stand.group.pk).update(grading_teacher=None)
    elsewhere = world.grading_teacher(stand.ready.teacher_person, stand.ready.town.other_unit)
    with pytest.raises(NotFoundError):
        amend(elsewhere, stand.first, "A")


def test_a_teacher_who_has_left_leaves_it_to_rektor(stand: Stand) -> None:
    """Domain 7.5 case 64: rektor acts when the teacher has left, with the reason noted."""
    left(stand.ready.teacher_person)

    assert refused(stand.teacher, stand) == [("amendment-decider-left", "")]
    new = amend(stand.principal, stand.first, "C", ground="left")
    assert (new.decided_by_name, new.decider_role, new.ground) == ("Rut Rektor", "REKTOR", "left")
    assert new.reason == FACTS


def test_rektor_says_why_it_is_not_the_teacher(stand: Stand) -> None:
    assert refused(stand.principal, stand) == [("amendment-ground-missing", "ground")]
    assert refused(stand.principal, stand, ground="disagreement") == [
        ("amendment-ground-alone", "ground")
    ]
    assert refused(stand.principal, stand, ground="left") == [
        ("amendment-decider-on-duty", "ground")
    ]
    assert amend(stand.principal, stand.first, "C", ground="hindered").ground == "hindered"


def test_without_betygsrätt_it_is_the_huvudmans_rektor(stand: Stand) -> None:
    Provider.objects.filter(pk=stand.ready.town.unit.provider_id).update(kind="external")

    found = refused(stand.principal, stand, ground="hindered")
    assert found == [("grade-principal-not-organisers", "")]
    wide = organisers_principal(stand.ready)
    assert amend(wide, stand.first, "C", ground="hindered").decided_by_name == "Hedda Huvud"
    assert amend(stand.teacher, stand.second, "C").decider_role == "LÄRARE"


def test_those_who_decided_together_amend_together(stand: Stand) -> None:
    other = world.teacher(stand.ready.town.unit, "Tomas")
    old = decided_with(stand, other)

    with pytest.raises(ProblemsFoundError) as caught:
        amend(stand.teacher, old, "C")
    assert [each.code for each in caught.value.problems] == ["amendment-together"]
    assert "Tomas Wallgren" in caught.value.problems[0].text

    new = amend(stand.teacher, old, "C", together=True)
    assert [(each.person_id, each.name) for each in new.joint_deciders.all()] == [
        (other.pk, "Tomas Wallgren")
    ]


def test_either_of_the_two_may_be_the_one_who_types_it(stand: Stand) -> None:
    other = world.teacher(stand.ready.town.unit, "Tomas")
    old = decided_with(stand, other)
    tomas = world.grading_teacher(other, stand.ready.town.unit)

    new = amend(tomas, old, "C", together=True)

    assert (new.decided_by_id, new.decided_by_name) == (other.pk, "Tomas Wallgren")
    (joint,) = new.joint_deciders.all()
    assert (joint.person_id, joint.name) == (stand.ready.teacher_person.pk, "Karin Wallgren")


def test_when_the_two_disagree_rektor_amends_alone(stand: Stand) -> None:
    """Domain 7.5 case 62: examiners who disagree leave it to rektor."""
    old = decided_with(stand, world.teacher(stand.ready.town.unit, "Tomas"))
    new = amend(stand.principal, old, "C", ground="disagreement")
    assert (new.decider_role, new.ground, new.joint_deciders.count()) == (
        "REKTOR",
        "disagreement",
        0,
    )


def test_after_a_rättelse_the_teacher_who_judged_may_still_amend(stand: Stand) -> None:
    corrected = correct(stand.principal, stand.first, "C")

    new = amend(stand.teacher, corrected, "B")

    assert (new.decided_by_name, new.decider_role) == ("Karin Wallgren", "LÄRARE")
    assert new.supersedes_id == corrected.pk


def test_after_rektors_ändring_rektor_is_the_one_who_decided(stand: Stand) -> None:
    by_rektor = amend(stand.principal, stand.first, "C", ground="hindered")

    with pytest.raises(NotAllowedError):
        amend(stand.teacher, by_rektor, "B")
    again = amend(stand.principal, by_rektor, "B")
    assert (again.decider_role, again.ground) == ("REKTOR", "hindered")


def test_no_new_judgement_is_made_about_somebody_who_has_died(stand: Stand) -> None:
    """Domain 7.3 case 29."""
    Person.objects.filter(pk=stand.placement.person_id).update(status="Avliden")
    assert refused(stand.teacher, stand) == [("amendment-deceased", "")]


def test_nobody_amends_their_own_grade(stand: Stand) -> None:
    own = world.actor(
        "principal", stand.principal.grants[0].scope, as_person=stand.placement.person
    )
    assert refused(own, stand, ground="hindered") == [
        ("grade-own-grade", f"grade-{stand.placement.pk}")
    ]


def test_what_has_been_superseded_is_told_with_who_when_and_what(stand: Stand) -> None:
    correct(stand.principal, stand.first, "C")
    with pytest.raises(ConflictError) as caught:
        amend(stand.teacher, stand.first, "C")

    (problem,) = caught.value.problems
    assert problem.code == "grade-superseded"
    assert problem.text.startswith("Rut Rektor har redan rättat betyget, 20")
    assert f"det är nu C från {EXAM}." in problem.text


def test_the_same_form_twice_amends_once(stand: Stand) -> None:
    submission = uuid4()
    first = amend(stand.teacher, stand.first, "C", submission=submission)
    again = amend(stand.teacher, stand.first, "C", submission=submission)

    assert again.pk == first.pk
    assert GradeDecision.objects.count() == 3
    assert AuditEvent.objects.filter(name="grade_amended").count() == 1
    with pytest.raises(ProblemsFoundError) as caught:
        amend(stand.teacher, stand.second, "C", submission=submission)
    assert [each.code for each in caught.value.problems] == ["grade-submission-used"]


def test_a_chain_of_acts_leaves_one_decision_that_stands(stand: Stand) -> None:
    corrected = correct(stand.principal, stand.first, "E")
    amended = amend(stand.teacher, corrected, "C")
    moved = correct(stand.principal, amended, "C", exam_date=EXAM + timedelta(days=1))

    chain = GradeDecision.objects.filter(placement__person_id=stand.placement.person_id)
    assert [each.pk for each in chain if not hasattr(each, "superseded_by")] == [moved.pk]
    assert chain.count() == 4


def test_a_teacher_of_a_moved_grade_still_amends_it(stand: Stand) -> None:
    right = world.group(stand.ready.town.unit, None, number=2)
    moved = correct(stand.principal, stand.first, "D", group_id=right.pk)
    assert amend(stand.teacher, moved, "C").decided_by_name == "Karin Wallgren"
