"""A signed document stays what it was for archives and readers of screens, said by others."""

from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from provning.signing import local
from provning.signing.local import LocalSigner
from provning.signing.ports import Level
from tests.signing.documents import KARIN, NOW, REASON, document, flipped
from tests.support.pdfsig import verdicts
from tests.support.verapdf import ACCESSIBLE, ARCHIVE, Verdict, verapdf

GLUED = "glued.pdf"


@pytest.fixture(scope="module")
def report(
    tmp_path_factory: pytest.TempPathFactory,
    folder: Path,
    levels: dict[Level, bytes],
    two: bytes,
    sealed: bytes,
) -> dict[tuple[str, str], Verdict]:
    """Return what the validator says, asked once for all documents."""
    documents = {f"{level}.pdf": pdf for level, pdf in levels.items()}
    documents |= {"two.pdf": two, "sealed.pdf": sealed}
    documents |= {GLUED: glued(folder)}
    place = tmp_path_factory.mktemp("verapdf")
    for name, pdf in documents.items():
        (place / name).write_bytes(pdf)
    return verapdf([place / name for name in documents])


def plain_document() -> bytes:
    """Return an unsigned document, which ends without a line break as the printing makes it."""
    pdf = document()
    assert pdf.endswith(b"%%EOF")
    return pdf


def glued(folder: Path) -> bytes:
    """Return a document signed without the line break between what was there and what is new."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "_writer", lambda pdf: IncrementalPdfFileWriter(BytesIO(pdf)))
        return LocalSigner(folder).sign(plain_document(), KARIN, REASON, NOW)


@pytest.mark.parametrize("standard", [ARCHIVE, ACCESSIBLE])
@pytest.mark.parametrize("name", [*Level, "two", "sealed"])
def test_a_signed_document_follows_the_standard(
    report: dict[tuple[str, str], Verdict], name: str, standard: str
) -> None:
    verdict = report[f"{name}.pdf", standard]
    assert verdict.failures == []
    assert verdict.compliant
    assert verdict.checks > 100


def test_without_the_line_break_it_would_be_no_archive_document(
    report: dict[tuple[str, str], Verdict],
) -> None:
    verdict = report[GLUED, ARCHIVE]
    assert not verdict.compliant
    assert [failure.split()[0] for failure in verdict.failures] == ["6.1.9-1"]


def test_another_program_says_that_the_signatures_are_valid(tmp_path: Path, sealed: bytes) -> None:
    assert verdicts(stored(tmp_path, sealed)) == ["Signature is Valid.", "Signature is Valid."]


def test_another_program_says_that_a_changed_document_is_not(tmp_path: Path, sealed: bytes) -> None:
    assert verdicts(stored(tmp_path, flipped(sealed, 5000))) == [
        "Digest Mismatch.",
        "Digest Mismatch.",
    ]


def stored(folder: Path, pdf: bytes) -> Path:
    """Return where the PDF lies for another program to read."""
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return path
