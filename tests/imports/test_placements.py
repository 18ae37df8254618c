"""Placements and enrolments brought in from a file."""

from datetime import date
from uuid import UUID

import pytest

from provning.audit.queries import history_of
from provning.exams.actions import change_exam_date, place_student
from provning.exams.models import ExamGroup, Placement
from provning.imports.models import StagedImport
from provning.people.actions import set_status
from provning.people.models import Enrolment, PersonNumber
from tests.builders import PROGRAM, TODAY, recorded
from tests.exams.world import World
from tests.imports.world import Desk, codes, decide, faults, notes, outcomes, verdicts

pytestmark = pytest.mark.django_db
HEADERS = ("Personnummer", "Elev", "Grupp", "Prövningsdatum")
ENROLMENT = ("Personnummer", "Anordnare", "Skolenhet", "Inskriven från", "Inskriven till")
DAY = date(2026, 11, 12)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.town)


@pytest.fixture
def group(world: World) -> ExamGroup:
    return world.group(teacher="Karin")


def number_of(person_id: UUID) -> str:
    return PersonNumber.objects.get(person=person_id, valid_to=None).number


def placements(desk: Desk, *rows: tuple[str, ...]) -> StagedImport:
    return desk.upload(HEADERS, *rows, kind="placements", actor=desk.town.admin)


def test_a_file_places_by_number_group_and_day(desk: Desk, world: World, group: ExamGroup) -> None:
    kim, bo = world.person(), world.person("Bo", "Ask")
    staged = placements(
        desk,
        (number_of(kim), "Ek, Kim", group.name, "2026-11-12"),
        (number_of(bo), "", group.name, "20261113"),
    )
    assert verdicts(staged) == ["new", "new"]
    with recorded() as names:
        desk.commit(staged, actor=desk.town.admin)
    days = dict(Placement.objects.values_list("person_id", "exam_date"))
    assert days == {kim: DAY, bo: date(2026, 11, 13)}
    assert names == ["import_asked", "students_placed", "import_committed"]
    again = placements(desk, (number_of(kim), "", group.name, "12/11 2026"))
    assert verdicts(again) == ["unchanged"]


def test_every_rule_of_placing_is_asked(desk: Desk, world: World, group: ExamGroup) -> None:
    stranger, dead = world.stranger(), world.person("Dag", "Ek")
    set_status(
        actor=PROGRAM,
        person_id=dead,
        status="Avliden",
        status_on=TODAY,
        today=TODAY,
        expected_version=1,
    )
    kim = world.person()
    staged = placements(
        desk,
        (number_of(stranger), "", group.name, "2026-11-12"),
        (number_of(dead), "", group.name, "2026-11-12"),
        (number_of(kim), "", group.name, "2025-11-12"),
        (number_of(kim), "", "PRO:KC26HTMAT03B", "2026-11-12"),
        (number_of(kim), "", "PRÖ:KC26HTXYZ", "45000"),
        (number_of(kim), "", "", ""),
    )
    assert verdicts(staged) == ["refused"] * 6
    assert codes(staged) == [
        ["import-person-unknown"],
        ["placement-deceased"],
        ["placement-date-outside-group"],
        ["group-name-prefix-letter"],
        ["import-group-unknown", "table-date-serial"],
        ["import-cell-empty", "import-cell-empty"],
    ]


def test_a_prövning_of_two_days_is_refused(desk: Desk, world: World, group: ExamGroup) -> None:
    row = (number_of(world.person()), group.name, "2026-11-12", "2026-11-13")
    headers = ("Personnummer", "Grupp", "Fr.o.m.", "T.o.m.")
    staged = desk.upload(headers, row, kind="placements", actor=desk.town.admin)
    assert codes(staged) == [["import-two-dates"]]


