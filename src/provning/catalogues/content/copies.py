"""What a copy says beside the content of the catalogue that it is a copy of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from provning.catalogues.content.parts import Signer
from provning.catalogues.content.reading import a_date, a_text, a_whole_number, mappings
from provning.catalogues.content.snapshot import Snapshot, read_back


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A signature on the lost original, as it is registered: whose line, and what is said of it."""

    person: str
    role: str
    said: str


@dataclass(frozen=True, slots=True)
class CopyNote(Snapshot):
    """Which copy it is, the day it was made, and who had signed the original."""

    number: int
    made_on: date
    signed: tuple[SignedLine, ...] = ()

    def said_of(self, signer: Signer) -> str:
        """Return what is registered of a signer, "" when nothing is."""
        wanted = (signer.person, str(signer.role))
        lines = (each.said for each in self.signed if (each.person, each.role) == wanted)
        return next(lines, "")


def copy_from_json(text: str) -> CopyNote:
    """Return the note that the text was made from; anything else is a `ValueError`."""
    return read_back(CopyNote, text, _note)


def _note(data: Mapping[str, object]) -> CopyNote:
    """Read the note."""
    return CopyNote(
        number=a_whole_number(data, "number"),
        made_on=a_date(data, "made_on"),
        signed=tuple(
            SignedLine(a_text(each, "person"), a_text(each, "role"), a_text(each, "said"))
            for each in mappings(data, "signed")
        ),
    )
