"""What a package is made of: plain values, so that the same values give the same bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from provning.grading.rows import DecisionRow
from provning.kernel.terms import Term


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class FileKind:
    """A file's media type, and its format as PRONOM, the archives' register of formats, names it.

    `version` is "" where the format has none.
    """

    media_type: str
    name: str
    version: str
    pronom: str


PDF = FileKind("application/pdf", "PDF/A", "2a", "fmt/476")
JSON = FileKind("application/json", "JSON", "", "fmt/817")
XML = FileKind("text/xml", "XML", "1.0", "fmt/101")
XSD = FileKind("text/xml", "XML Schema Definition", "1.0", "x-fmt/280")
TEXT = FileKind("text/plain", "Text, UTF-8", "", "x-fmt/111")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file: `path` from the package's folder with slashes, `created` in UTC."""

    path: str
    content: bytes
    kind: FileKind
    created: datetime

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes."""
        return digest(self.content)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the decisions were made; the numbers are "" where the organisation has none."""

    organiser: str
    organiser_number: str
    municipality: str
    municipality_code: str
    provider: str
    provider_number: str
    unit_id: UUID
    unit: str
    unit_code: str
    term: Term
    school_form: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned page with signatures on paper: whose, and when it was taken in."""

    content: bytes
    media_type: str
    signed_by: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of the catalogue: the document, what it was made from, and by whom.

    `signed` is the electronically signed document and `check` the latest report on its signatures
    (JSON), None and "" when there are none; `scans` are pages signed on paper, and `unsigned_by`
    names those whose signature is missing.
    """

    document_id: str
    version: int
    pages: int
    decisions: int
    document: bytes
    content: str
    made_at: datetime
    made_by: str
    signed: bytes | None = None
    check: str = ""
    unsigned_by: tuple[str, ...] = ()
    scans: tuple[Scan, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A person as the register has them: the identity number in its twelve characters."""

    number: str
    family: str
    given: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the audit trail about the papers: its link in the chain, and who did what.

    `document_ids` are the papers it speaks of; `kind` is the event's type in PREMIS.
    """

    number: int
    digest: str
    kind: str
    at: datetime
    text: str
    by: str
    by_role: str
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that a package says. `package_id` is its folder's name and OBJID.

    `replaces` is the id of the package before this one, "" for the first.
    """

    package_id: str
    number: int
    replaces: str
    head: Head
    papers: tuple[Paper, ...]
    decisions: tuple[DecisionRow, ...]
    names: Mapping[UUID, Name]
    happenings: tuple[Happening, ...]

    @property
    def as_of(self) -> datetime:
        """Return the newest moment that the package tells of: it is what it is dated by."""
        moments = [each.made_at for each in self.papers]
        moments += [scan.made_at for paper in self.papers for scan in paper.scans]
        moments += [each.at for each in self.happenings]
        return max([*moments, *(each.decided_at for each in self.decisions)])
