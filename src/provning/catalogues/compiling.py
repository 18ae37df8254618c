"""From decisions to the sheets of a catalogue: pure, the same decisions give the same sheets.

One sheet for each group and each person who decided in it, since that is what one person signs;
what somebody decided on a rektor's delegation stands on a sheet of its own, which says so.
Sheets stand in Swedish order of course and group, the teacher's before a principal's. Rows stand in
Swedish order of family and given name, as on the grade sheet that the signer compares with; the
archive's order by personnummer belongs to the delivery list, not to the catalogue.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from uuid import UUID

from provning.catalogues.content import (
    CatalogueContent,
    Row,
    Sheet,
    Signer,
    SignerRole,
    split_per_person,
)
from provning.catalogues.differences import with_changes
from provning.catalogues.remarks import marks_of, remarks_of
from provning.courses.kinds import Curriculum
from provning.courses.rows import CourseRow
from provning.grading.rows import DecisionRow
from provning.kernel.grade_scales import SCALES
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Term
from provning.organisation.rows import UnitRow
from provning.people.queries import PersonRow

SCHOOL_FORM = "Kommunal vuxenutbildning"
LEVELS = {
    Curriculum.GY11: "gymnasial nivå",
    Curriculum.GY25: "gymnasial nivå",
    Curriculum.ADULT_UPPER: "gymnasial nivå",
    Curriculum.BASIC: "grundläggande nivå",
    Curriculum.SFI: "svenska för invandrare",
    Curriculum.ADAPTED_BASIC: "anpassad utbildning på grundläggande nivå",
    Curriculum.ADAPTED_UPPER: "anpassad utbildning på gymnasial nivå",
}
SCALE_LABELS = {scale.id: scale.label for scales in SCALES.values() for scale in scales}
UNSET_DAY = date.min


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every sheet of the catalogue."""

    unit: UnitRow
    term: Term
    preliminary: bool
    issued_on: date
    attested_by: Signer | None = None
    teacher: Signer | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The persons and courses that the decisions speak of, by id."""

    persons: Mapping[UUID, PersonRow]
    courses: Mapping[UUID, CourseRow]


def compile_parts(
    head: Head, decisions: Iterable[DecisionRow], facts: Facts
) -> dict[bool, CatalogueContent]:
    """Return the catalogue's parts, by whether they are the protected one; empty ones are left out.

    Document id and version are still to be set (`numbered`).
    """
    sheets: defaultdict[bool, list[DecisionRow]] = defaultdict(list)
    for decision in decisions:
        sheets[facts.persons[decision.person_id].protected].append(decision)
    return {
        protected: _content(head, _sheets(rows, facts, protected=protected), protected=protected)
        for protected, rows in sorted(sheets.items())
    }


def numbered(
    content: CatalogueContent, document_id: str, version: int, before: CatalogueContent | None
) -> CatalogueContent:
    """Return the content as it is printed: with id, version and what differs from the last."""
    changed = with_changes(content, before) if before else content
    return replace(changed, document_id=document_id, version=version)


def says_the_same(one: CatalogueContent, other: CatalogueContent) -> bool:
    """Say whether two contents differ only in id, version, day of the print and what follows."""
    return _substance(one) == _substance(other)


def count_decisions(content: CatalogueContent) -> int:
    """Return how many decisions the catalogue holds."""
    return sum(len(sheet.rows) for sheet in content.sheets)


def _substance(content: CatalogueContent) -> CatalogueContent:
    """Return what the catalogue says, without what follows from when it was printed."""
    return replace(
        content,
        document_id="",
        version=0,
        issued_on=UNSET_DAY,
        replaces="",
        notes=(),
        sheets=tuple(replace(sheet, changes=()) for sheet in content.sheets),
    )


def _content(head: Head, sheets: tuple[Sheet, ...], *, protected: bool) -> CatalogueContent:
    """Return one part of the catalogue, not yet numbered."""
    unit = head.unit
    return CatalogueContent(
        document_id="",
        version=0,
        preliminary=head.preliminary,
        protected=protected,
        organiser=unit.organiser_name,
        municipality=unit.municipality_name,
        municipality_code=unit.municipality_code,
        unit_name=unit.name,
        provider_name=unit.provider_name,
        unit_code=unit.code,
        term_label=head.term.label,
        school_form=SCHOOL_FORM,
        issued_on=head.issued_on,
        sheets=sheets,
        attested_by=head.attested_by,
        teacher=head.teacher,
    )


def _sheets(rows: list[DecisionRow], facts: Facts, *, protected: bool) -> tuple[Sheet, ...]:
    """Return the sheets in the order of the pages."""
    grouped: defaultdict[tuple[object, ...], list[DecisionRow]] = defaultdict(list)
    for row in sorted(rows, key=_sheet_order):
        grouped[_signed_together(row)].append(row)
    sheets = [_sheet(each, facts) for each in grouped.values()]
    if protected:
        return tuple(part for sheet in sheets for part in split_per_person(sheet))
    return tuple(sheets)


def _signed_together(row: DecisionRow) -> tuple[object, ...]:
    """Return what the rows of one sheet have in common."""
    return (
        row.group_id,
        row.decided_by_id,
        row.decider_role,
        row.delegated_by,
        row.joint,
        row.scale_id,
        row.course_code,
    )


def _sheet_order(row: DecisionRow) -> tuple[object, ...]:
    """Return the place of a row's sheet among the sheets."""
    return (
        sort_key(row.course_name),
        row.course_code,
        row.group_number,
        row.group_name,
        row.decider_role != "LÄRARE",
        sort_key(row.decided_by_name),
        str(row.decided_by_id),
        row.delegated_by,
        [(sort_key(name), str(person)) for person, name in row.joint],
    )


