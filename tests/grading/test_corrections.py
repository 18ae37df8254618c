"""Rättelse: by rektor alone, of what was written wrongly, on a new row beside the old."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.exams.models import Placement
from provning.exams.queries import study_plan
from provning.grading.models import GradeDecision
from provning.grading.queries import person_decisions, standings_of
from provning.grading.rows import Particulars
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.models import Provider, SchoolUnit
from provning.people.models import Person
from tests.grading import world
from tests.grading.decided import HEARD, SLIP, Stand, build_stand, correct, organisers_principal
from tests.grading.world import EXAM, TODAY
from tests.support.kept import kept

RIGHT_DAY = EXAM + timedelta(days=2)


stand = kept(build_stand)


def refused(actor: Actor, stand: Stand, value: str = "C", **more: object) -> list[tuple[str, str]]:
    """Return code and field of why nothing is corrected, and check that nothing was."""
    before = (GradeDecision.objects.count(), Placement.objects.count(), AuditEvent.objects.count())
    with pytest.raises(ProblemsFoundError) as caught:
        correct(actor, stand.first, value, **more)
    now = (GradeDecision.objects.count(), Placement.objects.count(), AuditEvent.objects.count())
    assert now == before
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_a_new_row_takes_the_old_ones_place_and_says_by_whom_and_why(stand: Stand) -> None:
    new = correct(stand.principal, stand.first, "c")

    stored = GradeDecision.objects.get(pk=new.pk)
    assert (stored.value, stored.correction_type, stored.supersedes_id) == (
        "C",
        "Rättelse",
        stand.first.pk,
    )
    assert (stored.decided_by_name, stored.decider_role) == ("Rut Rektor", "REKTOR")
    assert (stored.reason, stored.hearing, stored.hearing_note) == (SLIP, "heard", HEARD)
    assert (stored.placement_id, stored.scale_id, stored.course_code, stored.points) == (
        stand.placement.pk,
        "AF_GY",
        "MATMAT03b",
        100,
    )
    assert GradeDecision.objects.get(pk=stand.first.pk).value == "D"


def test_a_rättelse_goes_down_too(stand: Stand) -> None:
    """Domain 7.5 case 68: only a rättelse by rektor can go down."""
    assert correct(stand.principal, stand.first, "F").value == "F"


def test_the_note_beside_the_new_grade_is_the_one_of_the_catalogue(stand: Stand) -> None:
    correct(stand.principal, stand.first, "C")

    old, new = person_decisions([stand.placement.person_id])[stand.placement.person_id]

    assert (new.stands, new.note) == (True, f"Tidigare betyg D från {EXAM}")
    assert (old.stands, old.note) == (False, "")
    assert old.successor is not None
    assert (old.successor.decision_id, old.successor.value) == (new.id, "C")


def test_one_event_tells_before_and_after_and_whom_it_is_about(stand: Stand) -> None:
    new = correct(stand.principal, stand.first, "C")

    event = AuditEvent.objects.get(name="grade_corrected")
    assert (event.actor_name, event.reason) == ("Rut Rektor", SLIP)
    assert ('"value":"D"' in event.before, '"value":"C"' in event.after) == (True, True)
    assert (str(stand.first.pk) in event.before, str(new.pk) in event.after) == (True, True)
    assert HEARD not in event.after
    assert set(event.links.values_list("kind", "key")) == {
        ("person", str(stand.placement.person_id)),
        ("grade", str(stand.placement.pk)),
        ("placement", str(stand.placement.pk)),
        ("exam_group", str(stand.group.pk)),
    }


def test_a_wrong_date_is_a_new_placement_beside_the_old(stand: Stand) -> None:
    """Domain 7.2 case 18: a date changed after the grade is a rättelse, never an update."""
    new = correct(stand.principal, stand.first, "D", exam_date=RIGHT_DAY)

    assert new.placement_id != stand.placement.pk
    assert (new.placement.supersedes_id, new.placement.exam_date) == (stand.placement.pk, RIGHT_DAY)
    stand.placement.refresh_from_db()
    assert (stand.placement.exam_date, stand.placement.version) == (EXAM, 1)
    plan = study_plan(stand.ready.admin, stand.placement.person_id)
    assert [(row.exam_date, row.superseded, row.valid) for row in plan] == [
        (RIGHT_DAY, False, True),
        (EXAM, True, False),
    ]


def test_a_wrong_course_moves_to_a_group_of_the_right_one(stand: Stand) -> None:
    english = world.course("ENGENG05", "Engelska 5")
    right = world.group(stand.ready.town.unit, None, of=english)

    new = correct(stand.principal, stand.first, "C", group_id=right.pk)

    assert (new.placement.group_id, new.placement.exam_date) == (right.pk, EXAM)
    assert (new.course_code, new.course_name) == ("ENGENG05", "Engelska 5")
    (standing,) = standings_of([stand.placement.person_id])[stand.placement.person_id]
    assert (standing.decision_id, standing.course_code) == (new.pk, "ENGENG05")
    event = AuditEvent.objects.get(name="grade_corrected")
    groups = event.links.filter(kind="exam_group").values_list("key", flat=True)
    assert set(groups) == {str(stand.group.pk), str(right.pk)}


def test_a_date_that_was_right_after_all_is_corrected_back(stand: Stand) -> None:
    moved = correct(stand.principal, stand.first, "D", exam_date=RIGHT_DAY)
    back = correct(stand.principal, moved, "D", exam_date=EXAM)

    assert back.placement.exam_date == EXAM
    assert Placement.objects.filter(person_id=stand.placement.person_id).count() == 3
    (standing,) = standings_of([stand.placement.person_id])[stand.placement.person_id]
    assert standing.decision_id == back.pk


def test_the_new_date_is_held_against_the_groups_days(stand: Stand) -> None:
    outside = date(2025, 11, 3)
    assert refused(stand.principal, stand, "D", exam_date=outside) == [
        ("placement-date-outside-group", "exam_date")
    ]


def test_nobody_was_examined_on_a_day_to_come(stand: Stand) -> None:
    ahead = TODAY + timedelta(days=1)
    assert refused(stand.principal, stand, "D", exam_date=ahead) == [
        ("correction-date-ahead", "exam_date")
    ]


def test_the_person_may_stand_there_already(stand: Stand) -> None:
    world.place(stand.group, stand.placement.person, RIGHT_DAY)
    assert refused(stand.principal, stand, "D", exam_date=RIGHT_DAY) == [
        ("correction-place-taken", "exam_date")
    ]


def test_a_group_of_another_provider_is_no_place_to_move_to(stand: Stand) -> None:
    other = world.group(stand.ready.town.other_unit, None)
    wide = organisers_principal(stand.ready)

    assert refused(wide, stand, "D", group_id=other.pk) == [("correction-other-provider", "group")]
    with pytest.raises(NotFoundError):
        correct(stand.principal, stand.first, "D", group_id=other.pk)


def test_a_group_of_the_providers_other_unit_needs_a_rektor_there_too(stand: Stand) -> None:
    town = stand.ready.town
    beside = SchoolUnit.objects.create(provider=town.unit.provider, name="Komvux Hamnen")
    there = world.group(beside, None)

    with pytest.raises(NotFoundError):
        correct(stand.principal, stand.first, "D", group_id=there.pk)
    sees_both = (*stand.principal.grants, *world.administrator(beside).grants)
    with pytest.raises(NotAllowedError):
        correct(replace(stand.principal, grants=sees_both), stand.first, "D", group_id=there.pk)
    new = correct(organisers_principal(stand.ready), stand.first, "D", group_id=there.pk)
    assert new.placement.group_id == there.pk


def test_something_actually_changes(stand: Stand) -> None:
    assert refused(stand.principal, stand, "d") == [("correction-nothing-changes", "value")]


def test_what_stands_beside_the_grade_can_be_what_was_wrong(stand: Stand) -> None:
    used = Particulars(exception_used=True)
    new = correct(stand.principal, stand.first, "D", particulars=used)
    assert (new.value, new.exception_used) == ("D", True)
    assert correct(stand.principal, new, "C").exception_used


def test_a_value_outside_the_scale_is_refused(stand: Stand) -> None:
    assert refused(stand.principal, stand, "MVG") == [("grade-outside-scale", "value")]
    assert refused(stand.principal, stand, "–") == [("grade-dash", "value")]


def test_everything_that_is_missing_is_said_at_once(stand: Stand) -> None:
    found = refused(stand.principal, stand, "D", hearing="", hearing_note="", reason=" ")
    assert found == [
        ("correction-nothing-changes", "value"),
        ("correction-hearing-missing", "hearing"),
        ("correction-reason-missing", "reason"),
    ]


@pytest.mark.parametrize("hearing", ["heard", "unnecessary"])
def test_what_was_said_or_why_nobody_asked_is_written(stand: Stand, hearing: str) -> None:
    missing = [("correction-hearing-note", "hearing_note")]
    assert refused(stand.principal, stand, hearing=hearing, hearing_note="  ") == missing
    assert correct(stand.principal, stand.first, "C", hearing=hearing).hearing == hearing


def test_only_rektor_corrects(stand: Stand) -> None:
    """Domain 7.5 case 68: the teacher who decided cannot lower it, nor anybody who types."""
    town = stand.ready.town
    for actor in (
        stand.teacher,
        stand.ready.admin,
        world.provider_staff(town.unit),
        world.centre(town.organiser),
    ):
        with pytest.raises(NotAllowedError):
            correct(actor, stand.first, "F")
    assert GradeDecision.objects.count() == 2


def test_who_does_not_see_the_grade_is_told_that_there_is_none(stand: Stand) -> None:
    town = stand.ready.town
    other_teacher = world.teacher(town.unit, "Tomas")
    for actor in (
        world.principal(town.other_unit),
        world.administrator(town.other_unit),
        world.grading_teacher(other_teacher, town.unit),
    ):
        with pytest.raises(NotFoundError):
            correct(actor, stand.first, "F")
    with pytest.raises(NotFoundError):
        correct(stand.principal, uuid4(), "F")
    assert GradeDecision.objects.count() == 2


def test_a_program_corrects_nothing(stand: Stand) -> None:
    nobody = world.actor("principal", stand.principal.grants[0].scope)
    with pytest.raises(NotAllowedError):
        correct(nobody, stand.first, "C")


def test_a_rektor_who_taught_the_group_corrects_as_rektor(stand: Stand) -> None:
    town = stand.ready.town
    both = Actor(
        "rektor",
        "Karin Wallgren",
        "principal",
        (*world.principal(town.unit).grants, *stand.teacher.grants),
        stand.teacher.person_id,
    )
    assert correct(both, stand.first, "C").decider_role == "REKTOR"


def test_without_betygsrätt_it_is_the_huvudmans_rektor(stand: Stand) -> None:
    """Skollagen 23 kap. 6 §: the provider has no rektor with myndighetsutövning then."""
    Provider.objects.filter(pk=stand.ready.town.unit.provider_id).update(kind="external")

    assert refused(stand.principal, stand) == [("grade-principal-not-organisers", "")]
    wide = organisers_principal(stand.ready)
    assert correct(wide, stand.first, "C").decided_by_name == "Hedda Huvud"


def test_betygsrätt_is_asked_for_on_both_the_wrong_and_the_right_date(stand: Stand) -> None:
    Provider.objects.filter(pk=stand.ready.town.unit.provider_id).update(
        kind="external", grading_right_from=RIGHT_DAY
    )
    found = refused(stand.principal, stand, "D", exam_date=RIGHT_DAY)
    assert found == [("grade-principal-not-organisers", "")]
    Provider.objects.filter(pk=stand.ready.town.unit.provider_id).update(grading_right_from=EXAM)
    assert correct(stand.principal, stand.first, "D", exam_date=RIGHT_DAY).value == "D"


def test_nobody_corrects_their_own_grade(stand: Stand) -> None:
    person = stand.placement.person
    scope = stand.principal.grants[0].scope
    own = world.actor("principal", scope, as_person=person)
    assert refused(own, stand) == [("grade-own-grade", f"grade-{stand.placement.pk}")]


def test_a_clerical_error_about_somebody_who_has_died_is_corrected(stand: Stand) -> None:
    """Domain 7.3 case 29: no new judgement is made; what was written wrongly is still mended."""
    Person.objects.filter(pk=stand.placement.person_id).update(status="Avliden")
    new = correct(
        stand.principal,
        stand.first,
        "C",
        hearing="unnecessary",
        hearing_note="Personen är avliden.",
    )
    assert (new.value, new.hearing) == ("C", "unnecessary")


def test_what_has_been_superseded_is_told_with_who_when_and_what(stand: Stand) -> None:
    correct(stand.principal, stand.first, "C")
    with pytest.raises(ConflictError) as caught:
        correct(stand.principal, stand.first, "B")

    (problem,) = caught.value.problems
    assert problem.code == "grade-superseded"
    assert problem.text.startswith("Rut Rektor har redan rättat betyget, 20")
    assert f"det är nu C från {EXAM}." in problem.text
    assert GradeDecision.objects.count() == 3


def test_the_same_form_twice_corrects_once(stand: Stand) -> None:
    submission = uuid4()
    facts = {"exam_date": RIGHT_DAY, "submission": submission}
    new = correct(stand.principal, stand.first, "C", **facts)
    again = correct(stand.principal, stand.first, "C", **facts)

    assert again.pk == new.pk
    assert GradeDecision.objects.count() == 3
    assert Placement.objects.count() == 4
    assert AuditEvent.objects.filter(name="grade_corrected").count() == 1


def test_a_form_is_not_used_for_something_else(stand: Stand) -> None:
    submission = uuid4()
    correct(stand.principal, stand.first, "C", submission=submission)
    for old, value in ((stand.first, "B"), (stand.second, "C")):
        with pytest.raises(ProblemsFoundError) as caught:
            correct(stand.principal, old, value, submission=submission)
        assert [each.code for each in caught.value.problems] == ["grade-submission-used"]
    assert GradeDecision.objects.count() == 3


def test_the_course_stays_as_it_was_written_when_it_was_not_what_was_wrong(stand: Stand) -> None:
    course = stand.group.course
    course.name = "Matematik 3b, omdöpt"
    course.save()
    assert correct(stand.principal, stand.first, "C").course_name == "Matematik 3b"
