"""Catalogues, orders and documents as screens meet them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.kernel.terms import Term
from provning.organisation.policies_data import SigningMode
from provning.signing.reports import Report


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One version of one part of a unit's catalogue for a term; `part` is ordinary or protected.

    `latest` says that no newer version of the part exists.
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    term: Term
    part: str
    part_label: str
    version: int
    preliminary: bool
    document_id: str
    sha256: str
    decisions: int
    pages: int
    made_at: datetime
    made_by_name: str
    latest: bool


@dataclass(frozen=True, slots=True)
class CatalogueDocument:
    """A document to hand out, with the name it is saved under."""

    file_name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ToPrintRow:
    """A unit and term whose catalogue is to be printed.

    `decisions` are the decisions there are; `printed` is how many the latest catalogue has, 0 when
    there is none. `replaced` are those that a higher level has replaced since; `moved` says that
    the parts do not hold what they should.
    """

    unit_id: UUID
    unit_name: str
    term: Term
    decisions: int
    printed: int
    replaced: int = 0
    moved: bool = False

    @property
    def missing(self) -> int:
        """Return how many decisions stand in no catalogue."""
        return max(self.decisions - self.printed, 0)

    @property
    def waits(self) -> bool:
        """Say whether a new version is due."""
        return self.moved or self.replaced > 0


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An ordered catalogue and how far it has come; `message` is the Swedish outcome."""

    id: UUID
    unit_id: UUID
    unit_name: str
    term: Term
    status: str
    status_label: str
    message: str
    ordered_at: datetime
    ordered_by_name: str
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        """Say whether the job has come to its end, well or not."""
        return self.finished_at is not None


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature to register: who signed, as what (LÄRARE, MEDBESLUTANDE, REKTOR), which day.

    `in_place_of` is a signer who cannot sign any more; rektor signs instead, with a reason.
    """

    signer_id: UUID
    role: str
    signed_on: date
    in_place_of: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands; `document_sha256` is the scanned page or signed PDF, "" for none.

    `in_place` says that rektor signed for somebody who could not, for the `reason` given.
    """

    id: UUID
    signed_by_id: UUID
    signed_by_name: str
    method: str
    method_label: str
    signed_on: date
    document_sha256: str
    in_place: bool
    reason: str
    registered_by_name: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One who must sign a version, as what, for how many decisions in which courses.

    `attests` is rektor who signs the whole catalogue after the others. `signature` is None while it
    is missing.
    """

    catalogue_id: UUID
    signer_id: UUID
    signer_name: str
    role: str
    role_label: str
    decisions: int
    courses: tuple[str, ...]
    attests: bool
    signature: Signed | None

    @property
    def signed(self) -> bool:
        """Say whether the signature is there."""
        return self.signature is not None


@dataclass(frozen=True, slots=True)
class SigningChoice:
    """One signature that somebody can give electronically now.

    `in_place_of` is the signer who cannot, when rektor signs instead.
    """

    role: str
    role_label: str
    decisions: int
    courses: tuple[str, ...]
    in_place_of: UUID | None
    in_place_of_name: str


@dataclass(frozen=True, slots=True)
class SigningOrderRow:
    """An electronic signature that was asked for; `message` is the Swedish outcome.

    `checked` says that the version's newest signed file has been verified.
    """

    id: UUID
    catalogue_id: UUID
    status: str
    status_label: str
    message: str
    ordered_at: datetime
    finished_at: datetime | None
    checked: bool

    @property
    def finished(self) -> bool:
        """Say whether the job has come to its end, well or not."""
        return self.finished_at is not None

    @property
    def settled(self) -> bool:
        """Say whether nothing more comes of it by itself: it failed, or its file is verified."""
        return self.finished and (self.status == "failed" or self.checked)


@dataclass(frozen=True, slots=True)
class SignedDocumentRow:
    """The newest signed file of a version; `sealed` once everybody had signed."""

    sha256: str
    size: int
    sealed: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CheckRow:
    """What a verification of the file with the digest found.

    `findings` are codes (`rules.Finding`): what the program's own tables say against the file.
    """

    sha256: str
    checked_at: datetime
    valid: bool
    report: Report
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElectronicRow:
    """How a version is signed electronically.

    `sha256` is the file that the next signature is added to, `mode` the organiser's custom,
    `choices` what the reader can sign now, `order` the reader's own latest.
    """

    catalogue_id: UUID
    document_id: str
    unit_name: str
    version: int
    pages: int
    sha256: str
    mode: SigningMode
    choices: tuple[SigningChoice, ...]
    order: SigningOrderRow | None
    document: SignedDocumentRow | None
    check: CheckRow | None

    @property
    def under_way(self) -> bool:
        """Say whether the reader's signature is being made."""
        return self.order is not None and not self.order.finished


@dataclass(frozen=True, slots=True)
class ToSignRow:
    """A version that waits for somebody's own electronic signature."""

    catalogue_id: UUID
    document_id: str
    unit_name: str
    term: Term
