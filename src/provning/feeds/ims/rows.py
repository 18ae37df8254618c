"""What a snapshot says, as frozen rows in the file's order: header, persons, groups, members."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from provning.kernel.problems import Problem


class RoleType(StrEnum):
    """What a member is in a group, by the format's codes; other codes are read as they stand."""

    LEARNER = "01"
    INSTRUCTOR = "02"
    MEMBER = "04"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The file's beginning: whose it is, and when it was taken; without a zone in local time."""

    source: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImsPerson:
    """A person; `number` is the identity number, "" where it is missing or kept from view."""

    id: str
    family_name: str
    given_name: str
    number: str = ""
    protected: bool = False
    deleted: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImsGroup:
    """A group: its name travels in description/short, so that the prefix does."""

    id: str
    name: str
    kind: str
    begin: date | None = None
    end: date | None = None
    school_types: tuple[str, ...] = ()
    school_unit_code: str = ""
    deleted: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImsMember:
    """One membership: a person, or a group, in a group, in a role and for a time."""

    group: str
    member: str
    is_group: bool
    role: str
    active: bool = True
    begin: date | None = None
    end: date | None = None
    course_code: str = ""
    deleted: bool = False
    place: int = 0


ImsPart: TypeAlias = Snapshot | ImsPerson | ImsGroup | ImsMember | Problem
