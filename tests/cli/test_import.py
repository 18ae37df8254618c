"""Files brought in by command: the same steps, rights and answers as on screen."""

import re
from pathlib import Path

import pytest

from provning.cli.main import main
from provning.imports.models import StagedImport
from provning.kernel.actors import Scope, ScopeKind
from provning.people.models import Person
from tests.builders import Town, account, build_town
from tests.imports.world import PERSON_HEADERS, csv_file
from tools.python_source import ROOT

PAGE = ROOT / "docs" / "interfaces" / "spreadsheets.md"
BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    """Return a town where Ada is at the adult education centre."""
    found = build_town()
    account("ada", "adult_education_centre", Scope(ScopeKind.ORGANISER, found.organiser))
    return found


def file_of(folder: Path, *rows: tuple[str, ...]) -> str:
    path = folder / "elever.csv"
    path.write_bytes(csv_file(PERSON_HEADERS, rows))
    return str(path)


@pytest.mark.usefixtures("town")
def test_the_example_of_the_documentation_gives_what_stands_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = {language: (name, text) for language, name, text in BLOCK.findall(PAGE.read_text())}
    name, content = blocks["text"]
    (tmp_path / name).write_text(content, "utf-8")
    command, _, expected = blocks["console"][1].partition("\n")
    typed = command.removeprefix("$ ./prov ").split()
    typed = [str(tmp_path / word) if word == name else word for word in typed]
    assert main(typed) == 1
    assert capsys.readouterr().out == expected
    assert Person.objects.count() == 0


def test_commit_takes_the_rows_in(town: Town, tmp_path: Path) -> None:
    file = file_of(tmp_path, (next(town.numbers), "Alva", "Bergqvist"))
    assert main(["import", "personer", file, "--as", "ada"]) == 0
    assert StagedImport.objects.get().status == "dropped"
    assert main(["import", "persons", file, "--as", "ada", "--commit"]) == 0
    assert [each.given_name for each in Person.objects.all()] == ["Alva"]


def test_rows_with_problems_stop_the_rest_unless_they_are_left_out(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(tmp_path, ("1", "A", "B"), (next(town.numbers), "C", "D"))
    words = ["import", "personer", file, "--as", "ada", "--commit"]
    assert main(words) == 1
    assert "1 rader kan inte läsas in." in capsys.readouterr().err
    assert main([*words, "--leave-out"]) == 0
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "user", "status", "said"),
    [
        ("skostorlekar", "ada", 2, "slaget skostorlekar finns inte"),
        ("personer", "ingen", 2, "kontot ingen finns inte"),
        ("placeringar", "bosse", 1, "har inte behörighet"),
    ],
)
def test_what_cannot_be_is_said(
    kind: str,
    user: str,
    status: int,
    said: str,
    town: Town,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    account("bosse")
    file = file_of(tmp_path, (next(town.numbers), "A", "B"))
    assert main(["import", kind, file, "--as", user]) == status
    assert said in capsys.readouterr().err


def test_where_there_are_several_places_one_is_named(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(tmp_path, (next(town.numbers), "A", "B"))
    assert main(["import", "placeringar", file, "--as", "ada"]) == 2
    assert "--for: Kunskapskompaniet AB, Vuxenutbildning Sjöstad" in capsys.readouterr().err
