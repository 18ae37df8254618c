"""What a signing service does, whichever it is: the port that the rest of the program knows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from provning.signing.reports import Report


class Level(StrEnum):
    """The PAdES baseline levels (ETSI EN 319 142-1), each with what the one before it has.

    B-B a signature; B-T a timestamp that proves when; B-LT the evidence that the certificates held;
    B-LTA a timestamp over all of it, renewable for as long as the document is kept.
    """

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


@dataclass(frozen=True, slots=True)
class SigningPerson:
    """Who signs, as the certificate names them; `key` tells two of the same name apart.

    The key is the program's own id: a personal number never goes into a certificate.
    """

    key: str
    name: str
    organisation: str


class SigningError(Exception):
    """The document could not be signed; the message is for the log."""


class Signer(Protocol):
    """A signing service. All times have a time zone; documents are whole PDF files."""

    def sign(self, pdf: bytes, who: SigningPerson, reason: str, at: datetime) -> bytes:
        """Return the document with one more signature, everything before it untouched."""
        ...

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """Return the document with evidence for its signatures and a timestamp over all (B-LTA)."""
        ...

    def verify(self, pdf: bytes, at: datetime) -> Report:
        """Say whether the signatures hold, as judged at a moment; never raises for a bad file."""
        ...
