"""The rehearsal leaves what it says, and the trail it leaves can be verified and not forged."""

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.running import Here, Rehearsed, provning
from tests.support.eark import WHOLE, validated
from tests.support.pdfsig import verdicts
from tests.support.shared import spec_file
from tests.support.verapdf import verapdf
from tools.python_source import ROOT

STEPS = 52
SIGNED = "betygskatalog-BK-99990009-VT23-2-undertecknad.pdf"


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_every_step_is_checked(
    rehearsed: Rehearsed,
) -> None:
    directory, run = rehearsed
    assert run.returncode == 0, run.stdout + run.stderr
    lines = (directory / "log.txt").read_text(encoding="utf-8").splitlines()
    assert [line[:6] for line in lines] == [f"{number:02d} OK " for number in range(1, STEPS + 1)]


def test_the_groups_are_the_manuals(
    rehearsed: Rehearsed,
) -> None:
    groups = table(rehearsed[0] / "groups.csv")
    assert [row["name"] for row in groups] == [
        "PRÖ:KC23VTMAT03B",
        "PRÖ:KC22VTMAT03B",
        "PRÖ:KC22VTMAT03B2",
        "PRÖ:KC26HTMATO1B00X",
    ]


def test_there_is_one_date(rehearsed: Rehearsed) -> None:
    placements = table(rehearsed[0] / "placements.csv")
    grades = table(rehearsed[0] / "grades.csv")
    exams = {(row["group"], row["identity_number"]): row["exam_date"] for row in placements}
    assert all(row["start_date"] == row["end_date"] == row["exam_date"] for row in placements)
    assert {(row["group"], row["identity_number"]): row["grade_date"] for row in grades} == exams


def test_the_protected_person_is_in_no_table(
    rehearsed: Rehearsed,
) -> None:
    written = "".join(
        (rehearsed[0] / name).read_text(encoding="utf-8")
        for name in ("groups.csv", "placements.csv", "grades.csv", "scb-utkast.csv", "log.txt")
    )
    assert "199001092387" not in written
    assert "19900109-2387" not in written
    assert "Skyddad, Person" not in written


def test_the_twelve_planted_mismatches_are_found_once_each(rehearsed: Rehearsed) -> None:
    answer = json.loads((rehearsed[0] / "reconcile.json").read_text(encoding="utf-8"))
    assert [each["kind"] for each in answer["mismatches"]] == [
        "date", "grade-alone", "placement-alone", "days", "outside-group", "outside-term",
        "prefix-missing", "prefix-near", "not-trial", "scale", "grade-twice", "teacher",
    ]  # fmt: skip
    assert (answer["agree"], answer["unreadable"]) == (False, [])


def test_the_catalogues_are_there(
    rehearsed: Rehearsed,
) -> None:
    found = sorted(path.name for path in rehearsed[0].glob("betygskatalog-*.pdf"))
    assert found == [
        "betygskatalog-BK-99990009-HT26-1.pdf",
        "betygskatalog-BK-99990009-HT26-P1.pdf",
        "betygskatalog-BK-99990009-VT22-1.pdf",
        "betygskatalog-BK-99990009-VT23-1-S.pdf",
        "betygskatalog-BK-99990009-VT23-1.pdf",
        SIGNED,
        "betygskatalog-BK-99990009-VT23-2.pdf",
    ]


def test_another_program_says_that_the_signatures_are_valid(rehearsed: Rehearsed) -> None:
    assert verdicts(rehearsed[0] / SIGNED) == ["Signature is Valid.", "Signature is Valid."]


def test_every_paper_is_archivable_and_accessible_the_signed_one_too(rehearsed: Rehearsed) -> None:
    extracts = sorted(rehearsed[0].glob("utdrag-*.pdf"))
    found = verapdf([rehearsed[0] / SIGNED, *extracts])
    assert len(extracts) == 4
    assert [verdict.failures for verdict in found.values()] == [[]] * 10
    assert all(verdict.compliant for verdict in found.values())


