"""Which courses a prövning may be offered for, and when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.courses.kinds import Curriculum, Kind
from provning.courses.rules import GY11_LAST_DAY, course_problems, is_selectable, why_not
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import Problem
from tests.courses.registers import TODAY, course


def codes(problems: list[Problem]) -> list[str]:
    """Return the problems' codes."""
    return [problem.code for problem in problems]


@pytest.mark.parametrize("curriculum", list(Curriculum))
def test_every_graded_course_may_be_examined_sfi_and_anpassad_too(curriculum: Curriculum) -> None:
    assert course_problems(course(curriculum=curriculum), TODAY) == []


def test_an_orienteringskurs_is_never_examined() -> None:
    ungraded = course(kind=Kind.ORIENTATION, scale_family=ScaleFamily.UNGRADED)
    problems = course_problems(ungraded, TODAY)
    assert codes(problems) == ["course-ungraded"]
    assert problems[0].source == "Förordning (2011:1108) 4 kap. 7 §; Skollagen 20 kap. 40 §"


def test_an_ämnesområde_is_never_examined() -> None:
    ungraded = course(kind=Kind.SUBJECT_AREA, scale_family=ScaleFamily.UNGRADED)
    problems = course_problems(ungraded, TODAY)
    assert codes(problems) == ["course-ungraded"]
    assert problems[0].source == "Skollagen 20 kap. 35 och 40 §§"


def test_a_template_asks_for_the_full_code() -> None:
    problems = course_problems(course("MODY1000X", kind=Kind.TEMPLATE), TODAY)
    assert codes(problems) == ["course-template"]
    assert why_not(problems) == (
        "MODY1000X Kursen är en mall utan språk eller inriktning."
        " Välj kursen med den fullständiga koden."
    )


def test_gy11_is_examined_until_30_june_2030() -> None:
    assert course_problems(course(), date(2030, 6, 30)) == []
    assert codes(course_problems(course(), date(2030, 7, 1))) == ["course-gy11-ended"]


def test_gy25_is_examined_after_30_june_2030() -> None:
    assert course_problems(course(curriculum=Curriculum.GY25), date(2030, 7, 1)) == []


def test_a_level_is_not_examined_before_it_begins() -> None:
    level = course(curriculum=Curriculum.GY25, valid_from=date(2025, 7, 1))
    assert codes(course_problems(level, date(2025, 6, 30))) == ["course-not-started"]
    assert course_problems(level, date(2025, 7, 1)) == []


def test_a_historic_course_is_kept_for_old_grades_only() -> None:
    assert codes(course_problems(course(is_historic=True), TODAY)) == ["course-historic"]


def test_a_retired_course_keeps_the_days_it_had() -> None:
    retired = course(is_historic=True, valid_to=TODAY)
    assert course_problems(retired, TODAY) == []
    assert codes(course_problems(retired, TODAY + timedelta(days=1))) == ["course-historic"]


def test_a_course_with_an_end_is_examined_to_that_day() -> None:
    ending = course(curriculum=Curriculum.BASIC, valid_to=TODAY)
    assert course_problems(ending, TODAY) == []
    assert codes(course_problems(ending, TODAY + timedelta(days=1))) == ["course-ended"]


def test_what_only_gymnasieskolan_has_is_not_examined_in_komvux() -> None:
    assert codes(course_problems(course(in_adult_education=False), TODAY)) == ["course-not-adult"]


def test_gymnasiearbete_gave_way_to_komvuxarbete() -> None:
    project = course(kind=Kind.DIPLOMA, in_adult_education=False)
    problems = course_problems(project, TODAY)
    assert codes(problems) == ["course-diploma-replaced"]
    assert problems[0].source == "Skollagen 20 kap. 40 b §"


def test_komvuxarbete_is_examined() -> None:
    project = course(kind=Kind.DIPLOMA, scale_family=ScaleFamily.DIPLOMA)
    assert course_problems(project, TODAY) == []


def test_a_delkurs_is_local_custom_and_stays_selectable() -> None:
    problems = course_problems(course("GRNENGA", kind=Kind.PART), TODAY)
    assert [(problem.code, problem.overridable) for problem in problems] == [("course-part", True)]
    assert is_selectable(problems)


def test_all_that_is_wrong_is_said_at_once_in_the_field_of_the_form() -> None:
    wrong = course(kind=Kind.TEMPLATE, is_historic=True, in_adult_education=False)
    problems = course_problems(wrong, TODAY, field="course_id")
    assert [(problem.code, problem.field) for problem in problems] == [
        ("course-template", "course_id"),
        ("course-historic", "course_id"),
        ("course-not-adult", "course_id"),
    ]
    assert not is_selectable(problems)


@given(
    st.sampled_from(Curriculum),
    st.sampled_from(Kind),
    st.sampled_from(ScaleFamily),
    st.dates(date(2011, 7, 1), GY11_LAST_DAY),
    st.booleans(),
    st.booleans(),
)
def test_every_refusal_is_a_whole_swedish_sentence_with_its_source(
    curriculum: Curriculum,
    kind: Kind,
    family: ScaleFamily,
    on: date,
    historic: bool,
    adult: bool,
) -> None:
    given_course = course(
        curriculum=curriculum,
        kind=kind,
        scale_family=family,
        valid_from=date(2018, 1, 1),
        valid_to=date(2027, 6, 30),
        is_historic=historic,
        in_adult_education=adult,
    )
    for problem in course_problems(given_course, on):
        assert problem.text.startswith(("MATMAT03b Kursen ", "Prövning i MATMAT03b Kursen "))
        assert problem.text.endswith(".")
        assert problem.source
