"""Everything about a person in a file: asked for by number or id, readable by its owner alone."""

import json
import stat
from pathlib import Path

import pytest

from provning.access.models import AccessEntry
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.cli.main import main
from provning.people.models import PersonNumber
from tests.extracts.world import correct, grade, issue, level, office
from tests.grading import world
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
NOBODY = "Ingen person har det numret eller det id:t."


def test_the_json_holds_every_decision_with_its_history(tmp_path: Path) -> None:
    at, ada = office(), world.person("Ada", "Åkesson")
    old = grade(at, ada, "C")
    extract = issue(at, ada, [old])
    new = correct(at, old, "B")
    theirs = grade(at, ada, "A", of=level("2"), unit=at.town.other_unit)
    out = tmp_path / "ada.json"
    number = PersonNumber.objects.get(person=ada).number

    assert main(["person", "--id", f"{number[:8]}-{number[8:]}", "--out", str(out)]) == 0

    data = json.loads(out.read_text("utf-8"))
    found = {each["id"]: (each["value"], each["stands"]) for each in data["decisions"]}
    assert found == {
        str(old.pk): ("C", False),
        str(new.pk): ("B", True),
        str(theirs.pk): ("A", True),
    }
    assert (data["person"]["family_name"], data["numbers"][0]["display"][:8]) == (
        "Åkesson",
        number[:8],
    )
    assert [each["document_id"] for each in data["extracts"]] == [extract.document_id]
    assert [each["state"] for each in data["extracts"]] == ["outdated"]
    assert len(data["placements"]) == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    [event] = [row for row in history_of("person", ada.pk) if row.name == "person_compiled"]
    assert (event.actor_name, event.after) == ("Driftansvarig", {"format": "json", "decisions": 3})


def test_the_pdf_says_the_same_to_people(tmp_path: Path) -> None:
    at, siv = office(), world.person("Siv", "Hemlig", protected=True)
    correct(at, grade(at, siv, "C"), "B")
    out = tmp_path / "siv.pdf"

    assert main(["person", "--id", str(siv.pk), "--out", str(out)]) == 0

    text = text_of(out.read_bytes())
    for said in (
        "Allt om eleven",
        "Siv Hemlig",
        "Matematik 3b MATMAT03b C 2026-10-05 Rättelse till B",
        "Gäller. Rättelse: Tidigare betyg C från 2026-10-05. skrivfel",
        "Nummer över tid",
        "Inget att visa.",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("wanted", "name", "status", "said"),
    [
        ("189001019802", "x.json", 1, NOBODY),
        (
            "11111111-1111-4111-8111-111111111111",
            "x.pdf",
            1,
            NOBODY,
        ),
        ("189001019803", "x.json", 2, "Kontrollsiffran"),
        ("189001019802", "x.txt", 2, "Filens namn ska sluta på .json eller .pdf."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    wanted: str,
    name: str,
    status: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / name
    assert main(["person", "--id", wanted, "--out", str(out)]) == status
    assert said in capsys.readouterr().err
    assert not out.exists()
    assert AuditEvent.objects.count() == 0


def test_a_search_by_number_stands_in_the_access_log(tmp_path: Path) -> None:
    ada, out = world.person("Ada", "Åkesson"), str(tmp_path / "ada.json")
    number = PersonNumber.objects.get(person=ada).number
    for each in (number, "189001019802"):
        main(["person", "--id", each, "--out", out])
    found = AccessEntry.objects.filter(kind="search").order_by("pk")
    fields = ("person_id", "outside", "actor_name", "place")
    assert list(found.values_list(*fields)) == [
        (ada.pk, False, "Driftansvarig", "provning person"),
        (None, True, "Driftansvarig", "provning person"),
    ]
