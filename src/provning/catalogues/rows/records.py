"""One version with everything that is known of it, as the screen of record shows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from provning.catalogues.rows.signing import SignatureRow, TakenBackRow
from provning.catalogues.rows.versions import CatalogueRow, ToPrintRow
from provning.people.rows import StaffRow


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy of a lost original; `reason` is the note of the loss."""

    id: UUID
    number: int
    reason: str
    sha256: str
    made_at: datetime
    made_by_name: str


@dataclass(frozen=True, slots=True)
class CatalogueRecord:
    """One version with everything that is known of it, as far as the actor may see.

    A teacher sees their own signature alone: `whole` is False, and versions, copies and what was
    taken back are empty. `ungraded` are the exams of the unit and term that have passed without a
    grade or another outcome. `waits` is why a new version is due, None when nothing is.
    `may_register` are the signers whose signature the actor may register on paper, `may_sign` says
    that the actor's own signature is missing and is given electronically.
    """

    catalogue: CatalogueRow
    provider_name: str
    whole: bool
    readable: bool
    may_make: bool
    rows: tuple[SignatureRow, ...]
    may_register: frozenset[UUID]
    may_sign: bool
    versions: tuple[CatalogueRow, ...]
    copies: tuple[CopyRow, ...]
    taken_back: tuple[TakenBackRow, ...]
    principals: tuple[StaffRow, ...]
    ungraded: int
    waits: ToPrintRow | None

    @property
    def missing(self) -> tuple[SignatureRow, ...]:
        """Return whose signatures are missing."""
        return tuple(row for row in self.rows if not row.signed)

    @property
    def to_sign(self) -> bool:
        """Say whether this version is to be signed: final, and the newest."""
        return self.catalogue.latest and not self.catalogue.preliminary
