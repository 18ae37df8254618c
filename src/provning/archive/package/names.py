"""What the package and its files are called: plain ASCII, which every system keeps."""

import re
import unicodedata

from provning.catalogues.rules import SCAN_ENDINGS
from provning.kernel.terms import Term

FIRST_LETTERS = str.maketrans({"Å": "A", "Ä": "A", "Ö": "O", "å": "a", "ä": "a", "ö": "o"})


def package_id(unit_label: str, term: Term, number: int, *, protected: bool) -> str:
    """Return the package's id: SIP-BK-12345678-HT26-1, with -S for the protected part."""
    ending = "-S" if protected else ""
    return f"SIP-BK-{plain(unit_label)}-{term.code}-{number}{ending}"


def plain(text: str) -> str:
    """Return the text in letters, digits, points and hyphens that every file system has."""
    spelled = unicodedata.normalize("NFKD", text.translate(FIRST_LETTERS))
    ascii_only = spelled.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only).strip("-.") or "x"


def document_name(document_id: str) -> str:
    """Return the file name of a catalogue's document."""
    return f"betygskatalog-{plain(document_id)}.pdf"


def signed_name(document_id: str) -> str:
    """Return the file name of a catalogue's electronically signed document."""
    return f"betygskatalog-{plain(document_id)}-undertecknad.pdf"


def scan_name(document_id: str, number: int, media_type: str) -> str:
    """Return the file name of a scanned page with signatures; numbers begin at 1."""
    return f"{scans_of(document_id)}{number}.{SCAN_ENDINGS[media_type]}"


def scans_of(document_id: str) -> str:
    """Return how the names of a catalogue's scanned pages begin."""
    return f"betygskatalog-{plain(document_id)}-underskrift-"


def content_name(document_id: str) -> str:
    """Return the file name of what a catalogue's document was made from."""
    return f"betygskatalog-{plain(document_id)}.json"


def check_name(document_id: str) -> str:
    """Return the file name of the report on a signed document's signatures."""
    return f"betygskatalog-{plain(document_id)}-kontroll.json"
