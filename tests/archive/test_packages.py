"""E-archive packages: what is in them, that they are whole, protected persons apart."""

import io
import tarfile
from pathlib import Path

import pytest
from lxml import etree

from provning.archive.actions import build_packages
from provning.archive.models import ArchivePackage
from provning.archive.package.parts import digest
from provning.archive.package.verifying import package_faults
from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.catalogues.models import (
    GradeCatalogue,
    StoredDocument,
)
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.models import Person
from tests.archive.world import Shelf, corrected, shelf
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26
from tests.support.eark import WHOLE, validated

pytestmark = pytest.mark.django_db
RECORDS = "representations/rep1/data/betygskatalog.xml"
SPACE = {"b": "urn:provning:betygskatalog:1"}


def build(stage: Shelf) -> list[ArchivePackage]:
    return build_packages(actor=stage.receiver, unit_id=stage.unit_id, term=HT26)


def unpacked(package: ArchivePackage, out: Path) -> Path:
    with tarfile.open(fileobj=io.BytesIO(bytes(package.stored.content))) as archive:
        # The filter came with Python 3.11.4, and Debian 12 has 3.11.2.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(out)  # noqa: S202 # our own package, a moment old
    return out / package.package_id


def test_the_validator_accepts_a_package_of_one_version(tmp_path: Path, printed: Shelf) -> None:
    (package,) = build(printed)

    folder = unpacked(package, tmp_path)

    assert validated(folder) == WHOLE
    assert package_faults(folder) == []
    assert sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    ) == [
        "METS.xml",
        "documentation/LASMIG.txt",
        "metadata/descriptive/beskrivning.xml",
        "metadata/preservation/premis.xml",
        "representations/rep1/METS.xml",
        "representations/rep1/data/betygskatalog-BK-12345678-HT26-1.json",
        "representations/rep1/data/betygskatalog-BK-12345678-HT26-1.pdf",
        "representations/rep1/data/betygskatalog.xml",
        "representations/rep1/metadata/preservation/premis.xml",
        "representations/rep1/schemas/betygskatalog.xsd",
        "schemas/beskrivning.xsd",
    ]
    assert package.files == 11


def test_case_83_a_correction_is_a_new_version_and_the_old_one_is_kept(tmp_path: Path) -> None:
    stage = shelf([world.person("Ada", "Åkesson")])
    stage.print()
    old = GradeDecision.objects.get()
    new = corrected(old, "D")
    stage.print()

    (package,) = build(stage)
    folder = unpacked(package, tmp_path)

    assert validated(folder) == WHOLE
    assert package_faults(folder) == []
    records = etree.parse(folder / RECORDS)
    assert records.xpath("//b:dokument/@id", namespaces=SPACE) == [
        "BK-12345678-HT26-1",
        "BK-12345678-HT26-2",
    ]
    rows = {row.get("id"): row for row in records.xpath("/*/b:beslut", namespaces=SPACE)}
    assert [(rows[str(each.pk)].get("galler"), each.value) for each in (old, new)] == [
        ("nej", "B"),
        ("ja", "D"),
    ]
    later = rows[str(old.pk)].find("b:senare_betyg", SPACE)
    assert (later.text, later.get("typ"), later.get("beslut")) == ("D", "Rättelse", str(new.pk))
    earlier = rows[str(new.pk)].find("b:tidigare_betyg", SPACE)
    assert (earlier.text, earlier.get("datum")) == ("B", "2026-10-05")
    assert rows[str(new.pk)].findtext("b:skal", namespaces=SPACE) == "Betyget var felskrivet"
    for version in (1, 2):
        catalogue = GradeCatalogue.objects.select_related("stored").get(version=version)
        name = f"representations/rep1/data/betygskatalog-{catalogue.document_id}"
        assert (folder / f"{name}.pdf").read_bytes() == bytes(catalogue.stored.content)
        assert (folder / f"{name}.json").read_text("utf-8") == catalogue.content


