"""What an authority would refuse or count wrongly, told of each prövning: pure."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.courses.kinds import Curriculum
from provning.kernel.grade_scales import ScaleFamily
from provning.reporting.layout import Target
from provning.reporting.rules import Judged, Severity, View, judge
from provning.reporting.rules.findings import Place
from provning.reporting.source import SourceRow
from provning.reporting.writing import cells_in, file_of
from tests.reporting.samples import (
    SAMORDNINGSNUMMER,
    VT26,
    WITHOUT_MONTH,
    row,
    view,
)

BY_SCB = view()


def found(judged: Judged) -> list[tuple[str, Severity, Place]]:
    return [(each.problem.code, each.severity, each.place) for each in judged.findings]


def cells(judged: Judged, at: View = BY_SCB) -> dict[str, str]:
    """Return the row's line by the names of the columns."""
    assert judged.line
    return dict(zip((each.name for each in at.columns), judged.line.cells, strict=True))


def test_a_row_in_order_is_written_column_for_column() -> None:
    judged = judge(row(), view())
    assert judged.findings == ()
    assert cells(judged) == {
        "System": "Prövning",
        "Datum": "2026-11-26",
        "Version": "0.1.0 utkast",
        "PersonNr": "196909092394",
        "Kurskod": "MATMAT03b",
        "Utbildningsniva": "3",
        "Poang": "100",
        "Verksamhetspoang": "0",
        "Kursstart": "2026-10-05",
        "Kursslut": "2026-10-05",
        "Forlaggning": "D",
        "Utbildningsanordnare": "2120000142",
        "Betyg": "C",
        "OrsakBetygSaknas": "",
        "Avbrott": "",
        "Avbrottsdatum": "",
        "ProvningValidering": "P1",
    }


@given(st.dates(date(2026, 8, 17), date(2026, 12, 18)))
def test_case_90_a_prövning_starts_and_ends_on_its_one_date(day: date) -> None:
    """Domain 7.7 case 90: PRÖ rows need start = end."""
    line = cells(judge(row(exam_date=day), BY_SCB))
    assert line["Kursstart"] == line["Kursslut"] == day.isoformat()


@pytest.mark.parametrize("outcome", ["absent", "incomplete", "no_identification", ""])
def test_case_90_a_missing_grade_has_the_code_of_its_reason(outcome: str) -> None:
    """Domain 7.7 case 90: reason code when the grade is missing."""
    key = ("no_grade", outcome or "waiting")
    known = view(codes={**BY_SCB.codes, key: "7"})

    line = cells(judge(row(grade="", decision_id=None, outcome=outcome), known))

    assert (line["Betyg"], line["OrsakBetygSaknas"]) == ("", "7")


def test_case_90_a_reason_nobody_knows_the_code_of_stays_blank_and_says_so() -> None:
    judged = judge(row(grade="", decision_id=None, outcome="absent"), view())
    assert judged.line
    assert cells(judged)["OrsakBetygSaknas"] == ""
    assert judged.line.unknown == (("no_grade", "absent"),)


def test_case_91_the_remark_p_stands_on_each_grade_of_who_is_no_pupil_of_gymnasieskolan() -> None:
    """Domain 7.7 case 91: "P" remark rule, no gymnasieelev flag."""
    at = view(Target.UHR)
    line = cells(judge(row(), at), at)
    assert (line["Anmarkning"], line["ElevIGymnasieskolan"]) == ("P", "Nej")


def test_case_91_the_remark_is_the_organisers_where_it_has_written_another() -> None:
    at = view(Target.UHR, codes={("trial", "trial"): "X"})
    assert cells(judge(row(), at), at)["Anmarkning"] == "X"


def test_only_grades_at_upper_secondary_level_go_to_uhr() -> None:
    at = view(Target.UHR)
    basic = row(curriculum=Curriculum.BASIC, scale_family=ScaleFamily.BASIC, grade="G")
    assert [judge(each, at).line for each in (basic, row(grade="", decision_id=None))] == [None] * 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": ""}, ("report-number-missing", Severity.STOP, Place.PERSON)),
        ({"number": "20001231T123"}, ("report-number-form", Severity.STOP, Place.PERSON)),
        ({"number": "20001231TF10"}, ("report-number-temporary", Severity.CHECK, Place.PERSON)),
        ({"number": WITHOUT_MONTH}, ("report-number-odd", Severity.CHECK, Place.PERSON)),
        (
            {"protected": True},
            ("report-protected-left-out", Severity.LEFT_OUT, Place.PERSON),
        ),
        (
            {"exam_date": date(2026, 8, 10)},
            ("report-date-outside-group", Severity.CHECK, Place.GROUP),
        ),
        (
            {"grade": "", "decision_id": None},
            ("report-grade-late", Severity.CHECK, Place.GRADES),
        ),
        (
            {"grade": "", "decision_id": None, "exam_date": date(2026, 11, 20)},
            ("report-grade-waiting", Severity.CHECK, Place.GRADES),
        ),
        (
            {"grade": "", "decision_id": None, "exam_date": date(2026, 12, 1)},
            ("report-exam-ahead", Severity.CHECK, Place.GRADES),
        ),
        ({"outcome": "absent"}, ("report-grade-and-outcome", Severity.CHECK, Place.GRADES)),
        (
            {"scale_family": ScaleFamily.BASIC},
            ("report-outside-scale", Severity.STOP, Place.GRADES),
        ),
        ({"supervised": False}, ("report-teacher-missing", Severity.CHECK, Place.GROUP)),
        ({"has_twin": True}, ("report-twin", Severity.CHECK, Place.GROUP)),
        ({"points": None}, ("report-points-missing", Severity.CHECK, Place.GROUP)),
        ({"provider_number": ""}, ("report-provider-number", Severity.CHECK, Place.NOWHERE)),
        ({"course_code": "MAT;03"}, ("report-value-unfit", Severity.STOP, Place.PERSON)),
    ],
)
def test_each_fault_is_told_alone_with_where_to_mend_it(
    changes: dict[str, Any], expected: tuple[str, Severity, Place]
) -> None:
    assert found(judge(row(**changes), view())) == [expected]


