"""From decisions to sheets: order, marks and remarks, whatever order the decisions come in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.catalogues.compiling import (
    Facts,
    Head,
    compile_parts,
    count_decisions,
    numbered,
    says_the_same,
)
from provning.catalogues.content import CatalogueContent, Mark
from provning.catalogues.rules import document_ids
from provning.courses.kinds import Curriculum, Kind
from provning.courses.rows import CourseRow
from provning.grading.rows import DecisionRow, Particulars, Previous
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.terms import Term
from provning.organisation.rows import UnitRow
from provning.people.rows import PersonRow

HT26 = Term.parse("HT26")
EXAM = date(2026, 10, 5)
UNIT = UnitRow(
    id=UUID(int=1),
    name="Komvux Centrum",
    code="12345678",
    provider_id=UUID(int=2),
    provider_name="Centrum",
    provider_kind="internal",
    organiser_id=UUID(int=3),
    organiser_name="Sjöstad",
    municipality_code="0199",
    municipality_name="Sjöstad",
    principal_name="Rut Rektor",
    grading_right_from=None,
    grading_right_to=None,
)
HEAD = Head(UNIT, HT26, preliminary=False, issued_on=date(2027, 1, 4))
FAMILY_NAMES = ("Östlund", "Åkesson", "Ärlig", "Berg", "berg", "Zetterberg", "")


def course(curriculum: Curriculum = Curriculum.GY11, level: str = "") -> CourseRow:
    return CourseRow(
        id=UUID(int=10),
        code="MATMAT03b",
        name="Matematik 3b",
        subject_code="MAT",
        subject_name="Matematik",
        points=100,
        curriculum=curriculum,
        kind=Kind.COURSE,
        level=level,
        scale_family=ScaleFamily.UPPER_SECONDARY,
        valid_from=None,
        valid_to=None,
        is_historic=False,
        in_adult_education=True,
    )


def person(number: int, family: str = "Berg", *, protected: bool = False) -> PersonRow:
    return PersonRow(
        id=UUID(int=1000 + number),
        label=f"{family}, Ada",
        number_display=f"199001{number:02d}-1234",
        birth_date=None,
        protected=protected,
        masked=False,
        case_number="",
        status="Aktiv",
        given_name="Ada",
        family_name=family,
        version=1,
    )


def decision(of: PersonRow, **changes: object) -> DecisionRow:
    row = DecisionRow(
        id=uuid4(),
        placement_id=uuid4(),
        group_id=UUID(int=20),
        group_name="PRÖ:KC26HTMAT03B",
        group_number=1,
        unit_id=UUID(int=40),
        unit_name="Komvux Centrum",
        course_id=UUID(int=10),
        course_code="MATMAT03b",
        course_name="Matematik 3b",
        points=100,
        person_id=of.id,
        exam_date=EXAM,
        value="B",
        scale_id="AF_GY",
        decided_by_id=UUID(int=30),
        decided_by_name="Karin Wallgren",
        decider_role="LÄRARE",
        joint=(),
        registered_by_name="Karin Wallgren",
        decided_at=datetime(2026, 10, 12, tzinfo=UTC),
        correction_type="",
        ground="",
        reason="",
        hearing="",
        particulars=Particulars(),
        previous=None,
        successor=None,
        covered_by=None,
    )
    return replace(row, **changes)  # type: ignore[arg-type] # any of its fields


def compiled(
    persons: list[PersonRow], decisions: list[DecisionRow], of: CourseRow | None = None
) -> dict[bool, CatalogueContent]:
    examined = of or course()
    facts = Facts({each.id: each for each in persons}, {examined.id: examined})
    return compile_parts(HEAD, decisions, facts)


@given(st.permutations(range(len(FAMILY_NAMES))))
def test_the_order_of_the_decisions_changes_nothing(order: list[int]) -> None:
    persons = [person(number, name) for number, name in enumerate(FAMILY_NAMES, start=1)]
    decisions = [replace(decision(each), id=UUID(int=each.id.int)) for each in persons]

    content = compiled(persons, [decisions[place] for place in order])[False]

    assert content == compiled(persons, decisions)[False]
    (sheet,) = content.sheets
    assert [row.last_name for row in sheet.rows] == [
        "", "Berg", "berg", "Zetterberg", "Åkesson", "Ärlig", "Östlund",
    ]  # fmt: skip
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4, 5, 6, 7]


def test_what_is_decided_on_delegation_stands_on_its_own_sheet_and_is_signed_once() -> None:
    persons = [person(number) for number in range(1, 4)]
    reasons = ["Sjuk", "Sjuk. På delegation av Rut Rektor, Skollagen 2 kap. 10 §."]
    reasons.append(reasons[1].replace("Rut", "Rolf"))
    rows = [
        decision(each, decider_role="REKTOR", ground="hindered", reason=reason)
        for each, reason in zip(persons, reasons, strict=True)
    ]
    content = compiled(persons, rows)[False]
    assert [(each.decider.delegated_by, len(each.rows)) for each in content.sheets] == [
        ("", 1), ("Rolf Rektor", 1), ("Rut Rektor", 1),
    ]  # fmt: skip
    assert [each.words for each in content.signers] == ["rektor"]
    delegated = compiled(persons[1:], rows[1:])[False]
    assert [each.words for each in delegated.signers] == ["på rektors delegation"]


def test_every_decision_is_printed_once() -> None:
    persons = [person(number, protected=number % 3 == 0) for number in range(1, 10)]
    parts = compiled(persons, [decision(each) for each in persons for _ in range(2)])

    assert {key: count_decisions(part) for key, part in parts.items()} == {False: 12, True: 6}
    assert len(parts[True].sheets) == 3


@pytest.mark.parametrize("kind", ["Rättelse", "Ändring"])
def test_a_corrected_grade_says_what_it_was(kind: str) -> None:
    who = person(1)
    row = decision(who, correction_type=kind, previous=Previous("C", EXAM, "MATMAT03b"))

    (sheet,) = compiled([who], [row])[False].sheets

    assert sheet.rows[0].marks == (Mark.TRIAL, Mark(kind))
    assert sheet.rows[0].remarks == "Tidigare betyg C från 2026-10-05"


@pytest.mark.parametrize(
    ("curriculum", "level", "covered"),
    [
        (Curriculum.GY25, "1", "1"),
        (Curriculum.GY25, "1b", "1b"),
        (Curriculum.GY25, "3", "1–3"),
        (Curriculum.GY25, "2c", "1–2c"),
        (Curriculum.GY25, "", ""),
        (Curriculum.GY11, "3", ""),
    ],
)
def test_a_grade_on_a_higher_level_covers_the_lower(
    curriculum: Curriculum, level: str, covered: str
) -> None:
    who = person(1)

    (sheet,) = compiled([who], [decision(who)], course(curriculum, level))[False].sheets

    assert sheet.levels == covered


def test_the_number_the_version_and_the_day_are_not_what_a_catalogue_says() -> None:
    who = person(1)
    content = compiled([who], [decision(who)])[False]
    later = replace(numbered(content, "BK-2", 2, content), issued_on=date(2027, 6, 1))

    assert says_the_same(content, later)
    assert not says_the_same(content, replace(later, preliminary=True))


def test_document_ids_tell_preliminary_and_protected_apart() -> None:
    def first(*, preliminary: bool, protected: bool) -> str:
        labels = iter(["12345678"])
        found = document_ids(labels, HT26, 2, preliminary=preliminary, protected=protected)
        return next(found)

    assert first(preliminary=False, protected=False) == "BK-12345678-HT26-2"
    assert first(preliminary=True, protected=False) == "BK-12345678-HT26-P2"
    assert first(preliminary=False, protected=True) == "BK-12345678-HT26-2-S"
    assert first(preliminary=True, protected=True) == "BK-12345678-HT26-P2-S"