def test_case_87_protected_persons_have_a_package_of_their_own(tmp_path: Path) -> None:
    hidden = world.person("Siv", "Hemlig", protected=True)
    stage = shelf([world.person("Ada", "Åkesson"), hidden])
    stage.print()

    ordinary, protected = build(stage)

    assert (ordinary.package_id, protected.package_id) == (
        "SIP-BK-12345678-HT26-1",
        "SIP-BK-12345678-HT26-1-S",
    )
    folders = [unpacked(each, tmp_path) for each in (ordinary, protected)]
    assert [validated(each) for each in folders] == [WHOLE, WHOLE]
    number = hidden.numbers.get().number
    content = bytes(ordinary.stored.content)
    assert [word.encode() in content for word in ("Hemlig", number, str(hidden.pk))] == [False] * 3
    assert b"Hemlig" in bytes(protected.stored.content)
    assert "21 kap. 3" in (folders[1] / "metadata/descriptive/beskrivning.xml").read_text("utf-8")


def test_a_version_that_names_who_is_protected_since_goes_with_the_protected(
    tmp_path: Path,
) -> None:
    later_hidden = world.person("Siv", "Hemlig")
    stage = shelf([world.person("Ada", "Åkesson"), later_hidden])
    stage.print()
    Person.objects.filter(pk=later_hidden.pk).update(
        protection="Sekretessmarkering", case_number="SK-1"
    )
    with pytest.raises(ProblemsFoundError) as caught:
        build(stage)
    assert [each.code for each in caught.value.problems] == ["package-unprinted"]
    stage.print()

    ordinary, protected = build(stage)

    folders = [unpacked(each, tmp_path) for each in (ordinary, protected)]
    found = [
        etree.parse(each / RECORDS).xpath("//b:dokument/@id", namespaces=SPACE) for each in folders
    ]
    assert found == [
        ["BK-12345678-HT26-2"],
        ["BK-12345678-HT26-1", "BK-12345678-HT26-1-S"],
    ]
    assert b"Hemlig" not in bytes(ordinary.stored.content)
    assert [package_faults(each) for each in folders] == [[], []]


def test_the_papers_of_who_is_protected_no_longer_go_with_the_others() -> None:
    person = world.person("Siv", "Synlig", protected=True)
    stage = shelf([world.person("Ada", "Åkesson"), person])
    stage.print()
    Person.objects.filter(pk=person.pk).update(protection="Ingen")
    stage.print()

    (package,) = build(stage)

    assert (package.part, package.decisions) == ("ordinary", 2)
    for name in ("HT26-1", "HT26-2", "HT26-1-S"):
        assert f"betygskatalog-BK-12345678-{name}.pdf".encode() in bytes(package.stored.content)


def test_the_same_content_gives_the_same_bytes_and_no_new_package(printed: Shelf) -> None:
    (first,) = build(printed)
    (again,) = build(printed)

    assert (again.pk, ArchivePackage.objects.count()) == (first.pk, 1)
    assert digest(bytes(first.stored.content)) == first.stored_id
    assert AuditEvent.objects.filter(name="archive_package_made").count() == 1


def test_a_new_decision_gives_a_package_that_replaces_the_old_one(
    tmp_path: Path, printed: Shelf
) -> None:
    build(printed)
    printed.grade(world.person("Cia", "Dahl"), value="F")
    printed.print()

    (second,) = build(printed)

    folder = unpacked(second, tmp_path)
    assert (second.number, second.decisions) == (2, 3)
    root = etree.parse(folder / "METS.xml").getroot()
    assert root.get("OBJID") == "SIP-BK-12345678-HT26-2"
    (record,) = root.iter("{http://www.loc.gov/METS/}altRecordID")
    assert (record.get("TYPE"), record.text) == (
        "PREVIOUSREFERENCECODE",
        "SIP-BK-12345678-HT26-1",
    )
    assert validated(folder) == WHOLE


def test_the_package_tells_of_making_and_signing_with_the_links_of_the_chain(
    tmp_path: Path, printed: Shelf
) -> None:
    (package,) = build(printed)

    premis = etree.parse(unpacked(package, tmp_path) / "metadata/preservation/premis.xml")

    space = {"p": "http://www.loc.gov/premis/v3"}
    events = [
        (
            event.findtext("p:eventType", namespaces=space),
            int(event.findtext("p:eventIdentifier/p:eventIdentifierValue", namespaces=space)),
            event.findtext(".//p:eventOutcomeDetailNote", namespaces=space).rpartition(" ")[2],
        )
        for event in premis.iter("{http://www.loc.gov/premis/v3}event")
    ]
    trail = AuditEvent.objects.filter(name__in=("catalogue_made", "catalogue_signed"))
    assert events == [
        (kind, each.number, each.digest)
        for kind, each in zip(("creation", "signing"), trail.order_by("number"), strict=True)
    ]
    assert verify_chain().fault == ""


