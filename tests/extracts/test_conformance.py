"""The extract is what archives and readers of screens demand, said by the reference validator."""

from datetime import date

import pytest

from provning.extracts.content import Section
from provning.extracts.printing import extract_press, print_extract
from tests.catalogues.builders import DIFFICULT
from tests.extracts.samples import extract, line
from tests.support.verapdf import ACCESSIBLE, ARCHIVE, Verdict, verapdf

SPOILED = "spoiled.pdf"
DOCUMENTS = ("everything.pdf", "many-pages.pdf", "copy.pdf", "preview.pdf")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Verdict]:
    """Return what the validator says, asked once for all documents."""
    lines = tuple(line(f"Kurs nummer {number}", f"KOD{number:04}") for number in range(70))
    many = Section("gymnasial nivå", by_level=False, lines=lines)
    copy = extract(
        name=DIFFICULT[0],
        document_id="UT26-7K3QX-9M2PA-K1",
        copy_of="UT26-7K3QX-9M2PA",
        copied_on=date(2026, 12, 3),
    )
    with extract_press() as press:
        made = (
            print_extract(press, extract(english=True)),
            print_extract(press, extract([many])),
            print_extract(press, copy),
            print_extract(press, extract(), preview=True),
        )
    documents = dict(zip(DOCUMENTS, made, strict=True))
    assert made[0].count(b"/MarkInfo") == 1
    documents[SPOILED] = made[0].replace(b"/MarkInfo", b"/MarkInfX")
    folder = tmp_path_factory.mktemp("verapdf")
    for name, document in documents.items():
        (folder / name).write_bytes(document)
    return verapdf([folder / name for name in documents])


@pytest.mark.parametrize("standard", [ARCHIVE, ACCESSIBLE])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_extract_follows_the_standard(
    report: dict[tuple[str, str], Verdict], document: str, standard: str
) -> None:
    verdict = report[document, standard]
    assert verdict.failures == []
    assert verdict.compliant
    assert verdict.checks > 1000


@pytest.mark.parametrize("standard", [ARCHIVE, ACCESSIBLE])
def test_one_that_does_not_follow_it_is_refused(
    report: dict[tuple[str, str], Verdict], standard: str
) -> None:
    assert not report[SPOILED, standard].compliant
