"""Signatures on paper and who must sign, as screens meet them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.kernel.terms import Term


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
class SignatureDetail:
    """One signature that stands: whose line, what is registered, in which document."""

    row: SignatureRow
    signed: Signed
    document_id: str
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class TakenBackRow:
    """A signature that was registered by mistake, who took it back, when and why."""

    signer_name: str
    signed_on: date
    reason: str
    taken_back_by: str
    taken_back_at: datetime


@dataclass(frozen=True, slots=True)
class UnsignedRow:
    """The newest version of a catalogue that somebody has not signed yet.

    `missing` names whose signatures the actor may see are missing; `signers` is how many must sign
    in all, 0 for an actor who sees only their own.
    """

    catalogue_id: UUID
    document_id: str
    unit_id: UUID
    unit_name: str
    provider_name: str
    term: Term
    part_label: str
    issued_on: date
    missing: tuple[str, ...]
    signers: int
