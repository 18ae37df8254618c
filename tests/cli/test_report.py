"""`provning report`: the page of the interface, executed; and what the command refuses."""

import re
import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from provning.audit.queries import history_of
from provning.cli.main import main
from provning.people.models import PersonNumber
from provning.reporting.models import AuthorityExtract
from tests.extracts.world import grade
from tests.grading import world
from tests.reporting.world import examinee, reporting_office
from tools.python_source import ROOT

pytestmark = pytest.mark.django_db
PAGE = ROOT / "docs" / "interfaces" / "authority-extracts.md"
ADA, BO = "196909092394", "198811092397"


@pytest.fixture(autouse=True)
def _fixed_day(settings: Settings) -> None:
    """Make the day that of the page."""
    settings.TODAY = "2026-11-26"


def blocks(kind: str) -> list[str]:
    """Return the page's blocks of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_the_pages_example_is_what_the_command_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = reporting_office()
    decided = grade(at, world.person(number=ADA), "C")
    world.place(decided.placement.group, world.person("Bo", "Ek", number=BO), outcome="absent")
    monkeypatch.chdir(tmp_path)
    [command] = re.findall(r"^\$ ./prov (.*)$", blocks("console")[0], re.MULTILINE)
    content, said = blocks("text")

    assert main(command.split()) == 0

    out = tmp_path / "scb-utkast.csv"
    assert out.read_bytes().decode() == content.replace("\n", "\r\n")
    assert capsys.readouterr().err == said
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    [made] = AuthorityExtract.objects.all()
    names = {row.name for row in history_of("authority_extract", made.pk)}
    assert names == {"authority_extract_made", "authority_extract_read"}


def test_what_stops_the_file_is_said_without_names_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, nameless = reporting_office(), examinee("Bo", "Utan")
    grade(at, nameless)
    PersonNumber.objects.filter(person=nameless).update(valid_to="2026-11-26")
    out = tmp_path / "scb.csv"

    assert main(["report", "scb", "--term", "HT26", "--out", str(out)]) == 1

    said = capsys.readouterr().err
    assert "2026-10-05: Personen saknar personnummer. Skriv in numret." in said
    assert "En fil lämnas hel eller inte alls." in said
    assert "Utan" not in said
    assert not out.exists()


def test_words_that_cannot_be_understood_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporting_office()
    out = str(tmp_path / "scb.csv")
    assert main(["report", "scb", "--term", "sommaren", "--out", out]) == 2
    assert "”sommaren” är ingen termin." in capsys.readouterr().err

    reporting_office()
    assert main(["report", "scb", "--term", "HT26", "--out", out]) == 2
    assert capsys.readouterr().err == "Skriv vilken huvudman med --organiser NAMN.\n"
