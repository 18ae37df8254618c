"""The catalogue is what archives and readers of screens demand, said by the reference validator."""

from dataclasses import replace

import pytest
import typst

from provning.catalogues.content import (
    CatalogueContent,
    CopyNote,
    Mark,
    SignedLine,
    SignerRole,
)
from provning.catalogues.rendering import render_in_process
from tests.catalogues.builders import (
    DIFFICULT,
    ISSUED,
    TEACHER,
    catalogue,
    longest_names,
    row,
    rows,
    sheet,
    signer,
)
from tests.catalogues.papers import Paper
from tests.support.verapdf import ACCESSIBLE, ARCHIVE, Verdict, verapdf

PLAIN = b'#set document(title: "Plain")\n#set page(width: 20mm, height: 20mm)\nPlain'
LOST = CopyNote(1, ISSUED, (SignedLine(TEACHER.person, TEACHER.role, "Undertecknades."),))
SPOILED = "spoiled.pdf"
UNMARKED = "unmarked.pdf"


@pytest.fixture(scope="module")
def report(
    tmp_path_factory: pytest.TempPathFactory,
    preliminary_paper: Paper,
    protected_paper: Paper,
) -> dict[tuple[str, str], Verdict]:
    """Return what the validator says, asked once for all documents."""
    documents = {
        "ordinary.pdf": render_in_process(ordinary()),
        "later.pdf": render_in_process(later()),
        "copy.pdf": render_in_process(later(), LOST),
        "preliminary.pdf": preliminary_paper.pdf,
        "protected.pdf": protected_paper.pdf,
        SPOILED: spoiled(protected_paper.content),
        UNMARKED: typst.compile(PLAIN, format="pdf", pdf_tags=False),
    }
    folder = tmp_path_factory.mktemp("verapdf")
    paths = [folder / name for name in documents]
    for path in paths:
        path.write_bytes(documents[path.name])
    return verapdf(paths)


def ordinary() -> CatalogueContent:
    """Return a small catalogue with everything that can stand in one, over three pages."""
    every_mark = row(1, DIFFICULT[0], marks=tuple(Mark), remarks="Tidigare betyg D från 2026-05-12")
    names = (*DIFFICULT, *longest_names(12))
    return catalogue(sheet([every_mark], joint=["Per-Olof Nyqvist"]), sheet(rows(names)))


def later() -> CatalogueContent:
    """Return a second version: changes, every mark, three who sign, one of them the whole."""
    rektor = signer("Rut Rektor", SignerRole.PRINCIPAL)
    changed = ["Nya rader: 2, 5", "Rad 1 har fått markeringen Rättat: Rättat till C 2026-11-30"]
    sheets = (
        sheet(rows(longest_names(30)), joint=["Per-Olof Nyqvist"], changes=changed),
        sheet([row(1, DIFFICULT[1])], decider=rektor),
    )
    content = catalogue(*sheets)
    return replace(content, replaces="BK-KC-26VT-1", attested_by=rektor, notes=("Ett blad utgick",))


def spoiled(content: CatalogueContent) -> bytes:
    """Return a catalogue that says it is PDF/A and PDF/UA but has lost what makes it so."""
    pdf = render_in_process(content)
    assert pdf.count(b"/OutputIntents") == 1
    assert pdf.count(b"/MarkInfo") == 1
    return pdf.replace(b"/OutputIntents", b"/OutputIntentX").replace(b"/MarkInfo", b"/MarkInfX")


@pytest.mark.parametrize("standard", [ARCHIVE, ACCESSIBLE])
@pytest.mark.parametrize(
    "document", ["ordinary.pdf", "later.pdf", "copy.pdf", "preliminary.pdf", "protected.pdf"]
)
def test_catalogue_follows_the_standard(
    report: dict[tuple[str, str], Verdict], document: str, standard: str
) -> None:
    verdict = report[document, standard]
    assert verdict.failures == []
    assert verdict.compliant
    assert verdict.checks > 1000


@pytest.mark.parametrize("standard", [ARCHIVE, ACCESSIBLE])
@pytest.mark.parametrize("document", [SPOILED, UNMARKED])
def test_document_that_does_not_follow_the_standard_is_refused(
    report: dict[tuple[str, str], Verdict], document: str, standard: str
) -> None:
    verdict = report[document, standard]
    assert verdict.failures != []
    assert not verdict.compliant
