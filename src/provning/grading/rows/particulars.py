"""What stands beside a grade, and what a course demands there."""

from dataclasses import dataclass, fields
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a grade may need beside its value; see `models.GradeParticulars`."""

    exception_used: bool = False
    specialisation: str = ""
    language: str = ""
    project_title: str = ""
    project_summary: str = ""
    co_assessor: str = ""

    def columns(self) -> dict[str, object]:
        """Return the values by the names of their columns."""
        return dict(zip(NAMES, VALUES(self), strict=True))


NAMES = tuple(field.name for field in fields(Particulars))
VALUES = attrgetter(*NAMES)
"""What stands beside a grade, in the order of the names, of whatever has it."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Which particulars the course's code demands."""

    specialisation: bool = False
    language: bool = False
    project: bool = False

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return self.specialisation or self.language or self.project
