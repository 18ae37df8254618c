"""What stands beside a grade, and what a course demands there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a grade may need beside its value; see `models.GradeParticulars`."""

    exception_used: bool = False
    specialisation: str = ""
    language: str = ""
    project_title: str = ""
    project_summary: str = ""
    co_assessor: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """Which particulars the course's code demands."""

    specialisation: bool = False
    language: bool = False
    project: bool = False

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return self.specialisation or self.language or self.project
