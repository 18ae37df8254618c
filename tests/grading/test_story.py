"""One grade whole, and how the study plan and the group mark what no longer stands."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.courses.kinds import Curriculum
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision
from provning.grading.queries import (
    GradeState,
    corrected_away,
    grade_story,
    standings_of,
    study_plan_rows,
)
from provning.grading.replacement import best
from provning.grading.rows import Covering, StudyPlanRow
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.organisation.models import SchoolUnit
from provning.people.models import Person
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.decided import Stand, amend, correct, decide, make_stand
from tests.grading.world import EXAM, TODAY

LATER = EXAM + timedelta(days=2)


@pytest.fixture
def stand(ready: Ready) -> Stand:
    """Return a group with two grades decided as D."""
    return make_stand(ready)


def attempt(
    ready: Ready, person: Person, value: str, level: str, *, unit: SchoolUnit | None = None
) -> GradeDecision:
    """Let a teacher at the unit decide a grade on a level of Gy25 mathematics."""
    where = unit or ready.town.unit
    course = world.course(
        f"MATE{level}000X", f"Matematik nivå {level}", curriculum=Curriculum.GY25, level=level
    )
    who = world.teacher(where)
    day = EXAM + timedelta(days=ExamGroup.objects.count())
    placement = world.place(
        world.group(where, who, of=course, number=ExamGroup.objects.count() + 1), person, day
    )
    return decide(world.grading_teacher(who, where), placement, value)


def plan(actor: Actor, person: Person) -> dict[str, StudyPlanRow]:
    """Return the person's plan by decision."""
    rows = study_plan_rows(actor, person.pk, TODAY + timedelta(days=9))
    return {str(row.decision_id): row for row in rows}


def test_the_story_has_every_decision_and_says_what_may_be_done(stand: Stand) -> None:
    corrected = correct(stand.principal, stand.first, "C", exam_date=LATER)
    amended = amend(stand.teacher, corrected, "B")

    story = grade_story(stand.principal, stand.first.pk)

    assert [each.id for each in story.chain] == [stand.first.pk, corrected.pk, amended.pk]
    assert (story.decision.id, story.standing.id) == (stand.first.pk, amended.pk)
    assert (story.placement.exam_date, story.placement.superseded) == (EXAM, True)
    assert (story.may_correct, story.amends_as, story.judged_it) == (True, "REKTOR", False)
    assert story.others == ("Karin Wallgren",)

    own = grade_story(stand.teacher, amended.pk)
    assert (own.may_correct, own.amends_as, own.judged_it) == (False, "LÄRARE", True)
    assert (own.others, own.tells_all) == ((), True)


def test_who_only_reads_may_do_nothing_and_is_not_told_everything(stand: Stand) -> None:
    story = grade_story(world.provider_staff(stand.ready.town.unit), stand.first.pk)
    assert (story.may_correct, story.amends_as, story.tells_all) == (False, "", False)


def test_a_protected_person_is_masked_in_the_story(stand: Stand) -> None:
    hidden = world.place(stand.group, world.person("Siri", "Skyddad", protected=True))
    decision = decide(stand.teacher, hidden, "C")

    masked = grade_story(stand.ready.admin, decision.pk).placement.person
    seen = grade_story(stand.principal, decision.pk).placement.person

    assert (masked.masked, masked.given_name) == (True, "")
    assert "Skyddad, Siri" not in repr(masked)
    assert (seen.masked, seen.given_name) == (False, "Siri")


def test_a_story_out_of_scope_does_not_exist(stand: Stand) -> None:
    town = stand.ready.town
    for actor in (
        world.principal(town.other_unit),
        world.grading_teacher(world.teacher(town.unit, "Tomas"), town.unit),
    ):
        with pytest.raises(NotFoundError):
            grade_story(actor, stand.first.pk)
    with pytest.raises(NotFoundError):
        grade_story(stand.principal, uuid4())


def test_a_correction_in_place_shows_the_new_grade_with_the_old_one_beside(stand: Stand) -> None:
    new = correct(stand.principal, stand.first, "C")

    row = plan(stand.ready.admin, stand.placement.person)[str(new.pk)]

    assert (row.value, row.state, row.correction_type) == ("C", GradeState.DECIDED, "Rättelse")
    assert row.previous is not None
    assert (row.previous.value, row.note) == ("D", f"Tidigare betyg D från {EXAM}")
    assert row.moved_to is None


def test_a_grade_that_was_moved_is_struck_through_and_says_where_it_went(stand: Stand) -> None:
    """Domain 7.2 case 18: the old row stays in the plan beside the new one."""
    new = correct(stand.principal, stand.first, "C", exam_date=LATER)

    rows = plan(stand.ready.admin, stand.placement.person)

    old = rows[str(stand.first.pk)]
    assert (old.value, old.state, old.shown_state) == ("D", GradeState.REPLACED, "replaced")
    assert old.moved_to is not None
    assert (old.moved_to.value, old.moved_to.exam_date) == ("C", LATER)
    assert (rows[str(new.pk)].state, rows[str(new.pk)].value) == (GradeState.DECIDED, "C")


