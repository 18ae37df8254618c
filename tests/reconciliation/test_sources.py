"""Files as people have them, read into placements and grades."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provning.kernel.problems import ProblemsFoundError
from provning.reconciliation import (
    Fault,
    Grade,
    Placement,
    Side,
    grades_in,
    look_at,
    packaged_scales,
    persons_in,
    placements_in,
    reconcile,
)
from tests.betygxml.samples import course, grade_file, student, subject
from tests.reconciliation.rows import DAY, GROUP, NUMBERS, TODAY
from tests.tables.files import text_file, workbook_file

CUT = 0.3  # Most damaged workbooks keep their end, where an archive has its list of parts.
SHOWN = f"{NUMBERS[0][:8]}-{NUMBERS[0][8:]}"
REGISTER = (
    "Kursdeltagare i prövningsgrupper\n\n"
    "Personnr;Efternamn;Förnamn;Kurs;Kurskod;Undervisningsgrupp;Fr.o.m.;T.o.m.;Status;Anm\n"
    f"{SHOWN};Öberg;Åsa;Matematik 3b;MATMAT03b;{GROUP};2026-05-12;20260512;Prövning;\n"
    f"{NUMBERS[1]};Berg;Bo;Matematik 3b;MATMAT03b;MAT3;2026-01-12;2026-06-12;Antagen;\n"
)


def placements(path: Path, by_hand: dict[str, str] | None = None) -> list[Placement | Fault]:
    """Return what a placements file says."""
    return list(placements_in(look_at(path, Side.PLACEMENTS, by_hand), today=TODAY))


def grades(path: Path) -> list[Grade | Fault]:
    """Return what a grades file says."""
    return list(grades_in(look_at(path, Side.GRADES), today=TODAY))


def codes(path: Path, side: Side) -> list[str]:
    """Return the problems of a file's headings."""
    return [problem.code for problem in look_at(path, side).problems]


def test_an_export_of_a_register_is_read_with_its_own_headings(tmp_path: Path) -> None:
    found = placements(text_file(tmp_path, REGISTER, "cp1252"))
    assert found == [
        Placement(
            row=4, number=NUMBERS[0], person_id="", name="Öberg, Åsa", course="MATMAT03b",
            first_day=DAY, last_day=DAY, group=GROUP,
        ),
        Placement(
            row=5, number=NUMBERS[1], person_id="", name="Berg, Bo", course="MATMAT03b",
            first_day=date(2026, 1, 12), last_day=date(2026, 6, 12), group="MAT3", exam=False,
        ),
    ]  # fmt: skip


def test_one_column_with_the_day_of_the_exam_is_enough(tmp_path: Path) -> None:
    [found] = placements(text_file(tmp_path, f"Pnr;Kurskod;Provdatum\n{SHOWN};X;12/5 2026\n"))
    assert isinstance(found, Placement)
    assert (found.first_day, found.last_day, found.exam) == (DAY, DAY, True)


@pytest.mark.parametrize("status", ["Avbrott", "Ej genomförd", "Återtagen 2026-05-01"])
def test_who_has_broken_off_waits_for_no_grade(tmp_path: Path, status: str) -> None:
    text = f"Pnr;Kurskod;Datum;Grupp;Status\n{SHOWN};X;2026-05-12;{GROUP};{status}\n"
    [found] = placements(text_file(tmp_path, text))
    assert isinstance(found, Placement)
    assert (found.exam, found.cancelled) == (True, True)


def test_every_cell_that_cannot_be_read_is_told_and_the_row_left_out(tmp_path: Path) -> None:
    text = f"Pnr;Kurskod;Fr.o.m.;T.o.m.\n2,0E+11;;46154;2026-02-30\n{SHOWN};X;2026-05-12;\n"
    found = placements(text_file(tmp_path, text))
    faults = [each for each in found if isinstance(each, Fault)]
    assert [(each.row, each.problem.code) for each in faults] == [
        (2, "identity-excel"),
        (2, "reconcile-no-course"),
        (2, "table-date-serial"),
        (2, "table-date"),
    ]
    assert len(found) == len(faults) + 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";X;2026-05-12", "reconcile-no-person"),
        (f"{SHOWN};X;", "reconcile-no-date"),
        (f"{SHOWN};X;2026-05-12;x", "table-row-wider"),
    ],
)
def test_a_row_that_lacks_what_it_needs_is_told(tmp_path: Path, row: str, code: str) -> None:
    [found] = placements(text_file(tmp_path, f"Pnr;Kurskod;Datum\n{row}\n"))
    assert isinstance(found, Fault)
    assert found.problem.code == code


def test_a_heading_nobody_knows_is_chosen_by_hand(tmp_path: Path) -> None:
    path = text_file(tmp_path, f"Nr;Kurskod;Dag\n{SHOWN};X;2026-05-12\n")
    assert codes(path, Side.PLACEMENTS) == [
        "reconcile-no-person-column",
        "reconcile-no-date-column",
    ]
    assert len(placements(path, {"Nr": "person_number", "Dag": "exam_date"})) == 1
    with pytest.raises(ProblemsFoundError):
        placements(path)


