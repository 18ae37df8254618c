"""Prövningsgrupper brought in from another system's snapshot: those that are missing are made."""

from datetime import UTC, date, datetime

import pytest

from provning.exams.actions import take_back_group
from provning.exams.models import ExamGroup
from provning.feeds.writing import term_snapshot
from provning.imports.models import StagedImport
from tests.builders import HT26
from tests.exams.world import World
from tests.imports.test_ims_placements import ims_group, ims_member, ims_person
from tests.imports.world import Desk, codes, faults, outcomes, verdicts

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 8, 17), date(2026, 12, 18)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.town)


def upload(desk: Desk, content: bytes | str) -> StagedImport:
    whole = content.encode() if isinstance(content, str) else content
    return desk.upload((), kind="ims_groups", actor=desk.town.admin, content=whole)


def own_snapshot(world: World) -> bytes:
    """Return the term as this program writes it."""
    pieces = term_snapshot(
        actor=world.centre, term=HT26, protected_at=(), now=datetime(2026, 8, 1, tzinfo=UTC)
    )
    return b"".join(pieces)


def snapshot(*groups: tuple[str, str, str], unit: str = "Komvux Centrum") -> str:
    """Return a snapshot of groups: name, and the learner's course code and teacher, "" for none."""
    parts = ["<enterprise>", ims_person("k", "")]
    teachers = sorted({teacher for *_rest, teacher in groups if teacher})
    for name in teachers:
        given, family = name.split()
        parts.append(
            f"<person><sourcedid><id>{name}</id></sourcedid><name><n><family>{family}</family>"
            f"<given>{given}</given></n></name></person>"
        )
    parts.append(ims_group("u", unit))
    parts += [ims_group(name, name) for name, *_rest in groups]
    inside = "".join(
        f"<member><sourcedid><id>{name}</id></sourcedid><idtype>2</idtype>"
        '<role roletype="04"></role></member>'
        for name, *_rest in groups
    )
    parts.append(f"<membership><sourcedid><id>u</id></sourcedid>{inside}</membership>")
    for name, code, teacher in groups:
        members = _member("k", "01", code) if code else ""
        members += _member(teacher, "02", "") if teacher else ""
        if members:
            head = f"<membership><sourcedid><id>{name}</id></sourcedid>"
            parts.append(f"{head}{members}</membership>")
    return "".join((*parts, "</enterprise>"))


def _member(key: str, role: str, code: str) -> str:
    plain = ims_member(key, role, "2026-11-12", "2026-11-12")
    more = f"<extension><activity><coursecode>{code}</coursecode></activity></extension></role>"
    return plain.replace("</role>", more) if code else plain


def made() -> list[tuple[str, object, date, date]]:
    found = ExamGroup.objects.order_by("name")
    return [(each.name, each.grading_teacher_id, each.start_date, each.end_date) for each in found]


def test_what_this_program_has_written_is_read_back_whole(desk: Desk, world: World) -> None:
    """Taken out, lost and read in: the same groups; read again they change nothing; undone."""
    for group in (world.group(teacher="Karin"), world.group(teacher="Tomas")):
        assert group.name.startswith("PRÖ:KC26HTMAT03B")
    world.group()
    content, before = own_snapshot(world), made()
    for each in ExamGroup.objects.order_by("-number"):
        take_back_group(actor=world.admin, group_id=each.pk, expected_version=each.version)

    staged = upload(desk, content)
    assert verdicts(staged) == ["new", "new", "new"]
    desk.commit(staged, actor=desk.town.admin)

    assert made() == before
    assert len(before) == 3
    assert verdicts(upload(desk, content)) == ["unchanged", "unchanged", "unchanged"]
    desk.undo(staged, desk.town.admin)
    assert (outcomes(staged), made()) == (["taken_back"] * 3, [])


def test_a_group_without_members_has_the_course_of_its_name(desk: Desk, world: World) -> None:
    staged = upload(desk, snapshot(("PRÖ:KC26HTMAT03B", "", "Karin Wallgren")))
    desk.commit(staged, actor=desk.town.admin)
    assert made() == [("PRÖ:KC26HTMAT03B", world.teachers["Karin"], FIRST, LAST)]


