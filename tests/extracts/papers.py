"""Read a printed extract back, as a person copying it would get it."""

from functools import lru_cache
from io import BytesIO

from pypdf import PdfReader


@lru_cache
def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, every run of white space as one space."""
    reader = PdfReader(BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(pdf: bytes) -> str:
    """Return the text of the whole document."""
    return " ".join(pages_of(pdf))
