"""What is added beside a grade: marks, and sentences of what it was and what became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from provning.catalogues.content import Mark
from provning.catalogues.remarks import marks_of, remarks_of
from provning.grading.replacement import Standing
from provning.grading.rows import DecisionRow, Particulars, Previous, Successor
from tests.catalogues.test_compiling import EXAM, decision, person

NEW_DAY = date(2026, 10, 6)
LATE_EVENING = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
CORRECTED = Successor(
    decision_id=UUID(int=7),
    correction_type="Rättelse",
    value="C",
    exam_date=EXAM,
    course_code="MATMAT03b",
    decided_by_name="Rut Rektor",
    decided_at=LATE_EVENING,
)
HIGHER = Standing(
    UUID(int=8), UUID(int=9), "MATO2000X", "MATO", "2", "C", "AF_GY", date(2027, 1, 4)
)


def one(**changes: object) -> DecisionRow:
    return decision(person(1), **changes)


def test_a_first_decision_is_a_prövning_and_nothing_more() -> None:
    assert (marks_of(one()), remarks_of(one())) == ((Mark.TRIAL,), "")


def test_the_original_of_a_rättelse_says_to_what_when_in_swedish_time_and_by_whom() -> None:
    row = one(value="D", successor=CORRECTED)

    assert marks_of(row) == (Mark.TRIAL, Mark.CORRECTED)
    assert remarks_of(row) == "Rättat till C 2026-11-30 av rektor Rut Rektor"


def test_the_original_of_an_ändring_names_who_amended_it() -> None:
    amended = replace(CORRECTED, correction_type="Ändring", decided_by_name="Karin Wallgren")
    row = one(value="D", successor=amended)

    assert marks_of(row) == (Mark.TRIAL, Mark.AMENDED)
    assert remarks_of(row) == "Ändrat till C 2026-11-30 av Karin Wallgren"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"value": "D", "exam_date": NEW_DAY},
            "Rättat till prövningsdatum 2026-10-06 den 2026-11-30",
        ),
        ({"value": "D", "course_code": "MATMAT02b"}, "Rättat till kurs MATMAT02b den 2026-11-30"),
        (
            {"value": "C", "exam_date": NEW_DAY, "course_code": "MATMAT02b"},
            "Rättat till C, prövningsdatum 2026-10-06, kurs MATMAT02b den 2026-11-30",
        ),
        ({"value": "D"}, "Rättat till D 2026-11-30"),
    ],
)
def test_a_wrong_date_or_course_is_told_as_what_it_was(
    changes: dict[str, object], said: str
) -> None:
    row = one(value="D", successor=replace(CORRECTED, **changes))  # type: ignore[arg-type] # any

    assert remarks_of(row) == f"{said} av rektor Rut Rektor"


@pytest.mark.parametrize(
    ("kind", "mark"), [("Rättelse", Mark.CORRECTION), ("Ändring", Mark.AMENDMENT)]
)
def test_the_new_decision_says_what_the_grade_was(kind: str, mark: Mark) -> None:
    row = one(correction_type=kind, previous=Previous("D", EXAM, "MATMAT03b"))

    assert (marks_of(row), remarks_of(row)) == (
        (Mark.TRIAL, mark),
        "Tidigare betyg D från 2026-10-05",
    )


def test_a_new_decision_in_another_course_says_in_which_the_grade_was() -> None:
    row = one(correction_type="Rättelse", previous=Previous("D", EXAM, "MATMAT02b"))

    assert remarks_of(row) == "Tidigare betyg D i MATMAT02b från 2026-10-05"


def test_a_replaced_grade_says_by_what() -> None:
    row = one(covered_by=HIGHER)

    assert marks_of(row) == (Mark.TRIAL, Mark.REPLACED)
    assert remarks_of(row) == "Ersatt av MATO2000X, nivå 2, betyg C från 2027-01-04"


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ("disagreement", "Beslutat av rektor: lärarna var oense (skollagen 20 kap. 41 §)"),
        ("left", "Beslutat av rektor: läraren har slutat"),
        ("hindered", "Beslutat av rektor: läraren var förhindrad"),
    ],
)
def test_rektors_ground_is_said(ground: str, said: str) -> None:
    assert remarks_of(one(decider_role="REKTOR", ground=ground)) == said


def test_particulars_are_said_but_never_the_exception_nor_the_reason_nor_the_hearing() -> None:
    row = one(
        particulars=Particulars(
            exception_used=True,
            specialisation="Japanska",
            language="Franska",
            project_title="Vattenrening",
            project_summary="Hur vatten renas.",
            co_assessor="Bo Ek",
        ),
        reason="Hade migrän",
        hearing="heard",
    )

    assert remarks_of(row) == (
        "Specialisering: Japanska. Språk: Franska. Komvuxarbete: Vattenrening. Hur vatten renas"
    )


def test_everything_is_said_in_one_order() -> None:
    row = one(
        value="D",
        particulars=Particulars(specialisation="Japanska"),
        correction_type="Ändring",
        previous=Previous("E", EXAM, "MATMAT03b"),
        ground="hindered",
        successor=CORRECTED,
        covered_by=HIGHER,
    )

    assert marks_of(row) == (Mark.TRIAL, Mark.AMENDMENT, Mark.CORRECTED, Mark.REPLACED)
    assert remarks_of(row) == (
        "Specialisering: Japanska. Tidigare betyg E från 2026-10-05."
        " Beslutat av rektor: läraren var förhindrad."
        " Rättat till C 2026-11-30 av rektor Rut Rektor."
        " Ersatt av MATO2000X, nivå 2, betyg C från 2027-01-04"
    )