def test_one_that_is_there_gets_the_files_teacher_as_with_the_sheet(
    desk: Desk, world: World
) -> None:
    group = world.group(teacher="Karin")
    staged = upload(desk, snapshot((group.name, "MATMAT03b", "Tomas Wallgren")))
    assert verdicts(staged) == ["changed"]
    desk.commit(staged, actor=desk.town.admin)
    assert [teacher for _name, teacher, *_days in made()] == [world.teachers["Tomas"]]


def test_each_group_that_cannot_be_made_says_why_and_other_kinds_are_no_rows(
    desk: Desk, world: World
) -> None:
    world.group(teacher="Karin")
    rows = (
        ("Klass 1A", "MATMAT03b", ""),
        ("KC26HTMAT03B", "MATMAT03b", ""),
        ("PRÖ:KC26HTENG052", "ENGENG05", ""),
        ("PRÖ:KH26HTENG05", "ENGENG05", ""),
        ("PRÖ:KC26HTMAT03B2", "MATMAT03b", "Karin Wallgren"),
        ("PRÖ:KC26HTSVE01", "FINNSEJ01", "Okänd Person"),
    )
    staged = upload(desk, snapshot(*rows))
    whats = list(staged.rows.order_by("number").values_list("what", flat=True))
    assert dict(zip(whats, codes(staged), strict=True)) == {
        "KC26HTMAT03B": ["group-name-prefix-missing"],
        "PRÖ:KH26HTENG05": ["import-group-other-name"],
        "PRÖ:KC26HTSVE01": ["import-teacher-unknown", "import-course-unknown"],
        "PRÖ:KC26HTMAT03B2": ["group-teacher-taken"],
        "PRÖ:KC26HTENG052": ["import-group-other-name"],
    }


def test_all_or_nothing_when_one_left_out_would_give_another_its_number(
    desk: Desk, world: World
) -> None:
    world.group(teacher="Karin")
    rows = (
        ("PRÖ:KC26HTMAT03B2", "MATMAT03b", "Karin Wallgren"),
        ("PRÖ:KC26HTMAT03B3", "MATMAT03b", "Tomas Wallgren"),
    )
    staged = upload(desk, snapshot(*rows))
    assert verdicts(staged) == ["refused", "new"]
    staged = desk.commit(staged, leave_out=True, actor=desk.town.admin)
    assert (faults(staged), len(made())) == (["import-group-other-name"], 1)


def test_two_new_groups_of_one_teacher_and_course_are_refused_where_they_are_read(
    desk: Desk, world: World
) -> None:
    rows = (
        ("PRÖ:KC26HTMAT03B", "MATMAT03b", "Karin Wallgren"),
        ("PRÖ:KC26HTMAT03B2", "MATMAT03b", "Karin Wallgren"),
        ("PRÖ:KC26HTMAT03B3", "MATMAT03b", "Tomas Wallgren"),
        ("PRÖ:KC26HTENG05", "ENGENG05", "Karin Wallgren"),
    )
    assert world.teachers.keys() >= {"Karin", "Tomas"}
    staged = upload(desk, snapshot(*rows))
    whats = list(staged.rows.order_by("number").values_list("what", flat=True))
    assert dict(zip(whats, codes(staged), strict=True)) == {
        "PRÖ:KC26HTENG05": [],
        "PRÖ:KC26HTMAT03B": [],
        "PRÖ:KC26HTMAT03B2": ["import-teacher-twice"],
        "PRÖ:KC26HTMAT03B3": [],
    }


def test_what_the_file_does_not_tell_is_asked_for(desk: Desk) -> None:
    alone = "<enterprise>" + ims_group("g", "PRÖ:KC26HTXXX99") + "</enterprise>"
    assert codes(upload(desk, alone)) == [["import-unit-untold", "import-course-untold"]]
    elsewhere = snapshot(("PRÖ:KK26HTMAT03B", "MATMAT03b", ""), unit="Kompaniet")
    assert codes(upload(desk, elsewhere)) == [["import-place-unknown"]]


def test_a_faulty_snapshot_is_refused_whole(desk: Desk) -> None:
    twice = "<enterprise>" + ims_group("g", "PRÖ:KC26HTMAT03B") * 2 + "</enterprise>"
    staged = upload(desk, twice)
    assert (staged.status, faults(staged)) == ("failed", ["ims-repeated"])
