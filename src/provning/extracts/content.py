"""What an extract says: a frozen snapshot that is stored as JSON beside the document.

Columns as municipalities use them, for courses and for levels of a subject (Förordning 2011:1108
4 kap. 12, 12 b och 22 §§). The snapshot is pure: the same content always gives the same JSON,
digest and document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from provning.catalogues.content import Mark, Snapshot, read_back
from provning.catalogues.content.reading import (
    a_bool,
    a_date,
    a_text,
    mappings,
    optional_whole_number,
    texts,
)


class RemarkKind(StrEnum):
    """What a line of Övriga upplysningar speaks of; the words for it follow from the language."""

    SPECIALISATION = "specialisation"
    LANGUAGE = "language"
    PROJECT = "project"
    REPLACED = "replaced"
    QUALIFICATION = "qualification"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: the specialisation, the language, the project, the code that replaces the grade.

    `text` is the qualification's level, in digits, for the kind that tells of one.
    """

    kind: RemarkKind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One grade: `name` is the course or the subject, `levels` the levels it covers, "" for none.

    `points` are those of every level that the grade covers, None where they are not fixed.
    `name_en` is "" where there is no English name.
    """

    decision_id: str
    name: str
    name_en: str
    code: str
    levels: str
    points: int | None
    grade: str
    grade_date: date
    scale_label: str
    marks: tuple[Mark, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The grades of one level of the school form, by courses or by levels of subjects (Gy25)."""

    school_level: str
    by_level: bool
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        """Refuse a heading over nothing."""
        if not self.lines:
            message = f"the section {self.school_level} has no grades"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class ExtractContent(Snapshot):
    """Utdrag ur betygskatalogen for one person.

    The unit's fields and `provider_name` are "" when the home municipality issues. `copy_of`,
    `copied_on` and `replaces` are "" and None on a first original.
    """

    WRITTEN_AS: ClassVar = "provning-utdrag-1"

    document_id: str
    copy_of: str
    copied_on: date | None
    replaces: str
    english: bool
    organiser: str
    municipality: str
    municipality_code: str
    unit_name: str
    provider_name: str
    unit_code: str
    principal_name: str
    school_form: str
    issued_on: date
    identity_number: str
    last_name: str
    first_name: str
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        """Refuse an extract of nothing."""
        if not self.sections:
            message = f"the extract {self.document_id} holds no grade"
            raise ValueError(message)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every grade, in the order of the pages."""
        return tuple(line for section in self.sections for line in section.lines)


def from_json(text: str) -> ExtractContent:
    """Return the content that the text was made from, or raise `ValueError` when it is not one."""
    return read_back(ExtractContent, text, _content)


def _content(data: Mapping[str, object]) -> ExtractContent:
    """Read the extract."""
    return ExtractContent(
        document_id=a_text(data, "document_id"),
        copy_of=a_text(data, "copy_of"),
        copied_on=None if data.get("copied_on", "") is None else a_date(data, "copied_on"),
        replaces=a_text(data, "replaces"),
        english=a_bool(data, "english"),
        organiser=a_text(data, "organiser"),
        municipality=a_text(data, "municipality"),
        municipality_code=a_text(data, "municipality_code"),
        unit_name=a_text(data, "unit_name"),
        provider_name=a_text(data, "provider_name"),
        unit_code=a_text(data, "unit_code"),
        principal_name=a_text(data, "principal_name"),
        school_form=a_text(data, "school_form"),
        issued_on=a_date(data, "issued_on"),
        identity_number=a_text(data, "identity_number"),
        last_name=a_text(data, "last_name"),
        first_name=a_text(data, "first_name"),
        sections=tuple(_section(each) for each in mappings(data, "sections")),
    )


def _section(data: Mapping[str, object]) -> Section:
    """Read one section."""
    return Section(
        school_level=a_text(data, "school_level"),
        by_level=a_bool(data, "by_level"),
        lines=tuple(_line(each) for each in mappings(data, "lines")),
    )


def _line(data: Mapping[str, object]) -> Line:
    """Read one grade."""
    return Line(
        decision_id=a_text(data, "decision_id"),
        name=a_text(data, "name"),
        name_en=a_text(data, "name_en"),
        code=a_text(data, "code"),
        levels=a_text(data, "levels"),
        points=optional_whole_number(data, "points"),
        grade=a_text(data, "grade"),
        grade_date=a_date(data, "grade_date"),
        scale_label=a_text(data, "scale_label"),
        marks=tuple(Mark(mark) for mark in texts(data, "marks")),
        remarks=tuple(
            Remark(RemarkKind(a_text(each, "kind")), a_text(each, "text"))
            for each in mappings(data, "remarks")
        ),
    )
