"""Grade scales: which values may be set, when, and why not the others."""

import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from provning.kernel.grade_scales import (
    SCALES,
    ScaleFamily,
    grade_value_problems,
    normalise_value,
    scale_for,
    value_name,
)
from tests.support.shared import shared_file

DAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("family", "label"),
    [
        (ScaleFamily.UPPER_SECONDARY, "A–F"),
        (ScaleFamily.DIPLOMA, "E/F"),
        (ScaleFamily.BASIC, "G/IG"),
        (ScaleFamily.ADAPTED_BASIC, "G"),
        (ScaleFamily.ADAPTED_UPPER, "A–E"),
        (ScaleFamily.ADAPTED_DIPLOMA, "E"),
    ],
)
def test_each_kind_of_course_has_its_scale(family: ScaleFamily, label: str) -> None:
    scale = scale_for(family, DAY)
    assert scale is not None
    assert scale.label == label


def test_basic_courses_were_graded_a_to_f_until_2021() -> None:
    labels = [
        scale.label
        for day in (date(2012, 7, 1), date(2021, 12, 31), date(2022, 1, 1))
        if (scale := scale_for(ScaleFamily.BASIC, day))
    ]
    assert labels == ["A–F", "A–F", "G/IG"]


def test_before_the_first_scale_there_is_none() -> None:
    assert scale_for(ScaleFamily.BASIC, date(2012, 6, 30)) is None
    assert scale_for(ScaleFamily.UNGRADED, DAY) is None


def test_at_most_one_scale_holds_on_any_day() -> None:
    for scales in SCALES.values():
        for earlier, later in pairwise(scales):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to < later.valid_from


def test_the_scales_are_those_of_the_reference_data() -> None:
    short = {"Godkänt": "G", "Icke godkänt": "IG"}
    expected: dict[str, list[tuple[str, bool, str, str]]] = defaultdict(list)
    with shared_file("grade_scales.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            value = short.get(row["value"], row["value"])
            days = (row["valid_from"], row["valid_to"])
            expected[row["scale_id"]].append((value, row["passing"] == "1", *days))
    for outside in ("NONE", "STRECK", "GY2000"):
        del expected[outside]
    ours = {
        scale.id: [
            (value, value in scale.passing, str(scale.valid_from or ""), str(scale.valid_to or ""))
            for value in scale.values
        ]
        for scales in SCALES.values()
        for scale in scales
    }
    assert ours == dict(expected)


def test_every_value_of_the_scale_may_be_set() -> None:
    for family in ScaleFamily:
        scale = scale_for(family, DAY)
        for value in scale.values if scale else ():
            assert grade_value_problems(value, family, DAY) == []


@pytest.mark.parametrize(
    ("value", "family", "text"),
    [
        (
            "G",
            ScaleFamily.UPPER_SECONDARY,
            "G finns inte i skalan för kursen. Skriv A, B, C, D, E eller F.",
        ),
        ("A", ScaleFamily.BASIC, "A finns inte i skalan för kursen. Skriv G eller IG."),
        ("IG", ScaleFamily.ADAPTED_BASIC, "IG finns inte i skalan för kursen. Skriv G."),
        ("a", ScaleFamily.DIPLOMA, "a finns inte i skalan för kursen. Skriv E eller F."),
    ],
)
def test_a_value_outside_the_scale_is_refused_with_the_choices(
    value: str, family: ScaleFamily, text: str
) -> None:
    (problem,) = grade_value_problems(value, family, DAY)
    assert (problem.code, problem.text) == ("grade-outside-scale", text)


def test_the_refusal_cites_the_act() -> None:
    (problem,) = grade_value_problems("G", ScaleFamily.UPPER_SECONDARY, DAY)
    assert problem.source == "Skollagen 20 kap. 36 §"


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014", "\u2212", " - "])
def test_a_dash_is_refused_since_a_prövning_is_not_graded_by_39_section(dash: str) -> None:
    (problem,) = grade_value_problems(dash, ScaleFamily.UPPER_SECONDARY, DAY)
    assert problem.code == "grade-dash"
    assert problem.source == "Skollagen 20 kap. 39\u201340 §§"


def test_a_course_that_is_never_graded_takes_no_value() -> None:
    (problem,) = grade_value_problems("A", ScaleFamily.UNGRADED, DAY)
    assert problem.code == "grade-course-ungraded"
    assert problem.source == "Förordning (2011:1108) 4 kap. 7 §"


def test_a_day_before_every_scale_is_refused() -> None:
    (problem,) = grade_value_problems("A", ScaleFamily.BASIC, date(2012, 6, 30))
    assert problem.code == "grade-no-scale"
    assert problem.text == (
        "Det fanns ingen betygsskala för kursen 2012-06-30."
        " Kontrollera kursen och prövningsdatumet."
    )


@pytest.mark.parametrize(
    ("family", "text"),
    [
        (ScaleFamily.BASIC, "Betyget saknas. Skriv G eller IG."),
        (ScaleFamily.ADAPTED_BASIC, "Betyget saknas. Skriv G."),
    ],
)
def test_an_empty_value_is_asked_for(family: ScaleFamily, text: str) -> None:
    (problem,) = grade_value_problems(" ", family, DAY)
    assert (problem.code, problem.text) == ("grade-missing", text)


def test_typed_values_are_stored_in_upper_case() -> None:
    assert [normalise_value(text) for text in (" a", "ig ", "F")] == ["A", "IG", "F"]


def test_values_have_names_where_the_act_has_words() -> None:
    assert [value_name(value) for value in ("G", "IG", "A")] == ["Godkänt", "Icke godkänt", "A"]
