"""Small documents to sign, and what can be done to them afterwards."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import typst
from pypdf import PdfReader, PdfWriter

from provning.signing.ports import SigningPerson

NOW = datetime(2026, 12, 21, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)
KARIN = SigningPerson("5f0e", "Karin Wallgren", "Komvux Centrum")
PER = SigningPerson("77aa", "Per-Olof Łukasz Nyqvist", "Komvux Centrum")
REASON = "Betygskatalog BK-12345678-HT26-1"
BYTE_RANGE = re.compile(rb"/ByteRange \[ ?(\d+) (\d+) (\d+) (\d+) ?\]")


def document(text: str = "Betygskatalog", pages: int = 2) -> bytes:
    """Return a document of PDF/A-2a and PDF/UA-1 with the text on each page."""
    source = "\n#pagebreak()\n".join(f"= {text} {number + 1}" for number in range(pages))
    head = '#set document(title: "Katalog")\n#set text(lang: "sv")\n#set page(paper: "a6")\n'
    # Level A of the archive's standard and accessibility, as the catalogues have them.
    return typst.compile((head + source).encode(), format="pdf", pdf_standards=["a-2a", "ua-1"])


def signed_places(pdf: bytes) -> range | list[int]:
    """Return the places of every byte that the last signature or seal covers."""
    first, length, second, rest = map(int, BYTE_RANGE.findall(pdf)[-1])
    return [*range(first, first + length), *range(second, second + rest)]


def flipped(pdf: bytes, place: int, mask: int = 1) -> bytes:
    """Return the document with one byte changed."""
    changed = bytearray(pdf)
    changed[place] ^= mask
    return bytes(changed)


def with_page_from(pdf: bytes, other: bytes) -> bytes:
    """Return the document with its first page's content exchanged, written after what was there."""
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    page = writer.pages[0]
    page.replace_contents(PdfReader(BytesIO(other)).pages[0].get_contents())
    return written(writer)


def rewritten(pdf: bytes, other: bytes) -> bytes:
    """Return a new file: this one's fields and pages, the first with the other's content."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.pages[0].replace_contents(PdfReader(BytesIO(other)).pages[0].get_contents())
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """Return what a writer writes."""
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
