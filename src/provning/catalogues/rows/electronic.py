"""Electronic signatures as screens meet them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from provning.catalogues.content import Sheet
from provning.kernel.terms import Term
from provning.organisation.policies_data import SigningMode
from provning.signing.reports import Report


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
    `choices` what the reader can sign now, `order` the reader's own latest. `readable` says that
    they may have the file; `sheets` are those that they sign, as they are printed. `closed` says
    that they speak of protected persons and are to be opened for a reason.
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
    readable: bool
    sheets: tuple[Sheet, ...]
    closed: bool

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
