"""Groups and duties brought in from a file."""

from datetime import date
from uuid import UUID

import pytest

from provning.access.models import AccessEntry
from provning.audit.queries import history_of
from provning.exams.models import ExamGroup
from provning.imports.models import StagedImport
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.people.actions import link_account
from provning.people.models import Duty, Person, PersonNumber
from tests.builders import PROGRAM, account, recorded
from tests.exams.world import World
from tests.imports.world import Desk, codes, notes, outcomes, verdicts

pytestmark = pytest.mark.django_db
GROUPS = ("Skolenhet", "Period", "Kurskod", "Betygssättande lärare", "Startdatum", "Grupp")
STAFF = (
    "Personnummer",
    "Namn",
    "Skolenhet",
    "Tjänst",
    "Legitimation",
    "Tjänst från",
    "Tjänst till",
)

LINKS = ("Personnummer", "Skolenhet", "Tjänst", "Tjänst från", "Användarnamn")


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.town)


def groups(desk: Desk, *rows: tuple[str, ...]) -> StagedImport:
    return desk.upload(GROUPS, *rows, kind="groups", actor=desk.town.admin)


def staff(desk: Desk, *rows: tuple[str, ...]) -> StagedImport:
    return desk.upload(STAFF, *rows, kind="staff", actor=desk.town.administrator)


def test_groups_are_made_with_names_of_their_own(desk: Desk, world: World) -> None:
    rows = (
        ("Komvux Centrum", "HT26", "matmat03b", "Karin Wallgren", "", ""),
        ("Komvux Centrum", "HT 2026", "MATMAT03b", "Wallgren, Tomas", "2026-09-01", ""),
    )
    staged = groups(desk, *rows)
    assert verdicts(staged) == ["new", "new"]
    desk.commit(staged, actor=desk.town.admin)
    made = ExamGroup.objects.order_by("number")
    assert [(each.name, each.grading_teacher_id) for each in made] == [
        ("PRÖ:KC26HTMAT03B", world.teachers["Karin"]),
        ("PRÖ:KC26HTMAT03B2", world.teachers["Tomas"]),
    ]
    assert verdicts(groups(desk, *rows)) == ["unchanged", "unchanged"]


def test_a_group_that_is_there_gets_its_new_days_and_teacher(desk: Desk, world: World) -> None:
    group = world.group(teacher="Karin")
    row = ("Komvux Centrum", "HT26", "MATMAT03b", "Tomas Wallgren", "2026-09-01", group.name)
    staged = desk.commit(groups(desk, row), actor=desk.town.admin)
    group.refresh_from_db()
    assert (group.start_date, group.grading_teacher_id) == (
        date(2026, 9, 1),
        world.teachers["Tomas"],
    )
    desk.undo(staged, desk.town.admin)
    group.refresh_from_db()
    assert (group.start_date, group.grading_teacher_id) == (
        date(2026, 8, 17),
        world.teachers["Karin"],
    )


def test_a_made_group_is_taken_back_while_it_is_empty(desk: Desk, world: World) -> None:
    staged = desk.commit(
        groups(
            desk,
            ("Komvux Centrum", "HT26", "MATMAT03b", "", "", ""),
            ("Komvux Centrum", "HT26", "ENGENG05", "", "", ""),
        ),
        actor=desk.town.admin,
    )
    used = ExamGroup.objects.get(course__code="ENGENG05")
    world.place(used, world.person())
    with recorded() as events:
        desk.undo(staged, desk.town.admin)
    assert events == ["group_taken_back", "import_undone"]
    assert outcomes(staged) == ["taken_back", "kept"]
    assert notes(staged) == [[], ["group-used"]]
    assert list(ExamGroup.objects.all()) == [used]


def test_everything_wrong_with_a_group_is_said(desk: Desk) -> None:
    staged = groups(
        desk,
        ("Kompaniet", "höst", "FINNSINTE", "", "igår", ""),
        ("Komvux Centrum", "HT26", "MATMAT03b", "Ingen Alls", "", ""),
        ("Komvux Centrum", "HT26", "MATMAT03b", "", "", "PRÖ:KC26HTMAT03B"),
        ("Komvux Centrum", "HT26", "MATMAT03b", "", "2026-02-01", ""),
    )
    assert codes(staged) == [
        ["table-date-form", "term-format", "import-place-unknown", "import-course-unknown"],
        ["import-teacher-unknown"],
        ["import-group-unknown"],
        ["group-date-outside-term"],
    ]