def test_the_limit_of_a_grade_is_the_day_itself_included() -> None:
    waiting = row(grade="", decision_id=None, exam_date=date(2026, 11, 12))
    assert [each.problem.code for each in judge(waiting, view()).findings] == [
        "report-grade-waiting"
    ]
    assert [
        each.problem.code for each in judge(waiting, view(today=date(2026, 11, 27))).findings
    ] == ["report-grade-late"]


def test_a_date_of_another_half_year_is_told_with_the_term() -> None:
    judged = judge(row(exam_date=date(2027, 1, 4)), view())
    assert [each.problem.code for each in judged.findings] == [
        "report-date-outside-term",
        "report-counted-elsewhere",
    ]
    assert judged.findings[0].problem.text == (
        "Prövningsdatumet 2027-01-04 ligger utanför höstterminen 2026, som gruppen hör till. Rätta"
        " datumet, eller flytta prövningen till rätt termins grupp."
    )
    assert judged.line is None


def test_the_last_days_of_june_are_counted_to_the_autumn_by_scb() -> None:
    """Interop 5.1: SCB's periods are cut on weeks."""
    june = row(
        exam_date=date(2026, 6, 30),
        season="VT",
        start_date=date(2026, 1, 8),
        end_date=date(2026, 6, 30),
    )
    spring, autumn = judge(june, view(term=VT26)), judge(june, view())

    assert spring.line is None
    assert [each.problem.text for each in spring.findings] == [
        "SCB räknar 2026-06-30 till höstterminen 2026. Raden kommer med i den filen i stället,"
        " inte i den här."
    ]
    assert autumn.line
    assert [each.problem.code for each in autumn.findings] == ["report-counted-here"]


def test_a_fault_in_a_row_that_is_not_in_the_file_stops_nothing() -> None:
    hidden = judge(row(protected=True, scale_family=ScaleFamily.BASIC), view())
    assert [(each.problem.code, each.severity) for each in hidden.findings] == [
        ("report-protected-left-out", Severity.LEFT_OUT),
        ("report-outside-scale", Severity.CHECK),
    ]


def test_protected_persons_are_in_the_file_where_policy_says_so() -> None:
    judged = judge(row(protected=True), view(protected_in=True))
    assert judged.line
    assert [each.problem.code for each in judged.findings] == ["report-protected-included"]


def test_a_number_beda_does_not_take_leaves_the_row_out() -> None:
    """Domain 7.3 case 22: transfer to Beda is manual."""
    judged = judge(row(number=SAMORDNINGSNUMMER), view(Target.UHR))
    assert judged.line is None
    assert [each.problem.code for each in judged.findings] == ["report-number-manual"]


def test_what_uhr_must_have_stops_and_what_it_should_have_is_looked_at() -> None:
    judged = judge(row(points=None, unit_code=""), view(Target.UHR))
    assert [(each.problem.code, each.severity) for each in judged.findings] == [
        ("report-points-missing", Severity.STOP),
        ("report-unit-code", Severity.CHECK),
    ]


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@given(
    st.builds(
        row,
        given_name=TEXTS,
        family_name=TEXTS,
        course_name=TEXTS,
        course_code=TEXTS,
        unit_name=TEXTS,
        grade=st.sampled_from(["", "A", "F", "Q", "IG"]),
        points=st.none() | st.integers(0, 99999),
        outcome=st.sampled_from(["", "absent"]),
        number=st.sampled_from(["", SAMORDNINGSNUMMER, "196909092394", "20001231T123"]),
        exam_date=st.dates(date(2026, 1, 1), date(2027, 3, 1)),
        protected=st.booleans(),
    ),
    st.sampled_from(Target),
)
def test_what_is_written_without_a_stop_is_read_back_cell_for_cell(
    each: SourceRow, target: Target
) -> None:
    at = view(target)
    judged = judge(each, at)
    if judged.line is None:
        assert all(finding.severity is not Severity.STOP for finding in judged.findings)
    elif all(finding.severity is not Severity.STOP for finding in judged.findings):
        content = file_of([judged.line.text], at.columns)
        assert cells_in(content) == [cells(judged, at)]
        assert judged.line.unfit == ()