def test_another_day_in_the_file_moves_who_is_placed(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    kim = world.person()
    [placement] = world.place(group, kim, day=DAY)
    staged = placements(desk, (number_of(kim), "", group.name, "2026-11-20"))
    assert verdicts(staged) == ["changed"]
    desk.commit(staged, actor=desk.town.admin)
    placement.refresh_from_db()
    assert placement.exam_date == date(2026, 11, 20)
    desk.undo(staged, desk.town.admin)
    placement.refresh_from_db()
    assert (placement.exam_date, outcomes(staged)) == (DAY, ["taken_back"])


def test_a_day_that_somebody_changed_meanwhile_stops_the_file(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    kim = world.person()
    [placement] = world.place(group, kim, day=DAY)
    staged = placements(desk, (number_of(kim), "", group.name, "2026-11-20"))
    change_exam_date(
        actor=PROGRAM,
        placement_id=placement.id,
        expected_version=1,
        exam_date=date(2026, 11, 16),
        today=TODAY,
    )
    desk.commit(staged, actor=desk.town.admin)
    placement.refresh_from_db()
    assert (faults(staged), placement.exam_date) == (["import-changed"], date(2026, 11, 16))


def test_who_stands_on_several_days_is_not_guessed(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    kim = world.person()
    world.place(group, kim, day=DAY)
    place_student(
        actor=PROGRAM,
        group_id=group.id,
        person_id=kim,
        exam_date=date(2026, 11, 20),
        override_reason="nytt försök",
        today=TODAY,
    )
    staged = placements(desk, (number_of(kim), "", group.name, "2026-11-24"))
    assert codes(staged) == [["import-placement-several"]]


def test_another_name_is_asked_about_and_answered(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    kim = world.person()
    staged = placements(desk, (number_of(kim), "Alm, Bo", group.name, "2026-11-12"))
    assert codes(staged) == [["import-other-name"]]
    desk.answer(staged, {2: str(kim)}, desk.town.admin)
    assert verdicts(staged) == ["new"]


def test_undo_withdraws_the_placements(desk: Desk, world: World, group: ExamGroup) -> None:
    kim = world.person()
    staged = placements(desk, (number_of(kim), "", group.name, "2026-11-12"))
    desk.commit(staged, actor=desk.town.admin)
    desk.undo(staged, desk.town.admin)
    placement = Placement.objects.get()
    assert (placement.outcome, placement.outcome_reason) == (
        "withdrawn",
        "Inläsningen togs tillbaka.",
    )
    again = placements(desk, (number_of(kim), "", group.name, "2026-11-12"))
    assert verdicts(again) == ["new"]


def test_undo_leaves_each_placement_that_must_stay_and_takes_back_the_others(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    persons = [world.person() for _each in range(5)]
    rows = [(number_of(each), "", group.name, "2026-11-12") for each in persons]
    staged = desk.commit(placements(desk, *rows), actor=desk.town.admin)
    moved, decided = (Placement.objects.get(person=persons[place]) for place in (1, 4))
    change_exam_date(
        actor=desk.town.admin,
        placement_id=moved.id,
        expected_version=1,
        exam_date=date(2026, 11, 13),
        today=TODAY,
    )
    decide(world, decided, "C")
    with recorded() as names:
        desk.undo(staged, desk.town.admin)
    assert outcomes(staged) == ["taken_back", "kept", "taken_back", "taken_back", "kept"]
    assert notes(staged) == [[], ["changed-meanwhile"], [], [], ["placement-decided"]]
    assert names == [*["placement_withdrawn"] * 3, "import_undone"]


def test_many_new_days_are_taken_in_and_back(desk: Desk, world: World, group: ExamGroup) -> None:
    kim, bo = world.person(), world.person("Bo", "Ask")
    world.place(group, kim, bo, day=DAY)
    rows = [(number_of(each), "", group.name, "2026-11-13") for each in (kim, bo)]
    staged = placements(desk, *rows)
    with recorded() as names:
        desk.commit(staged, actor=desk.town.admin)
    assert names == ["import_asked", *["exam_date_changed"] * 2, "import_committed"]
    desk.undo(staged, desk.town.admin)
    assert set(Placement.objects.values_list("exam_date", "version")) == {(DAY, 3)}


def test_another_providers_groups_and_persons_do_not_exist(desk: Desk, world: World) -> None:
    theirs = world.group(unit=world.kompaniet)
    eva = world.person("Eva", "Hos-dem", provider=world.other_provider)
    kim = world.person()
    staged = placements(
        desk,
        (number_of(kim), "", theirs.name, "2026-11-12"),
        (number_of(eva), "", theirs.name, "2026-11-12"),
    )
    assert codes(staged) == [
        ["import-group-unknown"],
        ["import-person-unknown", "import-group-unknown"],
    ]
    assert "Hos-dem" not in str(list(staged.rows.values()))


def test_a_name_that_two_units_share_needs_the_unit(desk: Desk, world: World) -> None:
    one, other = world.group(), world.group(unit=world.hamnen)
    ExamGroup.objects.filter(pk=other.pk).update(name=one.name)
    kim = world.person()
    assert codes(placements(desk, (number_of(kim), "", one.name, "2026-11-12"))) == [
        ["import-group-several"]
    ]
    row = (number_of(kim), one.name, "2026-11-12", "Komvux Hamnen")
    headers = ("Personnummer", "Grupp", "Prövningsdatum", "Skolenhet")
    staged = desk.upload(headers, row, kind="placements", actor=desk.town.admin)
    desk.commit(staged, actor=desk.town.admin)
    assert Placement.objects.get().group_id == other.id


def test_enrolments_are_made_once_and_taken_back(desk: Desk, world: World) -> None:
    person = world.stranger()
    row = (number_of(person), "vuxenutbildning sjöstad", "Komvux Centrum", "2026-08-17", "")
    staged = desk.upload(ENROLMENT, row, kind="enrolments")
    assert verdicts(staged) == ["new"]
    desk.commit(staged)
    enrolment = Enrolment.objects.get(person=person)
    assert (enrolment.provider_id, enrolment.unit_id) == (world.provider, world.centrum)
    assert verdicts(desk.upload(ENROLMENT, row, kind="enrolments")) == ["unchanged"]
    with recorded() as events:
        desk.undo(staged)
    assert (outcomes(staged), Enrolment.objects.filter(person=person).count()) == (
        ["taken_back"],
        0,
    )
    assert events == ["enrolments_taken_back", "import_undone"]
    event = history_of("person", person)[0]
    things = sorted([f"person:{person}", f"provider:{world.provider}"])
    assert event.after == {"count": 1, "things": things}
    assert history_of("provider", world.provider)[0] == event


def test_an_enrolment_that_a_placement_rests_on_stays(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    person = world.stranger()
    row = (number_of(person), "Vuxenutbildning Sjöstad", "", "2026-08-17", "")
    staged = desk.commit(desk.upload(ENROLMENT, row, kind="enrolments"))
    world.place(group, person)
    desk.undo(staged)
    assert (outcomes(staged), notes(staged)) == (["kept"], [["import-enrolment-used"]])


def test_everything_wrong_with_an_enrolment_is_said(desk: Desk, world: World) -> None:
    person = world.stranger()
    staged = desk.upload(
        ENROLMENT,
        (number_of(person), "Någon annan", "", "", "2026"),
        (number_of(person), "Vuxenutbildning Sjöstad", "Kompaniet", "2026-08-17", "2026-08-01"),
        kind="enrolments",
    )
    assert codes(staged) == [
        ["import-cell-empty", "table-date-form", "import-place-unknown"],
        ["enrolment-dates", "enrolment-unit"],
    ]
