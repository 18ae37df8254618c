"""Creating and changing prövningsgrupper, as the manual has it and as it cannot go wrong."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.exams.actions import (
    change_exam_group,
    connect_grading_teacher,
    create_exam_group,
    take_back_group,
)
from provning.exams.models import ExamGroup
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.kernel.terms import Term
from tests.builders import recorded
from tests.exams.world import HT26, TODAY, VT22, VT23, World


def create(
    world: World,
    *,
    actor: Actor | None = None,
    unit: UUID | None = None,
    code: str = "MATMAT03b",
    term: Term = HT26,
    start_date: date | None = None,
    teacher: UUID | None = None,
    full_code: bool = False,
    override_reason: str = "",
    submission: UUID | None = None,
) -> ExamGroup:
    return create_exam_group(
        actor=actor or world.admin,
        unit_id=unit or world.centrum,
        course_id=world.course(code),
        term=term,
        start_date=start_date,
        grading_teacher_id=teacher,
        full_code=full_code,
        override_reason=override_reason,
        submission=submission,
        today=TODAY,
    )


def refusal(error: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in error.value.problems]


def test_the_manuals_group_gets_everything_that_nobody_types(world: World) -> None:
    group = create(world, term=VT23)
    assert (group.name, group.number, group.initials) == ("PRÖ:KC23VTMAT03B", 1, "KC")
    assert (group.school_form, group.measure, group.time_of_day) == ("KV", "PRÖ", "Annat")
    assert (group.distance, group.trial) == (True, True)
    assert (group.start_date, group.end_date) == (date(2023, 1, 1), date(2023, 6, 30))


def test_each_of_the_manuals_two_teachers_has_a_group(world: World) -> None:
    names = [
        create(world, term=VT22, teacher=world.teachers[name]).name for name in ("Karin", "Tomas")
    ]
    assert names == ["PRÖ:KC22VTMAT03B", "PRÖ:KC22VTMAT03B2"]


def test_a_gy25_level_in_the_autumn_of_2026_has_its_whole_code(world: World) -> None:
    group = create(world, code="MATO1B00X")
    assert (group.name, group.start_date, group.end_date) == (
        "PRÖ:KC26HTMATO1B00X",
        date(2026, 8, 17),
        date(2026, 12, 18),
    )


def test_a_second_click_gives_the_same_group_and_no_second_event(world: World) -> None:
    form = uuid4()
    first = create(world, submission=form)
    events = AuditEvent.objects.count()
    second = create(world, submission=form)
    assert (second.id, ExamGroup.objects.count()) == (first.id, 1)
    assert AuditEvent.objects.count() == events


def test_a_used_form_filled_in_anew_is_refused(world: World) -> None:
    form = uuid4()
    create(world, submission=form)
    with pytest.raises(ProblemsFoundError) as error:
        create(world, submission=form, code="ENGENG05")
    assert refusal(error) == [("group-submission-used", "")]


def test_the_same_teacher_twice_for_a_course_and_term_is_refused(world: World) -> None:
    karin = world.teachers["Karin"]
    create(world, teacher=karin)
    with pytest.raises(ProblemsFoundError) as error:
        create(world, teacher=karin)
    assert refusal(error) == [("group-teacher-taken", "grading_teacher")]
    assert create(world, teacher=karin, term=HT26.next()).grading_teacher_id == karin
    assert create(world, teacher=karin, code="ENGENG05").grading_teacher_id == karin


def test_another_units_teacher_is_refused(world: World) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        create(world, teacher=world.teachers["Eva"])
    assert refusal(error) == [("group-teacher-no-duty", "grading_teacher")]


def test_another_courses_name_is_refused_and_the_way_out_works(world: World) -> None:
    create(world, code="PSKPSY01")
    with pytest.raises(ProblemsFoundError) as error:
        create(world, code="PSYPSY01")
    assert refusal(error) == [("group-name-taken", "course")]
    assert create(world, code="PSYPSY01", full_code=True).name == "PRÖ:KC26HTPSYPSY01"


def test_the_same_name_in_another_unit_is_no_collision(world: World) -> None:
    create(world, code="PSKPSY01")
    assert create(world, code="PSYPSY01", unit=world.hamnen).name == "PRÖ:KH26HTPSY01"


def test_a_day_before_the_providers_term_needs_a_reason_that_is_kept(world: World) -> None:
    early = date(2026, 8, 3)
    with pytest.raises(ProblemsFoundError) as error:
        create(world, start_date=early)
    assert refusal(error) == [("group-date-outside-calendar", "start_date")]
    group = create(world, start_date=early, override_reason="Sommarprövning")
    [event] = history_of("exam_group", group.id)
    assert (event.name, event.reason) == ("exam_group_created", "Sommarprövning")


def test_no_reason_moves_a_group_out_of_the_half_year(world: World) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        create(world, start_date=date(2026, 6, 30), override_reason="Sommarprövning")
    assert refusal(error) == [("group-date-outside-term", "start_date")]


def test_another_provider_cannot_make_a_group_in_the_unit(world: World) -> None:
    with pytest.raises(NotFoundError):
        create(world, actor=world.other_admin)
    assert ExamGroup.objects.count() == 0


@pytest.mark.parametrize("role", ["principal", "centre"])
def test_who_only_sees_the_unit_cannot_make_a_group_in_it(world: World, role: str) -> None:
    with pytest.raises(NotAllowedError):
        create(world, actor=getattr(world, role))


def test_creating_is_one_event_about_the_group_and_its_unit(world: World) -> None:
    group = create(world, teacher=world.teachers["Karin"])
    event = history_of("exam_group", group.id)[0]
    assert (event.name, event.actor_name) == ("exam_group_created", "Vux intern anordnare Sthlm")
    assert event.after["name"] == "PRÖ:KC26HTMAT03B"
    assert event.after["teacher"] == "Karin Wallgren"
    assert history_of("unit", world.centrum)[0].number == event.number


def test_a_group_made_by_mistake_is_taken_back_and_the_trail_keeps_what_it_was(
    world: World,
) -> None:
    group = world.group()
    made = history_of("exam_group", group.id)[0]
    with recorded() as events:
        take_back_group(actor=world.admin, group_id=group.id, expected_version=1)
    assert (events, ExamGroup.objects.count()) == (["group_taken_back"], 0)
    told = history_of("exam_group", group.id)[0]
    assert [each.name for each in (made, told)] == ["exam_group_created", "group_taken_back"]
    assert (told.before, told.after) == (made.after, {})
    assert history_of("unit", world.centrum)[0].number == told.number


def change(
    world: World, group: ExamGroup, start: date, end: date, *, actor: Actor | None = None
) -> ExamGroup:
    return change_exam_group(
        actor=actor or world.admin,
        group_id=group.id,
        expected_version=group.version,
        start_date=start,
        end_date=end,
        today=TODAY,
    )


def test_changing_dates_counts_the_version_up_and_the_same_dates_do_nothing(world: World) -> None:
    group = world.group()
    changed = change(world, group, date(2026, 9, 1), date(2026, 12, 1))
    again = change(world, changed, date(2026, 9, 1), date(2026, 12, 1))
    assert (changed.version, again.version) == (2, 2)
    assert [event.name for event in history_of("exam_group", group.id)] == [
        "exam_group_changed",
        "exam_group_created",
    ]


def test_new_dates_may_not_leave_a_placed_person_outside(world: World) -> None:
    group = world.group()
    world.place(group, world.person(), day=date(2026, 12, 2))
    with pytest.raises(ProblemsFoundError) as error:
        change(world, group, date(2026, 9, 1), date(2026, 12, 1))
    assert refusal(error) == [("group-dates-leave-placements", "end_date")]


def test_who_was_first_when_and_with_what_is_told_to_who_comes_second(world: World) -> None:
    group = world.group()
    change(world, group, date(2026, 9, 1), date(2026, 12, 1))
    with pytest.raises(ConflictError) as error:
        change(world, group, date(2026, 9, 2), date(2026, 12, 2))
    told = error.value.problems[0].params
    assert told["who"] == "Vux intern anordnare Sthlm"
    assert told["what"] == "Gruppen PRÖ:KC26HTMAT03B pågår nu 2026-09-01 till 2026-12-01"
    with pytest.raises(ConflictError) as error:
        connect(world, group, "Karin")
    assert error.value.problems[0].params == told


def connect(
    world: World, group: ExamGroup, teacher: str, *, actor: Actor | None = None
) -> ExamGroup:
    return connect_grading_teacher(
        actor=actor or world.admin,
        group_id=group.id,
        teacher_id=world.teachers[teacher] if teacher else None,
        expected_version=group.version,
        today=TODAY,
    )


def test_a_teacher_is_connected_changed_and_disconnected(world: World) -> None:
    group = world.group()
    for teacher in ("Karin", "Tomas", ""):
        group = connect(world, group, teacher)
    assert (group.grading_teacher_id, group.version) == (None, 4)
    assert [event.name for event in history_of("exam_group", group.id)] == [
        "grading_teacher_disconnected",
        "grading_teacher_connected",
        "grading_teacher_connected",
        "exam_group_created",
    ]


def test_connecting_follows_the_same_rules_as_creating(world: World) -> None:
    world.group(teacher="Karin")
    second = world.group()
    for teacher, code in (("Karin", "group-teacher-taken"), ("Eva", "group-teacher-no-duty")):
        with pytest.raises(ProblemsFoundError) as error:
            connect(world, second, teacher)
        assert refusal(error) == [(code, "grading_teacher")]


def test_the_same_teacher_again_changes_nothing(world: World) -> None:
    group = world.group(teacher="Karin")
    assert connect(world, group, "Karin").version == 1


def test_a_teacher_cannot_give_the_group_away_and_a_stranger_does_not_see_it(world: World) -> None:
    group = world.group(teacher="Karin")
    with pytest.raises(NotAllowedError):
        connect(world, group, "Tomas", actor=world.karin)
    with pytest.raises(NotFoundError):
        connect(world, group, "Tomas", actor=world.other_admin)