def test_a_missing_signature_is_named_in_the_records(tmp_path: Path, plain: Shelf) -> None:
    plain.print(sign=False)
    (package,) = build(plain)

    records = etree.parse(unpacked(package, tmp_path) / RECORDS)

    names = records.xpath("//b:underskrift_saknas/text()", namespaces=SPACE)
    assert names == ["Karin Wallgren"]


def test_case_93_every_letter_comes_back_as_it_was_written(tmp_path: Path) -> None:
    stage = shelf([world.person("Łukasz Şafak", "Nguyễn-Åström & Söner <ö>")])
    stage.print()
    (package,) = build(stage)

    records = etree.parse(unpacked(package, tmp_path) / RECORDS)

    (person,) = records.xpath("//b:person", namespaces=SPACE)
    assert person.findtext("b:efternamn", namespaces=SPACE) == "Nguyễn-Åström & Söner <ö>"
    assert person.findtext("b:fornamn", namespaces=SPACE) == "Łukasz Şafak"


def test_case_92_every_decision_keeps_its_own_id(tmp_path: Path, printed: Shelf) -> None:
    (package,) = build(printed)

    records = etree.parse(unpacked(package, tmp_path) / RECORDS)

    found = set(records.xpath("/*/b:beslut/@id", namespaces=SPACE))
    assert found == {str(key) for key in GradeDecision.objects.values_list("pk", flat=True)}
    persons = set(records.xpath("//b:person/@id", namespaces=SPACE))
    placed = GradeDecision.objects.values_list("placement__person_id", flat=True)
    assert persons == {str(key) for key in placed}


def test_use_of_the_exception_is_not_for_the_archive(printed: Shelf) -> None:
    (package,) = build(printed)

    assert b"exception" not in bytes(package.stored.content)
    assert b"undantag" not in bytes(package.stored.content)


def test_without_a_final_catalogue_nothing_is_packed(plain: Shelf) -> None:
    plain.print(AFTER_TERM.replace(year=2026, month=12), sign=False)

    with pytest.raises(ProblemsFoundError) as caught:
        build(plain)

    assert [each.code for each in caught.value.problems] == ["package-no-catalogue"]
    assert ArchivePackage.objects.count() == 0


def test_case_94_only_the_receiver_makes_packages(printed: Shelf) -> None:

    def attempt(actor: Actor) -> None:
        build_packages(actor=actor, unit_id=printed.unit_id, term=HT26)

    with pytest.raises(NotAllowedError):
        attempt(printed.sender)
    with pytest.raises(NotFoundError):
        attempt(world.centre(world.municipality().organiser))
    assert (ArchivePackage.objects.count(), StoredDocument.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (RECORDS, f"{RECORDS} är ändrad: kontrollsumman stämmer inte"),
        (
            "representations/rep1/data/betygskatalog-BK-12345678-HT26-1.pdf",
            "representations/rep1/data/betygskatalog-BK-12345678-HT26-1.pdf är ändrad:"
            " kontrollsumman stämmer inte",
        ),
        ("documentation/LASMIG.txt", "documentation/LASMIG.txt är ändrad: kontrollsumman"
         " stämmer inte"),
    ],
)  # fmt: skip
def test_a_changed_file_is_found(name: str, fault: str, tmp_path: Path, printed: Shelf) -> None:
    (package,) = build(printed)
    folder = unpacked(package, tmp_path)
    content = (folder / name).read_bytes()
    place = content.index(b"B")
    (folder / name).write_bytes(content[:place] + b"A" + content[place + 1 :])

    assert fault in package_faults(folder)


def test_what_is_missing_or_does_not_belong_is_found(tmp_path: Path, printed: Shelf) -> None:
    (package,) = build(printed)
    folder = unpacked(package, tmp_path)
    (folder / "documentation/LASMIG.txt").unlink()
    (folder / "representations/rep1/data/extra.pdf").write_bytes(b"")

    assert package_faults(folder) == [
        "documentation/LASMIG.txt saknas",
        "representations/rep1/data/extra.pdf finns men står inte i METS.xml",
    ]
