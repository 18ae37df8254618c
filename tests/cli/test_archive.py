"""`provning archive`: packages in a folder, a change found there, disposal shown and done."""

import io
import tarfile
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from provning.applications.models import RegistrationRequest
from provning.archive.models import ArchivePackage, Disposal
from provning.cli.archive import write_package
from provning.cli.main import main
from tests.archive.test_disposal import request
from tests.archive.world import shelf
from tests.grading import world

PACKAGE = "SIP-BK-12345678-HT26-1"


def build(out: Path, unit: str = "12345678", term: str = "HT26") -> int:
    return main(["archive", "build", "--unit", unit, "--term", term, "--out", str(out)])


@pytest.mark.django_db
def test_packages_are_built_written_and_found_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf([world.person("Ada", "Åkesson"), world.person("Siv", "Hemlig", protected=True)]).print()

    assert build(tmp_path) == 0
    assert build(tmp_path, unit="Komvux Centrum") == 0
    capsys.readouterr()
    assert main(["archive", "verify", str(tmp_path)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"{PACKAGE} är hel: 11 filer",
        f"{PACKAGE}-S är hel: 11 filer",
    ]
    assert ArchivePackage.objects.count() == 2


@pytest.mark.django_db
def test_a_changed_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf().print()
    build(tmp_path)
    changed = tmp_path / PACKAGE / "documentation" / "LASMIG.txt"
    changed.write_text(changed.read_text("utf-8").replace("Komvux", "Konvux"), "utf-8")

    assert main(["archive", "verify", str(tmp_path / PACKAGE)]) == 1

    assert capsys.readouterr().err == (
        f"{PACKAGE}: documentation/LASMIG.txt är ändrad: kontrollsumman stämmer inte\n"
    )


@pytest.mark.django_db
def test_a_table_of_contents_written_anew_is_found_by_the_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf().print()
    build(tmp_path)
    mets = tmp_path / PACKAGE / "METS.xml"
    mets.write_text(mets.read_text("utf-8").replace("Betygskatalog, prövning", "Annat"), "utf-8")

    assert main(["archive", "verify", str(tmp_path)]) == 1

    assert "annan kontrollsumma än den som antecknades" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_cannot_be_built_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf()

    assert build(tmp_path) == 1
    assert build(tmp_path, unit="Ingen skola") == 1
    assert build(tmp_path, term="sommar") == 1

    said = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in said] == ["Komvux", "Enheten", "”sommar”"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_package_is_no_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", "verify", str(tmp_path)]) == 1
    assert main(["archive", "verify", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path.name}: METS.xml saknas\nMappen {tmp_path / 'nowhere'} finns inte.\n"
    )


@pytest.mark.django_db
def test_disposal_is_shown_before_it_is_done(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TODAY = "2029-06-01"
    stage = shelf()
    old = request(stage, date(2027, 5, 31))
    name = stage.graded.town.organiser.name

    assert main(["archive", "dispose", "--dry-run"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert RegistrationRequest.objects.count() == 1
    assert main(["archive", "dispose"]) == 0

    head = f"{name}: Avslutade begäranden till Vuxenutbildningscentrum, 1 före 2027-06-01"
    line = f"    2027-05-31 Begäran till {stage.graded.group.name}, registrerad och placerad"
    nothing = "Hela installationen: ingenting har nått sin gallringsdag"
    assert shown == [head, f"{line} ({old.pk})", nothing]
    assert capsys.readouterr().out.splitlines() == [head, f"{name}: 1 rader gallrade", nothing]
    assert (RegistrationRequest.objects.count(), Disposal.objects.count()) == (0, 1)


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../beside.xml"))
    with pytest.raises(ValueError, match=r"\.\./beside\.xml"):
        write_package("package", buffer.getvalue(), tmp_path / "out")
    assert [path.name for path in tmp_path.rglob("*")] == ["out"]