def test_a_table_of_grades_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Personnummer", "Namn", "Kurs", "Betyg", "Betygsdatum", "Prövning", "Betygsgrupp"],
        [int(NUMBERS[0]), "Åsa Öberg", "MATMAT03b", "c", DAY, "Ja", GROUP],
        [SHOWN, "Åsa Öberg", "GRNMAT2", "Icke godkänt", DAY, "Nej", ""],
    ]
    found = grades(workbook_file(tmp_path, {"Betyg": rows}))
    assert found == [
        Grade(
            row=2, number=NUMBERS[0], person_id="", name="Åsa Öberg", course="MATMAT03b", date=DAY,
            value="C", trial=True, group=GROUP,
        ),
        Grade(
            row=3, number=NUMBERS[0], person_id="", name="Åsa Öberg", course="GRNMAT2", date=DAY,
            value="IG", trial=False,
        ),
    ]  # fmt: skip


def test_a_table_without_a_mark_for_prövning_says_nothing_of_it(tmp_path: Path) -> None:
    text = f"Pnr;Kurs;Betyg;Datum\n{SHOWN};X;A;2026-05-12\n{SHOWN};X;A;\n"
    first, second = grades(text_file(tmp_path, text))
    assert isinstance(first, Grade)
    assert first.trial is None
    assert isinstance(second, Fault)
    assert second.problem.code == "reconcile-no-grade-date"


def test_a_betyg_xml_is_read_without_omdömen_and_subjects(tmp_path: Path) -> None:
    text = grade_file(
        student(course(), course(omdöme="<omdöme>true</omdöme>"), subject()),
        student(course(beslutsfattare='<beslutsfattare roll="REKTOR"/>'), number=2),
    )
    assert grades(text_file(tmp_path, text, name="betyg.xml")) == [
        Grade(
            row=row, number="", person_id=f"{{e-{row}}}", name="", course="MATMAT03b",
            date=date(2026, 3, 12), value="B", trial=True, group="{g-1}", teacher=teacher,
        )
        for row, teacher in ((1, "{t-1}"), (2, ""))
    ]  # fmt: skip


def test_a_fault_in_the_xml_is_told_at_its_student(tmp_path: Path) -> None:
    text = grade_file(student(course()), student(course(value="<value>Q</value>"), number=2))
    first, second = grades(text_file(tmp_path, text, name="betyg.xml"))
    assert isinstance(first, Grade)
    assert isinstance(second, Fault)
    assert (second.side, second.row) == (Side.GRADES, 2)


def test_xml_is_no_file_of_placements(tmp_path: Path) -> None:
    path = text_file(tmp_path, grade_file(student(course())), name="betyg.xml")
    with pytest.raises(ProblemsFoundError) as caught:
        look_at(path, Side.PLACEMENTS)
    assert [problem.code for problem in caught.value.problems] == ["table-markup"]


def test_a_file_of_persons_gives_the_number_of_each_identifier(tmp_path: Path) -> None:
    path = text_file(tmp_path, f"sourcedid;Personnummer\n{{AB-1}};{SHOWN}\n;{NUMBERS[1]}\n")
    assert persons_in(look_at(path, Side.PERSONS), today=TODAY) == {"ab-1": NUMBERS[0]}


def test_a_wrong_number_among_the_persons_is_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, "Elev-id;Personnummer\nab-1;12\n")
    with pytest.raises(ProblemsFoundError) as caught:
        persons_in(look_at(path, Side.PERSONS), today=TODAY)
    assert [problem.code for problem in caught.value.problems] == ["identity-length"]


def test_the_register_that_comes_along_knows_the_scales() -> None:
    assert packaged_scales()["matmat03b"].value == "gy"


@given(st.binary(max_size=400), st.sampled_from([Side.PLACEMENTS, Side.GRADES]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_rows_or_problems(tmp_path: Path, content: bytes, side: Side) -> None:
    assert_read(tmp_path, content, side)


CELLS = st.one_of(
    st.sampled_from(
        [SHOWN, "2026-05-12", GROUP, "MATMAT03b", "A", "Ja", '"', ";", "\n", "2,0E+11"]
    ),
    st.text(max_size=12),
)


@given(
    st.lists(st.lists(CELLS, max_size=6).map(";".join), max_size=6).map("\n".join),
    st.sampled_from([Side.PLACEMENTS, Side.GRADES]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_table_is_rows_or_problems(tmp_path: Path, text: str, side: Side) -> None:
    header = "Pnr;Kurskod;Datum;Betyg;Grupp;Prövning\n"
    assert_read(tmp_path, (header + text).encode("utf-8", "replace"), side)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a workbook of placements."""
    rows: list[list[object]] = [["Pnr", "Kurskod", "Datum"], [SHOWN, "X", DAY]]
    return workbook_file(tmp_path_factory.mktemp("workbook"), {"Blad1": rows}).read_bytes()


SPOTS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6)


@given(SPOTS, st.floats(0.01, 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_damage_to_a_workbook_is_a_problem_at_worst(
    tmp_path: Path, workbook: bytes, spots: list[tuple[float, int]], kept: float
) -> None:
    content = bytearray(workbook)
    for place, value in spots:
        content[int(place * len(content))] = value
    length = len(content) if kept > CUT else int(kept * len(content))
    assert_read(tmp_path, bytes(content[:length]), Side.PLACEMENTS)


def assert_read(folder: Path, content: bytes, side: Side) -> None:
    """Read and compare a file; only problems may be raised."""
    path = folder / "any"
    path.write_bytes(content)
    with suppress(ProblemsFoundError):
        source = look_at(path, side)
        if side is Side.PLACEMENTS:
            reconcile(placements_in(source, today=TODAY), [], today=TODAY, courses={})
        else:
            reconcile([], grades_in(source, today=TODAY), today=TODAY, courses={})
