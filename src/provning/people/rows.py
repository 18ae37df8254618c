"""Persons as every other room meets them: already masked for the one who reads."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.kernel.problems import Problem

MASKED_LABEL = "Skyddad identitet"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as one actor may see them.

    `label` is "Efternamn, Förnamn". When `masked`, it is "Skyddad identitet", `number_display` is
    the case number, the names are "", `birth_date` and `status_on` are None. `protected` says that
    the identity is protected, also to who sees it in clear.
    """

    id: UUID
    label: str
    number_display: str
    birth_date: date | None
    protected: bool
    masked: bool
    case_number: str
    status: str
    given_name: str
    family_name: str
    version: int
    may_open: bool = False
    merged_into: UUID | None = None
    status_on: date | None = None

    @property
    def deceased(self) -> bool:
        """Say whether the person has died: no new decision may be made (SS 12000 Avliden)."""
        return self.status == "Avliden"


@dataclass(frozen=True, slots=True)
class PersonSearch:
    """The answer of a search.

    `number_display` and `number`, its normal form, are the number searched for, "" for a search by
    name. `never_enrolled` says
    that the number is right but nobody in scope has it: the answer is the same whether the number
    exists elsewhere or nowhere. `more` says that the limit cut the rows. `problems` say why the
    text could not be searched for.
    """

    rows: list[PersonRow]
    problems: list[Problem]
    number_display: str = ""
    number: str = ""
    never_enrolled: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One of a person's numbers; `valid_to` is inclusive, None for the one in use."""

    display: str
    kind: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """One enrolment within the actor's scope; `unit_name` is "" when the provider is all."""

    provider_id: UUID
    provider_name: str
    unit_name: str
    start_date: date
    end_date: date | None


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Everything about one person that the actor may see; masked persons show no number."""

    row: PersonRow
    protection: str
    email: str
    numbers: tuple[NumberRow, ...]
    enrolments: tuple[EnrolmentRow, ...]


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """A teacher on duty at a unit; `subjects` are the codes that the legitimation covers."""

    person_id: UUID
    name: str
    registered_teacher: bool
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody on duty at a unit."""

    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ServedUnit:
    """Where somebody of the staff serves or has served, and as what; days are inclusive."""

    unit_id: UUID
    unit_name: str
    role: str
    start_date: date
    end_date: date | None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One of the staff, for who keeps them: `duties` are those in reach, the latest first.

    `kept` says that the reader may change name and protection: not a masked person's, whose
    `protection` is "", and not a student's, who is kept where they study.
    """

    person: PersonRow
    protection: str
    kept: bool
    duties: tuple[ServedUnit, ...]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty at a unit and whose it is, masked for the reader; days are inclusive.

    `user_id` and `username` are of their account where the reader manages it and may know whose
    it is, else None and "".
    """

    id: UUID
    person: PersonRow
    role: str
    registered_teacher: bool
    subjects: tuple[str, ...]
    start_date: date
    end_date: date | None
    has_account: bool
    user_id: UUID | None
    username: str


@dataclass(frozen=True, slots=True)
class AccountPerson:
    """Whose an account is: `row` is None for a person not shown to the reader, and for nobody."""

    linked: bool
    row: PersonRow | None = None