def test_the_archive_accepts_the_packages(rehearsed: Rehearsed) -> None:
    packages = sorted(path for path in (rehearsed[0] / "sip").iterdir() if path.is_dir())
    assert [path.name for path in packages] == [
        "SIP-BK-99990009-VT23-1",
        "SIP-BK-99990009-VT23-1-S",
    ]
    assert [validated(path) for path in packages] == [WHOLE, WHOLE]


@pytest.mark.parametrize("name", ["groups.csv", "placements.csv", "grades.csv"])
def test_every_rehearsal_leaves_the_tables_of_the_one_before_it(
    rehearsed: Rehearsed, name: str
) -> None:
    before = ROOT / "tests" / "data" / "rehearsal" / name
    assert (rehearsed[0] / name).read_bytes() == before.read_bytes()


def test_the_trail_is_verified(rehearsed: Rehearsed, here: Here) -> None:
    database = rehearsed[0] / "rehearsal.sqlite3"
    run = here("audit", "verify", "--database", str(database), database=database)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("Kedjan är hel: ")


def test_a_forged_event_is_named(rehearsed: Rehearsed, tmp_path: Path, here: Here) -> None:
    forged = tmp_path / "forged.sqlite3"
    shutil.copy(rehearsed[0] / "rehearsal.sqlite3", forged)
    with sqlite3.connect(forged) as connection:
        connection.execute("DROP TRIGGER audit_auditevent_no_update")
        connection.execute(
            "UPDATE audit_auditevent SET actor_name = 'Någon annan' WHERE number = 7"
        )
    run = here("audit", "verify", "--database", str(forged), database=forged)
    assert run.returncode == 1
    assert "händelse 7 är ändrad" in run.stdout


def test_a_place_that_is_a_file_is_said(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.touch()
    run = provning("rehearse", "--out", str(place), directory=tmp_path)
    said = f"Katalogen {place} kan inte användas: File exists.\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", said)


def test_the_extracts_are_there_and_the_person_is_compiled(rehearsed: Rehearsed) -> None:
    directory = rehearsed[0]
    papers = [path.name.endswith("-K1.pdf") for path in directory.glob("utdrag-*.pdf")]
    assert papers.count(True) == 1
    person = json.loads((directory / "person.json").read_text(encoding="utf-8"))
    assert {each["course_code"] for each in person["decisions"]} == {
        "MATMAT03b",
        "MATO1B00X",
        "MATO2000X",
    }


def test_the_draft_for_scb_has_each_prövning_of_the_autumn_once(rehearsed: Rehearsed) -> None:
    rows = table(rehearsed[0] / "scb-utkast.csv", ";")
    placed = [
        row for row in table(rehearsed[0] / "placements.csv") if row["exam_date"] >= "2026-06-29"
    ]
    assert list(rows[0])[:4] == ["System", "Datum", "Version", "PersonNr"]
    assert {row["Version"] for row in rows} == {"0.1.0 utkast"}
    assert [row["Kursstart"] for row in rows] == [row["Kursslut"] for row in rows]
    assert {row["PersonNr"] for row in rows} >= {
        row["identity_number"].replace("-", "") for row in placed
    }


@pytest.mark.parametrize(
    ("name", "schema"),
    [("betyg.xml", "betyg.xsd"), ("betygsdokument.xml", "betygsdokument.xsd")],
)
def test_the_files_to_other_systems_follow_the_publishers_schemas(
    rehearsed: Rehearsed, name: str, schema: str
) -> None:
    checker = etree.XMLSchema(etree.parse(spec_file("pingpong", schema)))
    checker.validate(etree.parse(rehearsed[0] / name))
    assert [str(error) for error in checker.error_log] == []


def test_the_snapshot_is_there_without_the_protected_person(rehearsed: Rehearsed) -> None:
    written = (rehearsed[0] / "ims.xml").read_text("utf-8")
    assert "PRÖ:KC23VTMAT03B" in written
    assert "199001092387" not in written
