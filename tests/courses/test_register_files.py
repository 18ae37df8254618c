"""Reading the register's files: every fault is said with its file, row, column and remedy."""

from pathlib import Path

import pytest

from provning.courses.register_files import COURSE_FILES, PAIR_FILE, read_register
from tests.courses.registers import CARE, LEVEL, MATHS, PAIR, write_register

GY11, GY25 = COURSE_FILES[:2]


def faults(folder: Path) -> list[tuple[str, object, object, object]]:
    """Return code, file, row and column of each fault."""
    return [
        (each.code, each.params.get("file"), each.params.get("row"), each.params.get("column"))
        for each in read_register(folder).problems
    ]


def test_a_folder_gives_its_courses_and_pairs(tmp_path: Path) -> None:
    register = read_register(write_register(tmp_path, [MATHS, CARE, LEVEL], [PAIR]))
    assert list(register.by_key) == ["matmat03b", "vårvår01", "mato1b00x"]
    assert register.pairs == [("matmat03b", "mato1b00x")]
    assert register.problems == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("code", "", "register-value-missing"),
        ("name", "  ", "register-value-missing"),
        ("kind", "", "register-value-missing"),
        ("code", "MAT 03", "register-code-form"),
        ("code", "MATMATMATMATMATMAT", "register-value-long"),
        ("name", "x" * 201, "register-value-long"),
        ("name", "数" * 200, "register-value-long"),
        ("points", "hundra", "register-value-points"),
        ("points", "0", "register-value-points"),
        ("points", "100,5", "register-value-points"),
        ("kind", "kurs", "register-value-unknown"),
        ("curriculum", "Gy11", "register-value-unknown"),
        ("scale_family", "A-F", "register-value-unknown"),
        ("is_historic", "nej", "register-value-unknown"),
        ("valid_from", "2025-02-30", "register-value-date"),
        ("valid_to", "20300630", "register-value-date"),
        ("valid_to", "30/6 2030", "register-value-date"),
    ],
)
def test_a_wrong_value_is_named_where_it_stands(
    tmp_path: Path, column: str, value: str, code: str
) -> None:
    folder = write_register(tmp_path, [CARE, {**MATHS, column: value}])
    assert faults(folder) == [(code, GY11, 3, column)]


def test_a_fault_is_a_sentence_with_a_remedy(tmp_path: Path) -> None:
    register = read_register(write_register(tmp_path, [{**MATHS, "points": "hundra"}]))
    assert [problem.text for problem in register.problems] == [
        "courses_gy11.csv, rad 2, kolumn points: ”hundra” är inga poäng. Skriv ett heltal från 1"
        " till 9999, eller lämna tomt om poängen inte är bestämda."
    ]


def test_dates_out_of_order_are_refused(tmp_path: Path) -> None:
    wrong = {**MATHS, "valid_from": "2030-07-01"}
    assert faults(write_register(tmp_path, [wrong])) == [
        ("register-dates-order", GY11, 2, "valid_to")
    ]


def test_a_code_stands_once_whatever_its_case(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS, {**MATHS, "code": "MATMAT03B"}])
    assert faults(folder) == [("register-code-repeated", GY11, 3, "code")]


def test_points_may_be_left_open(tmp_path: Path) -> None:
    register = read_register(write_register(tmp_path, [{**MATHS, "points": ""}]))
    assert [course.points for course in register.by_key.values()] == [None]


def test_a_pair_needs_both_courses_on_their_own_sides(tmp_path: Path) -> None:
    pairs = [("MATO1B00X", "MATMAT03b"), ("MATMAT03b", "MATO9999X"), PAIR, PAIR]
    assert faults(write_register(tmp_path, [MATHS, LEVEL], pairs)) == [
        ("register-pair-unknown", PAIR_FILE, 2, "gy11_code"),
        ("register-pair-unknown", PAIR_FILE, 2, "gy25_code"),
        ("register-pair-unknown", PAIR_FILE, 3, "gy25_code"),
        ("register-code-repeated", PAIR_FILE, 5, "gy11_code"),
    ]


def test_every_file_has_to_be_there(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS])
    (folder / GY25).unlink()
    assert faults(folder) == [("register-file-missing", GY25, None, None)]


def test_another_encoding_is_named(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS])
    (folder / GY25).write_bytes("kod;ämne\n".encode("latin-1"))
    assert faults(folder) == [("register-file-encoding", GY25, None, None)]


def test_columns_split_by_semicolons_are_named(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS])
    text = (folder / GY11).read_text(encoding="utf-8")
    (folder / GY11).write_text(text.replace(",", ";"), encoding="utf-8")
    assert faults(folder) == [("register-file-columns", GY11, None, None)]


def test_a_row_with_a_comma_too_many_is_named(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS, CARE])
    text = (folder / GY11).read_text(encoding="utf-8")
    (folder / GY11).write_text(text.replace("Vård- och", "Vård-, och"), encoding="utf-8")
    assert faults(folder) == [("register-row-width", GY11, 3, None)]


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS])
    with (folder / GY11).open("a", encoding="utf-8") as file:
        file.write('"MATMAT04,Matematik 4\n')
    assert faults(folder) == [("register-file-broken", GY11, 3, None)]


def test_a_byte_order_mark_empty_lines_and_decomposed_letters_are_read(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [CARE])
    text = (folder / GY11).read_text(encoding="utf-8").replace("Å", "A\u030a")
    (folder / GY11).write_text(f"\ufeff{text}\n\n", encoding="utf-8")
    register = read_register(folder)
    assert [course.code for course in register.by_key.values()] == ["VÅRVÅR01"]
    assert register.problems == []


def test_a_folder_without_courses_would_retire_the_register_and_is_refused(tmp_path: Path) -> None:
    assert faults(write_register(tmp_path, [])) == [("register-empty", None, None, None)]
