"""Read a printed catalogue back: what stands on each page, as a person copying it would get it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from pypdf import PdfReader

from provning.catalogues.content import CatalogueContent, Row
from tests.support.pdf_text import pages_of, raw_pages

NUMBERED = re.compile(r"(?:^|\s)(\d+) (\d{8}-\d{4}) ")


@dataclass(frozen=True)
class Paper:
    """A catalogue and the document that was made of it."""

    content: CatalogueContent
    pdf: bytes

    @cached_property
    def reader(self) -> PdfReader:
        """Return the parsed document."""
        return PdfReader(BytesIO(self.pdf))

    @cached_property
    def raw_pages(self) -> list[str]:
        """Return the text of each page with its line breaks."""
        return list(raw_pages(self.pdf))

    @cached_property
    def pages(self) -> list[str]:
        """Return the text of each page, every run of white space as one space."""
        return pages_of(self.pdf)

    def rows_on(self, page: int) -> list[tuple[int, str]]:
        """Return the row numbers and identity numbers on a page, in order."""
        return [(int(number), person) for number, person in NUMBERED.findall(self.pages[page])]

    def pages_of(self, group_name: str) -> list[int]:
        """Return the pages whose head names the group."""
        head = f"Prövningsgrupp {group_name} Skolenhet"
        return [place for place, text in enumerate(self.pages) if head in text]


def read(content: CatalogueContent, render: Callable[[CatalogueContent], bytes]) -> Paper:
    """Print a catalogue and take up the paper."""
    return Paper(content, render(content))


def printed_row(row: Row) -> str:
    """Return how a whole row reads, from its number to its marks."""
    parts = (
        str(row.number), row.identity_number, row.last_name, row.first_name, row.grade,
        row.grade_date.isoformat(), ", ".join(row.marks), row.remarks,
    )  # fmt: skip
    return " ".join(" ".join(parts).split())
