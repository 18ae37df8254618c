"""Extracts, what they may hold, and orders of many, as screens meet them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from provning.exams.rows import PlacementRow
from provning.grading.rows import DecisionRow
from provning.kernel.problems import Problem
from provning.kernel.terms import Term
from provning.people.rows import PersonDetails, PersonRow


class IssuerKind(StrEnum):
    """Who issues extracts, by the organiser's policy."""

    PROVIDER = "provider"
    ORGANISER = "organiser"


class ExtractState(StrEnum):
    """Whether an extract can be trusted: out of date is still to be replaced, void is replaced."""

    VALID = "valid"
    OUTDATED = "outdated"
    VOID = "void"


class ChangeKind(StrEnum):
    """What has happened to a grade since the extract was issued."""

    CORRECTED = "corrected"
    AMENDED = "amended"
    REPLACED = "replaced"
    REINSTATED = "reinstated"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: a unit's rektor, or the home municipality when the unit's fields are empty.

    `delegated_by` names the rektor on whose delegation it is done, whom the name under the
    signature then tells of.
    """

    kind: IssuerKind
    organiser_id: UUID
    organiser_name: str
    municipality_code: str
    municipality_name: str
    unit_id: UUID | None
    unit_name: str
    unit_code: str
    provider_name: str
    principal_name: str
    delegated_by: str = ""

    @property
    def name(self) -> str:
        """Return what the issuer is called."""
        return self.unit_name or self.organiser_name


@dataclass(frozen=True, slots=True)
class Choice:
    """One grade that an extract may hold; `replaced_by` is the code of the level that replaces it.

    `levels` is "" outside Gy25.
    """

    decision_id: UUID
    course_name: str
    course_code: str
    levels: str
    points: int | None
    value: str
    passed: bool
    exam_date: date
    unit_name: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class IssuerChoices:
    """What one issuer may put in an extract; `problems` are why the actor cannot issue it."""

    issuer: Issuer
    choices: tuple[Choice, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What makes an extract out of date: a grade, what it was and what it is, and since when.

    For a grade that is replaced, `after` is the code of the level that replaces it.
    """

    kind: ChangeKind
    course_code: str
    before: str
    after: str
    day: date


@dataclass(frozen=True, slots=True)
class ExtractRow:
    """One issued extract and how it stands.

    `copy_of`, `replaces` and `replaced_by` are document ids, "" where there is none; `changes` say
    why it is out of date.
    """

    id: UUID
    person_id: UUID
    document_id: str
    issuer_name: str
    issued_on: date
    issued_by_name: str
    english: bool
    grades: int
    pages: int
    sha256: str
    state: ExtractState
    changes: tuple[Change, ...]
    copy_of: str
    replaces: str
    replaced_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutdatedRow:
    """An extract that no longer says what stands, and whose it is."""

    extract: ExtractRow
    person: PersonRow


@dataclass(frozen=True, slots=True)
class ExtractDocument:
    """A document to hand out, with the name it is saved under."""

    file_name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """How far an order has come, in persons."""

    total: int
    issued: int
    refused: int

    @property
    def waiting(self) -> int:
        """Return how many remain."""
        return self.total - self.issued - self.refused


@dataclass(frozen=True, slots=True)
class ExtractOrderRow:
    """An order and how far it has come; `stalled` says that its job has died and can go on.

    `group_name` and `term` say where the persons came from; both are empty for a list of persons.
    """

    id: UUID
    issuer_name: str
    group_name: str
    term: Term | None
    english: bool
    with_fails: bool
    status: str
    status_label: str
    stalled: bool
    progress: OrderProgress
    ordered_at: datetime
    ordered_by_name: str
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        """Say whether the job has come to its end."""
        return self.finished_at is not None


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """One person of an order and what came of it."""

    person: PersonRow
    status: str
    status_label: str
    extract_id: UUID | None
    document_id: str
    message: str


@dataclass(frozen=True, slots=True)
class HeldCatalogue:
    """A version of a catalogue that holds a decision about the person."""

    id: UUID
    document_id: str
    unit_name: str
    term: Term
    version: int
    preliminary: bool
    made_at: datetime
    sha256: str
    part: str


@dataclass(frozen=True, slots=True)
class HeldDelivery:
    """A delivery to Vuxenutbildningscentrum that holds a catalogue with one of the decisions.

    `catalogues` are the ids of those documents, `lists` the SHA-256 of the delivery lists that name
    the person. `receipt_on`, `receipt_by` and `remarks` are the receiver's, who took it in or sent
    it back; None and "" before.
    """

    id: UUID
    document_id: str
    unit_name: str
    period: str
    catalogues: tuple[str, ...]
    lists: tuple[str, ...]
    state: str
    state_label: str
    sent_on: date | None
    receipt_on: date | None
    receipt_by: str
    remarks: str


@dataclass(frozen=True, slots=True)
class HeldExport:
    """A file that left and carried the person: which decisions, none where it held names alone.

    `courses` are the codes of those that the reader sees.
    """

    kind: str
    document_id: str
    receiver: str
    sent_on: date
    decisions: tuple[UUID, ...]
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExternalGrade:
    """A grade in another system, with where it was read from and when.

    `course` is the course's code, or the subject's with its language. `course_name` is the
    register's, "" when it has no such course. `decider` is the role in the format's words.
    """

    source_system: str
    read_at: datetime
    course: str
    course_name: str
    value: str
    decided_on: date
    trial: bool
    assessment: bool
    school_type: str
    decider: str


@dataclass(frozen=True, slots=True)
class CompiledDecision:
    """A decision with its history, and the ids of the documents that it stands in."""

    row: DecisionRow
    catalogues: tuple[str, ...]
    extracts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonCompilation:
    """Everything that one actor may see of a person (Förordning 2011:1108 4 kap. 11 §).

    Decisions by exam date, those that no longer stand among them; extracts newest first.
    `deliveries`, `external` and `exports` are filled in by the rooms that know of them.
    """

    details: PersonDetails
    placements: tuple[PlacementRow, ...]
    decisions: tuple[CompiledDecision, ...]
    catalogues: tuple[HeldCatalogue, ...]
    extracts: tuple[ExtractRow, ...]
    deliveries: tuple[HeldDelivery, ...] = ()
    external: tuple[ExternalGrade, ...] = ()
    exports: tuple[HeldExport, ...] = ()
