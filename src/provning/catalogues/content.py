"""What a betygskatalog says: a frozen snapshot that is stored as JSON beside the document.

Fields as in Förordning (2011:1108) 4 kap. 11 § and the layouts that municipalities use. The
snapshot is pure: the same content always gives the same JSON, digest and document.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum

from provning.catalogues.reading import (
    a_bool,
    a_date,
    a_text,
    a_whole_number,
    mappings,
    optional_text,
    optional_whole_number,
    texts,
)

FORMAT = "provning-betygskatalog-1"


class Mark(StrEnum):
    """What stands in the column Markering, beside the grade."""

    TRIAL = "Prövning"
    CORRECTION = "Rättelse"
    AMENDMENT = "Ändring"
    REPLACED = "Ersatt"


@dataclass(frozen=True, slots=True)
class Row:
    """One grade decision.

    `identity_number` is the display form ÅÅÅÅMMDD-NNNN. `remarks` (Övriga upplysningar) holds
    specialisation, language, the title of a komvuxarbete, the earlier grade after a rättelse.
    """

    number: int
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
    """What one person signs: one decider, one course, every decision of the term.

    `decider_role` is written as in running text (betygssättande lärare, rektor). `co_signer` is the
    legitimated teacher when the decider is not legitimated: both sign (Skollagen 3 kap. 16 §).
    `level` is the level of the school form (gymnasial nivå); `levels` names the levels in the
    subject that the grade covers (Skollagen 20 kap. 35 a §). "" where there is none.
    """

    group_name: str
    course_name: str
    course_code: str
    points: int | None
    level: str
    levels: str
    scale_label: str
    decider_name: str
    decider_role: str
    co_signer: str | None
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """Refuse a sheet without decisions: there would be nothing to sign."""
        if not self.rows:
            message = f"the sheet of {self.group_name} has no rows"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class CatalogueContent:
    """Betygskatalog for one unit and term: the ordinary part or the protected part.

    In the protected part every sheet speaks of one person alone, so that no page is shared.
    """

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

    def __post_init__(self) -> None:
        """Refuse an empty catalogue, and a protected person who would share a page."""
        if not self.sheets:
            message = f"the catalogue {self.document_id} has no sheets"
            raise ValueError(message)
        if self.protected and not all(map(_one_person, self.sheets)):
            message = "a protected person shares a sheet with somebody else"
            raise ValueError(message)

    def to_json(self) -> str:
        """Return the canonical JSON: sorted keys, no spaces, å ä ö as themselves, ISO dates."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso
        )

    @property
    def content_sha256(self) -> str:
        """Return the digest of the canonical JSON in UTF-8."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def from_json(text: str) -> CatalogueContent:
    """Return the content that the text was made from, or raise `ValueError` when it is not one."""
    data: object = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        message = f"the text is not in the format {FORMAT}"
        raise ValueError(message)
    content = _content(data)
    # What cannot be written back exactly as it was read is not the snapshot that was digested.
    if content.to_json() != text:
        message = "the text is not the canonical form of its content"
        raise ValueError(message)
    return content


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


def _iso(value: object) -> str:
    """Write a date; nothing else may need help."""
    if isinstance(value, date):
        return value.isoformat()
    message = f"{type(value).__name__} has no place in a catalogue"
    raise TypeError(message)


def _content(data: Mapping[str, object]) -> CatalogueContent:
    """Read the catalogue."""
    return CatalogueContent(
        document_id=a_text(data, "document_id"),
        version=a_whole_number(data, "version"),
        preliminary=a_bool(data, "preliminary"),
        protected=a_bool(data, "protected"),
        organiser=a_text(data, "organiser"),
        municipality=a_text(data, "municipality"),
        municipality_code=a_text(data, "municipality_code"),
        unit_name=a_text(data, "unit_name"),
        provider_name=a_text(data, "provider_name"),
        unit_code=a_text(data, "unit_code"),
        term_label=a_text(data, "term_label"),
        school_form=a_text(data, "school_form"),
        issued_on=a_date(data, "issued_on"),
        sheets=tuple(_sheet(each) for each in mappings(data, "sheets")),
    )


def _sheet(data: Mapping[str, object]) -> Sheet:
    """Read one sheet."""
    return Sheet(
        group_name=a_text(data, "group_name"),
        course_name=a_text(data, "course_name"),
        course_code=a_text(data, "course_code"),
        points=optional_whole_number(data, "points"),
        level=a_text(data, "level"),
        levels=a_text(data, "levels"),
        scale_label=a_text(data, "scale_label"),
        decider_name=a_text(data, "decider_name"),
        decider_role=a_text(data, "decider_role"),
        co_signer=optional_text(data, "co_signer"),
        rows=tuple(_row(each) for each in mappings(data, "rows")),
    )


def _row(data: Mapping[str, object]) -> Row:
    """Read one decision."""
    return Row(
        number=a_whole_number(data, "number"),
        identity_number=a_text(data, "identity_number"),
        last_name=a_text(data, "last_name"),
        first_name=a_text(data, "first_name"),
        grade=a_text(data, "grade"),
        grade_date=a_date(data, "grade_date"),
        marks=tuple(Mark(mark) for mark in texts(data, "marks")),
        remarks=a_text(data, "remarks"),
    )