def test_a_group_shows_what_a_rättelse_has_led_away_from_it(stand: Stand) -> None:
    right = world.group(stand.ready.town.unit, None, number=2)
    correct(stand.principal, stand.first, "C", group_id=right.pk)
    correct(stand.principal, stand.second, "E")

    (moved,) = corrected_away(stand.ready.admin, stand.group.pk)

    assert (moved.placement.id, moved.decision.value) == (stand.placement.pk, "D")
    assert (moved.standing.value, moved.standing.decided_by_name) == ("C", "Rut Rektor")
    correct(stand.principal, moved.standing.id, "B")
    (moved,) = corrected_away(stand.ready.admin, stand.group.pk)
    assert moved.standing.value == "B"
    assert corrected_away(stand.ready.admin, right.pk) == []
    assert corrected_away(world.principal(stand.ready.town.other_unit), stand.group.pk) == []


def test_several_attempts_all_stay_and_the_highest_is_marked(ready: Ready) -> None:
    """Domain 7.5 cases 57 and 58: F and a new attempt, and a lower result after a higher."""
    person = world.person()
    failed, passed, lower = (attempt(ready, person, each, "1") for each in ("F", "C", "E"))

    rows = plan(ready.admin, person)

    assert {key: (row.value, row.best) for key, row in rows.items()} == {
        str(failed.pk): ("F", False),
        str(passed.pk): ("C", True),
        str(lower.pk): ("E", False),
    }
    assert {row.state for row in rows.values()} == {GradeState.DECIDED}
    (highest,) = best(standings_of([person.pk])[person.pk]).values()
    assert highest.decision_id == passed.pk


def test_one_attempt_is_not_marked_as_the_highest(ready: Ready) -> None:
    person = world.person()
    only = attempt(ready, person, "C", "1")
    assert not plan(ready.admin, person)[str(only.pk)].best


def test_a_pass_on_a_higher_level_replaces_and_says_by_what(ready: Ready) -> None:
    """Domain 7.5 case 59: the lower grade stays, marked as replaced."""
    person = world.person()
    lower, higher = attempt(ready, person, "C", "1"), attempt(ready, person, "E", "2")

    rows = plan(ready.admin, person)

    old, new = rows[str(lower.pk)], rows[str(higher.pk)]
    assert (old.value, old.state, old.shown_state) == ("C", GradeState.DECIDED, "replaced")
    assert old.covering == Covering(higher.pk, "Matematik nivå 2", "E", higher.placement.exam_date)
    assert (new.covering, new.shown_state) == (None, "decided")
    assert grade_story(ready.admin, lower.pk).covering == old.covering


def test_a_fail_on_a_higher_level_replaces_nothing(ready: Ready) -> None:
    """Domain 7.5 case 60."""
    person = world.person()
    lower = attempt(ready, person, "C", "1")
    attempt(ready, person, "F", "2")
    assert plan(ready.admin, person)[str(lower.pk)].covering is None


def test_a_lower_level_passed_after_a_higher_is_covered(ready: Ready) -> None:
    """Domain 7.5 case 61: it is stored, and marked as covered."""
    person = world.person()
    higher, later = attempt(ready, person, "D", "2"), attempt(ready, person, "A", "1")
    covering = plan(ready.admin, person)[str(later.pk)].covering
    assert covering is not None
    assert covering.decision_id == higher.pk


def test_a_rättelse_down_to_a_fail_uncovers_the_lower_level(ready: Ready) -> None:
    """Domain 7.5 cases 59, 60 and 68 together: what replaces is the decision that stands."""
    person = world.person()
    lower, higher = attempt(ready, person, "C", "1"), attempt(ready, person, "E", "2")
    correct(world.principal(ready.town.unit), higher, "F")
    assert plan(ready.admin, person)[str(lower.pk)].covering is None


def test_what_replaces_a_grade_elsewhere_is_not_told(ready: Ready) -> None:
    """That it is replaced is told, by law; not by what, nor where it was decided."""
    person = world.person()
    lower = attempt(ready, person, "C", "1")
    attempt(ready, person, "B", "2", unit=ready.town.other_unit)

    row = plan(ready.admin, person)[str(lower.pk)]

    assert (row.covering, row.shown_state) == (Covering(), "replaced")
    assert "nivå 2" not in repr(plan(ready.admin, person))


def decide_all(ready: Ready, placements: list[Placement]) -> list[GradeDecision]:
    """Let the teacher decide D for them all at once."""
    return decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={each.pk: "D" for each in placements},
        submission=uuid4(),
        today=TODAY,
    )


@pytest.mark.parametrize("size", [1, 30])
def test_the_story_and_the_group_ask_as_often_for_many_as_for_one(
    size: int, ready: Ready, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rektor = world.principal(ready.town.unit)
    right = world.group(ready.town.unit, None, number=2)
    decisions = decide_all(ready, [world.place(ready.group) for _ in range(size)])
    for each in decisions:
        correct(rektor, each, "C", group_id=right.pk)
    with django_assert_num_queries(5):
        assert len(corrected_away(ready.admin, ready.group.pk)) == size
    standing = GradeDecision.objects.get(supersedes=decisions[0])
    for number in range(size):
        standing = correct(rektor, standing, "BC"[number % 2])
    with django_assert_num_queries(8):
        assert len(grade_story(rektor, standing.pk).chain) == size + 2