def test_duties_are_given_ended_and_taken_back(desk: Desk, world: World) -> None:
    person = world.stranger()
    number = PersonNumber.objects.get(person=person).number
    row = (number, "Kim Ny", "Komvux Centrum", "lärare", "Ja", "2026-08-17", "")
    staged = staff(desk, row)
    assert verdicts(staged) == ["new"]
    desk.commit(staged, actor=desk.town.administrator)
    duty = Duty.objects.get(person=person)
    assert (duty.role, duty.registered_teacher, duty.unit_id) == ("Lärare", True, world.centrum)
    assert verdicts(staff(desk, row)) == ["unchanged"]
    ended = staff(desk, (*row[:-1], "2026-12-31"))
    assert verdicts(ended) == ["changed"]
    desk.commit(ended, actor=desk.town.administrator)
    duty.refresh_from_db()
    assert duty.end_date == date(2026, 12, 31)
    desk.undo(ended, desk.town.administrator)
    assert notes(ended) == [["import-duty-used"]]
    with recorded() as events:
        desk.undo(staged, desk.town.administrator)
    assert Duty.objects.filter(person=person).count() == 0
    assert events == ["duties_taken_back", "import_undone"]
    event = history_of("person", person)[0]
    things = sorted([f"person:{person}", f"unit:{world.centrum}"])
    assert event.after == {"count": 1, "things": things}
    assert history_of("unit", world.centrum)[0] == event


def test_a_number_of_somebody_who_does_not_serve_here_is_logged(desk: Desk, world: World) -> None:
    stranger, karin = world.stranger(), world.teachers["Karin"]
    duty = ("Komvux Centrum", "Lärare", "2026-08-17")
    rows = [(number_of(each), *duty) for each in (stranger, karin)]
    desk.upload(LINKS[:4], *rows, kind="staff", actor=desk.town.administrator)
    logged = AccessEntry.objects.filter(place="imports:rows")
    assert [(each.person_id, each.outside) for each in logged] == [(stranger, True)]


def test_an_account_is_linked_with_the_duty_and_goes_back_with_it(desk: Desk, world: World) -> None:
    lena, karin = world.stranger(), world.teachers["Karin"]
    account("lena")
    account("karin")
    duty = ("Komvux Centrum", "Lärare", "2026-08-17")
    rows = [(number_of(lena), *duty, "Lena"), (number_of(karin), *duty, "karin")]

    def upload() -> StagedImport:
        return desk.upload(LINKS, *rows, kind="staff", actor=desk.town.administrator)

    staged = upload()
    assert verdicts(staged) == ["new", "changed"]
    desk.commit(staged, actor=desk.town.administrator)
    assert linked() == {"lena": lena, "karin": karin}
    assert verdicts(upload()) == ["unchanged", "unchanged"]
    desk.undo(staged, desk.town.administrator)
    assert (linked(), notes(staged)) == ({}, [[], []])
    held = Duty.objects.filter(person__in=[lena, karin])
    assert [each.person_id for each in held] == [karin]


def test_a_link_that_the_screen_would_refuse_is_refused_row_by_row(
    desk: Desk, world: World
) -> None:
    taken = account("tagen")
    karin, tomas = world.teachers["Karin"], number_of(world.teachers["Tomas"])
    link_account(actor=PROGRAM, person_id=karin, user_id=taken.pk)
    ada = account("ada", "system_administrator", Scope(ScopeKind.EVERYTHING))
    account("annan")
    duty = ("Komvux Centrum", "Lärare", "2026-08-17")
    rows = [
        (tomas, *duty, "tagen"),
        (tomas, "Komvux Hamnen", *duty[1:], "ingen"),
        (tomas, "Kompaniet", *duty[1:], "ada"),
        (number_of(karin), *duty, "annan"),
    ]
    own = Actor(str(ada.pk), "Ada", "system_administrator", desk.town.administrator.grants)
    staged = desk.upload(LINKS, *rows, kind="staff", actor=own)
    assert codes(staged) == [
        ["account-has-person"],
        ["import-account-unknown"],
        ["link-own"],
        ["person-has-account"],
    ]


def linked() -> dict[str, UUID]:
    """Return whose each linked account is, by username."""
    found = Person.objects.filter(user__isnull=False)
    return dict(found.values_list("user__username", "pk"))


def number_of(person: UUID) -> str:
    return PersonNumber.objects.get(person=person).number


def test_everything_wrong_with_a_duty_is_said_and_nobody_is_named(desk: Desk, world: World) -> None:
    person = world.stranger()
    number = PersonNumber.objects.get(person=person).number
    unknown = next(world.town.numbers)
    staged = staff(
        desk,
        (unknown, "A", "Komvux Centrum", "Lärare", "Ja", "2026-08-17", ""),
        (number, "Kim B", "Ingenstans", "Lärare", "kanske", "2026-08-17", ""),
        (number, "Kim C", "Komvux Centrum", "Vaktmästare", "", "2026-08-17", "2026-08-01"),
        (number, "Lena", "Komvux Hamnen", "Lärare", "", "2026-08-17", ""),
    )
    assert codes(staged) == [
        ["import-staff-unknown"],
        ["import-value", "import-place-unknown"],
        ["duty-dates", "duty-role-unknown"],
        ["staff-other-name"],
    ]
    assert "Ek" not in str(list(staged.rows.values()))
