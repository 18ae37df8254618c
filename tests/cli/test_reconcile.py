"""The reconciliation on the command line, with no database anywhere."""

import json
import re
import stat
from pathlib import Path

import pytest

from provning.cli.main import main
from tests.cli.running import provning
from tests.tables.files import cells_of, text_file
from tools.python_source import ROOT

PAGE = ROOT / "docs" / "interfaces" / "reconciliation.md"
BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)
PLACEMENTS = "Pnr;Kurskod;Datum\n19941113-2393;MATMAT03b;2026-05-12\n"
GRADES = "Pnr;Kurs;Betyg;Datum\n19941113-2393;MATMAT03b;C;{day}\n"


def words(folder: Path, day: str = "2026-05-12", placements: str = PLACEMENTS) -> list[str]:
    """Write two files and return the words that compare them."""
    one = text_file(folder, placements, name="placements.csv")
    other = text_file(folder, GRADES.format(day=day), name="grades.csv")
    return ["reconcile", "--placements", str(one), "--grades", str(other)]


def test_the_example_of_the_documentation_gives_what_stands_there(tmp_path: Path) -> None:
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    for language, name, content in blocks:
        if language == "text":
            text_file(tmp_path, content, name=name)
    [session] = [content for language, _, content in blocks if language == "console"]
    command, _, expected = session.partition("\n")
    typed = command.removeprefix("$ ./prov ").split()
    typed = [str(tmp_path / word) if word.endswith(".csv") else word for word in typed]
    run = provning(*typed, directory=tmp_path / "data")
    assert (run.stdout, run.stderr, run.returncode) == (expected, "", 1)
    assert not (tmp_path / "data").exists()


def test_the_mapping_of_the_documentation_is_one(tmp_path: Path) -> None:
    [mapping] = [
        content for language, _, content in BLOCK.findall(PAGE.read_text("utf-8"))
        if language == "json"
    ]  # fmt: skip
    path = text_file(tmp_path, mapping, name="columns.json")
    assert main([*words(tmp_path), "--columns", str(path)]) == 0


def test_files_that_agree_end_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path)) == 0
    assert capsys.readouterr().out.startswith("Resultat: Filerna stämmer\n")


@pytest.mark.parametrize("name", ["answer.csv", "answer.xlsx", "answer.json", "answer.txt"])
def test_the_answer_goes_to_a_file_for_its_owner_alone(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    assert main([*words(tmp_path, "2026-05-13"), "--out", str(out)]) == 1
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    if out.suffix in {".csv", ".xlsx"}:
        assert cells_of(out)[1][1] == "19941113-2393"
    elif out.suffix == ".json":
        assert json.loads(out.read_text("utf-8"))["counts"] == {"date": 1}
    else:
        assert "Betygsdatum är inte prövningsdatum (1)" in out.read_text("utf-8")


def test_unknown_columns_end_with_2_and_say_how_to_map_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = words(tmp_path, placements=PLACEMENTS.replace("Pnr", "Elevens nr"))
    assert main(typed) == 2
    said = capsys.readouterr().err
    assert "okända rubriker: Elevens nr." in said
    assert "person_number (Personnummer)" in said
    columns = text_file(
        tmp_path, '{"placements": {"Elevens nr": "person_number"}}', name="columns.json"
    )
    assert main([*typed, "--columns", str(columns)]) == 0


@pytest.mark.parametrize(
    "mapping", ["{", "[]", '{"x": {}}', '{"grades": {"a": "x"}}', '{"grades": 1}']
)
def test_a_mapping_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mapping: str
) -> None:
    columns = text_file(tmp_path, mapping, name="columns.json")
    assert main([*words(tmp_path), "--columns", str(columns)]) == 2
    assert capsys.readouterr().err.startswith(str(columns))


def test_a_file_that_cannot_be_read_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = words(tmp_path, placements="<html></html>")
    assert main(typed) == 2
    assert capsys.readouterr().err.startswith("Filen är en webbsida eller XML")


def test_a_row_that_cannot_be_read_keeps_the_files_from_agreeing(tmp_path: Path) -> None:
    typed = words(tmp_path, placements=PLACEMENTS + "2,0E+11;MATMAT03b;2026-05-12\n")
    assert main(typed) == 1


def test_a_file_in_which_no_row_can_be_read_ends_with_2_and_tells_each_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = words(tmp_path, placements="Pnr;Kurskod;Datum\n2,0E+11;X;46154\n")
    assert main(typed) == 2
    said = capsys.readouterr().out
    assert "  Placeringar, rad 2: Excel har gjort om numret till ”2,0E+11”." in said
    assert "  Placeringar, rad 2: 46154 är Excels löpnummer för ett datum." in said
    assert "Avvikelser: 0\n" in said


def test_the_period_is_chosen_by_its_days(tmp_path: Path) -> None:
    typed = words(tmp_path, placements=PLACEMENTS.replace("19941113-2393", "19990722-2393"))
    late = ["--days", "3650"]
    assert main([*typed, *late]) == 1
    assert main([*typed, *late, "--from", "2026-05-13"]) == 0
    assert main([*typed, *late, "--to", "2026-05-11"]) == 0
    assert main([*typed, "--to", "i maj"]) == 2


def test_a_workbook_is_not_shown_on_the_terminal(tmp_path: Path) -> None:
    assert main([*words(tmp_path), "--format", "xlsx"]) == 2
