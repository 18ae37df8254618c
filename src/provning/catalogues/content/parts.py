"""The parts of a catalogue: who signs, rows, sheets and the whole."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from provning.catalogues.content.snapshot import Snapshot


class Mark(StrEnum):
    """What stands in the column Markering, beside the grade."""

    TRIAL = "Prövning"
    CORRECTION = "Rättelse"
    AMENDMENT = "Ändring"
    CORRECTED = "Rättat"
    AMENDED = "Ändrat"
    REPLACED = "Ersatt"


class SignerRole(StrEnum):
    """As what somebody signs: the teacher, a teacher who decided together with them, or rektor."""

    TEACHER = "LÄRARE"
    JOINT = "MEDBESLUTANDE"
    PRINCIPAL = "REKTOR"

    @property
    def words(self) -> str:
        """Return the role as it is written in running text."""
        return ROLE_WORDS[self]


ROLE_WORDS = {
    SignerRole.TEACHER: "betygssättande lärare",
    SignerRole.JOINT: "medbeslutande lärare",
    SignerRole.PRINCIPAL: "rektor",
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs; `person` is the person's id in this program, as text.

    `delegated_by` is the rektor on whose delegation they decided (Skollagen 2 kap. 10 §), "" for
    who signs by right of their own.
    """

    ONLY_WHEN_SAID: ClassVar = frozenset({"delegated_by"})

    person: str
    name: str
    role: SignerRole
    delegated_by: str = ""

    @property
    def key(self) -> tuple[str, SignerRole]:
        """Return what somebody signs once for: themselves and their role."""
        return (self.person, self.role)

    @property
    def words(self) -> str:
        """Return as what they sign, as it is written in running text."""
        return "på rektors delegation" if self.delegated_by else self.role.words


@dataclass(frozen=True, slots=True)
class Row:
    """One grade decision, also one that a rättelse or ändring has taken the place of.

    `decision` is its id in this program. `identity_number` is the display form ÅÅÅÅMMDD-NNNN.
    `remarks` (Övriga upplysningar) holds specialisation, language, the title of a komvuxarbete,
    what the grade was before a rättelse, and what has taken its place.
    """

    number: int
    decision: str
    identity_number: str
    last_name: str
    first_name: str
    grade: str
    grade_date: date
    marks: tuple[Mark, ...] = (Mark.TRIAL,)
    remarks: str = ""

    def __post_init__(self) -> None:
        """Refuse marks that have no explanation in the legend."""
        if not all(isinstance(mark, Mark) for mark in self.marks):
            message = f"unknown mark in row {self.number}: {self.marks}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is signed together: one decider, one course, every decision of the term.

    `co_signers` are the teachers who decided together with the decider: all sign (Skollagen
    3 kap. 16 §). `level` is the level of the school form (gymnasial nivå); `levels` names the
    levels in the subject that the grade covers (Skollagen 20 kap. 35 a §). "" where there is none.
    `changes` say what differs from the version before; empty in a first version.
    """

    group_name: str
    course_name: str
    course_code: str
    points: int | None
    level: str
    levels: str
    scale_label: str
    decider: Signer
    co_signers: tuple[Signer, ...]
    rows: tuple[Row, ...]
    changes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a sheet without decisions: there would be nothing to sign."""
        if not self.rows:
            message = f"the sheet of {self.group_name} has no rows"
            raise ValueError(message)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Return everybody who decided what stands on the sheet, the decider first."""
        return (self.decider, *self.co_signers)


@dataclass(frozen=True, slots=True)
class CatalogueContent(Snapshot):
    """Betygskatalog for one unit and term: the ordinary part or the protected part.

    In the protected part every sheet speaks of one person alone, so that no page is shared.
    `teacher` is set when the catalogue holds what one person decided and nothing else.
    `attested_by` is the rektor who signs the whole, where local custom asks for it. `replaces` is
    the document id of the version before, "" for the first; `notes` are differences that belong to
    no sheet, such as one that is gone.
    """

    WRITTEN_AS: ClassVar = "provning-betygskatalog-2"

    document_id: str
    version: int
    preliminary: bool
    protected: bool
    organiser: str
    municipality: str
    municipality_code: str
    unit_name: str
    provider_name: str
    unit_code: str
    term_label: str
    school_form: str
    issued_on: date
    sheets: tuple[Sheet, ...]
    teacher: Signer | None = None
    attested_by: Signer | None = None
    replaces: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an empty catalogue, and a protected person who would share a page."""
        if not self.sheets:
            message = f"the catalogue {self.document_id} has no sheets"
            raise ValueError(message)
        if self.protected and not all(map(_one_person, self.sheets)):
            message = "a protected person shares a sheet with somebody else"
            raise ValueError(message)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Return everybody who must sign, each person and role once, rektor who attests last.

        Who decided both by right of their own and on delegation signs by right of their own.
        """
        found = [signer for sheet in self.sheets for signer in sheet.signers]
        if self.attested_by:
            found.append(self.attested_by)
        once: dict[tuple[str, SignerRole], Signer] = {}
        for each in found:
            if each.key not in once or not each.delegated_by:
                once[each.key] = each
        return tuple(once.values())


def split_per_person(sheet: Sheet) -> tuple[Sheet, ...]:
    """Return one sheet for each person, as the protected part demands; rows start at 1 on each."""
    persons = dict.fromkeys(row.identity_number for row in sheet.rows)
    return tuple(replace(sheet, rows=_rows_of(sheet, person)) for person in persons)


def _rows_of(sheet: Sheet, person: str) -> tuple[Row, ...]:
    """Return a person's rows, numbered anew."""
    rows = (row for row in sheet.rows if row.identity_number == person)
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def _one_person(sheet: Sheet) -> bool:
    """Say whether every row is about the same person."""
    return len({row.identity_number for row in sheet.rows}) == 1