def _sheet(rows: list[DecisionRow], facts: Facts) -> Sheet:
    """Return what one person signs."""
    first = rows[0]
    course = facts.courses[first.course_id]
    ordered = sorted(rows, key=lambda row: _row_order(row, facts.persons[row.person_id]))
    return Sheet(
        group_name=first.group_name,
        course_name=first.course_name,
        course_code=first.course_code,
        points=first.points,
        level=LEVELS[course.curriculum],
        levels=_covered(course),
        scale_label=SCALE_LABELS.get(first.scale_id, ""),
        decider=Signer(
            str(first.decided_by_id),
            first.decided_by_name,
            SignerRole(first.decider_role),
            first.delegated_by,
        ),
        co_signers=tuple(
            Signer(str(person), name, SignerRole.JOINT) for person, name in first.joint
        ),
        rows=tuple(
            _row(number, row, facts.persons[row.person_id])
            for number, row in zip(count(1), ordered, strict=False)
        ),
    )


def _covered(course: CourseRow) -> str:
    """Return the levels of the subject that a grade covers: 1–3 for level 3, 1b for level 1b.

    A grade on a higher level of Gy25 covers the lower ones (Skollagen 20 kap. 35 a §).
    """
    if course.curriculum is not Curriculum.GY25 or not course.level:
        return ""
    return course.level if course.level[0] in {"0", "1"} else f"1–{course.level}"


def _row_order(row: DecisionRow, person: PersonRow) -> tuple[object, ...]:
    """Return the place of a row on its sheet."""
    name = sort_key(f"{person.family_name} {person.given_name}")
    return (name, person.number_display, row.exam_date, row.decided_at, str(row.id))


def _row(number: int, decision: DecisionRow, person: PersonRow) -> Row:
    """Return one decision as it is printed."""
    return Row(
        number=number,
        decision=str(decision.id),
        identity_number=person.number_display,
        last_name=person.family_name,
        first_name=person.given_name,
        grade=decision.value,
        grade_date=decision.exam_date,
        marks=marks_of(decision),
        remarks=remarks_of(decision),
    )
