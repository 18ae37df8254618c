"""Copying a term's groups to the next, which the manual does by hand."""

from datetime import date

import pytest

from provning.audit.queries import history_of
from provning.exams.actions import copy_groups, create_exam_group
from provning.exams.models import ExamGroup
from provning.exams.queries import copy_preview
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.kernel.terms import Season, Term
from provning.people.models import Duty
from tests.exams.world import HT26, PROGRAM, TODAY, VT27, World

VT30 = Term(2030, Season.VT)


def copy(world: World, *groups: ExamGroup, actor: Actor | None = None) -> list[ExamGroup]:
    return copy_groups(
        actor=actor or world.admin,
        unit_id=world.centrum,
        from_term=HT26,
        group_ids=[group.id for group in groups],
        today=TODAY,
    )


def preview(world: World, term: Term = HT26) -> list[tuple[str, str, bool]]:
    rows = copy_preview(world.admin, world.centrum, term, TODAY)
    return [(row.name, row.teacher, row.already) for row in rows]


def leave(world: World, teacher: str, day: date) -> None:
    Duty.objects.filter(person_id=world.teachers[teacher]).update(end_date=day)


def test_a_copy_keeps_course_and_teacher_and_takes_the_next_terms_dates(world: World) -> None:
    copied = copy(world, world.group(teacher="Karin"), world.group(teacher="Tomas"))
    assert [
        (group.name, group.grading_teacher_id, group.start_date, group.end_date) for group in copied
    ] == [
        ("PRÖ:KC27VTMAT03B", world.teachers["Karin"], date(2027, 1, 11), date(2027, 6, 11)),
        ("PRÖ:KC27VTMAT03B2", world.teachers["Tomas"], date(2027, 1, 11), date(2027, 6, 11)),
    ]


def test_the_preview_says_what_the_copy_then_does(world: World) -> None:
    groups = [world.group("MATO1B00X"), world.group(teacher="Karin"), world.group()]
    said = [name for name, _, _ in preview(world)]
    assert said == ["PRÖ:KC27VTMAT03B", "PRÖ:KC27VTMAT03B2", "PRÖ:KC27VTMATO1B00X"]
    assert [group.name for group in copy(world, *groups)] == said


def test_the_name_depends_on_which_groups_are_chosen(world: World) -> None:
    world.group(teacher="Karin")
    second = world.group(teacher="Tomas")
    chosen = copy_preview(world.admin, world.centrum, HT26, TODAY, group_ids=[second.id])
    assert [row.name for row in chosen] == ["PRÖ:KC27VTMAT03B"]


def test_a_teacher_who_has_left_is_not_taken_along(world: World) -> None:
    group = world.group(teacher="Karin")
    leave(world, "Karin", date(2026, 12, 31))
    row = copy_preview(world.admin, world.centrum, HT26, TODAY)[0]
    assert (row.teacher, row.teacher_left) == ("", True)
    assert copy(world, group)[0].grading_teacher_id is None


def test_copied_groups_are_recognised_and_a_second_click_makes_nothing(world: World) -> None:
    group = world.group()
    copy(world, group)
    assert preview(world) == [("PRÖ:KC27VTMAT03B", "", True)]
    assert copy(world, group) == []
    assert ExamGroup.objects.filter(year=2027).count() == 1


def test_a_group_made_by_hand_for_the_same_teacher_counts_as_there(world: World) -> None:
    group = world.group(teacher="Karin")
    world.group(teacher="Karin", term=VT27)
    assert preview(world) == [("PRÖ:KC27VTMAT03B", "Karin Wallgren", True)]
    assert copy(world, group) == []


def test_a_group_made_by_hand_for_somebody_else_does_not(world: World) -> None:
    group = world.group(teacher="Karin")
    world.group(teacher="Tomas", term=VT27)
    assert [each.name for each in copy(world, group)] == ["PRÖ:KC27VTMAT03B2"]


def test_a_course_that_is_no_longer_examined_stops_the_whole_copy(world: World) -> None:
    ended, lasting = world.group(term=VT30), world.group("MATO1B00X", term=VT30)
    rows = copy_preview(world.admin, world.centrum, VT30, TODAY)
    assert [[problem.code for problem in row.problems] for row in rows] == [
        ["course-gy11-ended"],
        [],
    ]
    with pytest.raises(ProblemsFoundError) as error:
        copy_groups(
            actor=world.admin,
            unit_id=world.centrum,
            from_term=VT30,
            group_ids=[ended.id, lasting.id],
            today=TODAY,
        )
    assert [problem.field for problem in error.value.problems] == [str(ended.id)]
    assert not ExamGroup.objects.filter(year=2030, season="HT").exists()


def test_the_way_out_of_a_collision_is_copied_too(world: World) -> None:
    groups = [world.group("PSKPSY01")]
    groups.append(
        create_exam_group(
            actor=PROGRAM,
            unit_id=world.centrum,
            course_id=world.course("PSYPSY01"),
            term=HT26,
            full_code=True,
            today=TODAY,
        )
    )
    assert [group.name for group in copy(world, *groups)] == [
        "PRÖ:KC27VTPSY01",
        "PRÖ:KC27VTPSYPSY01",
    ]


def test_copying_is_one_event_that_every_copy_shows(world: World) -> None:
    copied = copy(world, world.group(), world.group("ENGENG05"))
    events = [history_of("exam_group", group.id) for group in copied]
    assert [[event.name for event in each] for each in events] == [["exam_groups_copied"]] * 2
    assert events[0][0].number == events[1][0].number
    assert events[0][0].after["count"] == 2


def test_only_the_units_own_groups_of_the_term_can_be_copied(world: World) -> None:
    others = [world.group(unit=world.kompaniet), world.group(unit=world.hamnen)]
    others.append(world.group(term=VT27))
    for other in others:
        with pytest.raises(NotFoundError):
            copy(world, other)
    assert preview(world) == []


def test_who_only_sees_the_groups_copies_nothing(world: World) -> None:
    group = world.group()
    with pytest.raises(NotAllowedError):
        copy(world, group, actor=world.principal)
    with pytest.raises(NotFoundError):
        copy(world, group, actor=world.other_admin)
    with pytest.raises(NotFoundError):
        copy_preview(world.other_admin, world.centrum, HT26, TODAY)
