"""Group names: built as the manual says, read into everything they may mean."""

import csv
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.group_names import (
    Candidate,
    CourseName,
    NameIndex,
    NamingRule,
    build_group_name,
    initials_problems,
    naming_rule_for,
    read_group_name,
)
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Season, Term
from tests.support.shared import shared_file

VT23 = Term(2023, Season.VT)
REGISTERS = {
    "courses_gy11.csv": "name_sv",
    "levels_gy25.csv": "full_name",
    "komvux_grundlaggande.csv": "name_sv",
}
initials = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ", min_size=1, max_size=5)
terms = st.builds(Term, st.integers(2000, 2099), st.sampled_from(Season))


@cache
def register() -> tuple[CourseName, ...]:
    """Return every course of the register files, named by the default policy."""
    courses = []
    for file_name, column in REGISTERS.items():
        with shared_file(file_name).open(encoding="utf-8") as file:
            courses += [
                CourseName(row["code"], row[column], naming_rule_for(row["code"]))
                for row in csv.DictReader(file)
            ]
    return tuple(courses)


@cache
def index() -> NameIndex:
    """Return the index of the whole register."""
    return NameIndex(register())


def column(file_name: str, name: str) -> list[str]:
    """Return one column of a reference file."""
    with shared_file(file_name).open(encoding="utf-8") as file:
        return [row[name] for row in csv.DictReader(file)]


def meanings(text: str) -> list[tuple[str, int]]:
    """Return the courses and numbers a name may mean."""
    return [(each.course, each.number) for each in read_group_name(text, index()).candidates]


def codes(text: str) -> list[str]:
    """Return the codes of the problems of a name."""
    return [problem.code for problem in read_group_name(text, index()).problems]


def test_the_first_teachers_group_is_named_as_in_the_manual() -> None:
    name = build_group_name("KC", VT23, "MATMAT03b", rule=NamingRule.LAST_PART)
    assert name == "PRÖ:KC23VTMAT03B"


def test_the_second_teachers_group_gets_a_digit_as_in_the_manual() -> None:
    term = Term(2022, Season.VT)
    name = build_group_name("kc", term, "MATMAT03b", number=2, rule=NamingRule.LAST_PART)
    assert name == "PRÖ:KC22VTMAT03B2"


def test_a_gy25_level_is_named_by_its_full_code() -> None:
    term = Term(2026, Season.HT)
    name = build_group_name("KC", term, "MATO1B00X", rule=naming_rule_for("MATO1B00X"))
    assert name == "PRÖ:KC26HTMATO1B00X"


def test_a_name_is_built_in_composed_form() -> None:
    name = build_group_name(
        unicodedata.normalize("NFD", "å"),
        VT23,
        unicodedata.normalize("NFD", "FÖRFÖR01"),
        rule=NamingRule.LAST_PART,
    )
    assert name == "PRÖ:Å23VTFÖR01"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "initials-empty"),
        ("K2", "initials-digit"),
        ("K-C", "initials-letters"),
        ("K C", "initials-letters"),
    ],
)
def test_initials_are_letters_only(written: str, code: str) -> None:
    assert [problem.code for problem in initials_problems(written)] == [code]


def test_initials_may_be_of_any_length_and_swedish() -> None:
    assert [initials_problems(each) for each in ("K", "ÅSÖ", "vuxkc")] == [[], [], []]


def test_everything_that_cannot_be_named_is_refused_at_once() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        build_group_name("K2", VT23, "MAT", number=100, rule=NamingRule.LAST_PART)
    assert [problem.code for problem in refused.value.problems] == [
        "initials-digit",
        "group-name-course-code",
        "group-name-number",
    ]


def test_the_naming_rule_tells_gy25_from_everything_older() -> None:
    rules = {
        file_name: {naming_rule_for(code) for code in column(file_name, "code")}
        for file_name in REGISTERS
    }
    assert rules == {
        "courses_gy11.csv": {NamingRule.LAST_PART},
        "levels_gy25.csv": {NamingRule.FULL_CODE},
        "komvux_grundlaggande.csv": {NamingRule.LAST_PART},
    }


def test_every_gy25_variant_is_named_by_its_full_code() -> None:
    levels = dict(
        zip(
            column("levels_gy25.csv", "code"),
            column("levels_gy25.csv", "subject_code"),
            strict=True,
        )
    )
    suffixes = zip(
        column("gy25_variant_suffixes.csv", "subject_code"),
        column("gy25_variant_suffixes.csv", "suffix"),
        strict=True,
    )
    variants = [
        level + suffix
        for subject, suffix in suffixes
        for level, of_subject in levels.items()
        if of_subject == subject
    ]
    assert "MODY1000XFRA" in variants
    assert {naming_rule_for(code) for code in variants} == {NamingRule.FULL_CODE}


def test_the_manuals_name_is_read_with_its_reason() -> None:
    reading = read_group_name("PRÖ:KC22VTMAT03B2", index())
    assert reading.problems == ()
    assert reading.candidates == (
        Candidate(
            initials="KC",
            term=Term(2022, Season.VT),
            course="MATMAT03b",
            number=2,
            reason="MAT03B är sista delen av kurskoden MATMAT03b (Matematik 3b)"
            " och 2 är lärarens nummer.",
            exact=True,
        ),
    )


def test_a_gy25_name_is_read_with_its_reason() -> None:
    (candidate,) = read_group_name("PRÖ:KC26HTMATO1B00X", index()).candidates
    assert candidate.reason == (
        "MATO1B00X är hela kurskoden MATO1B00X (Matematik – fortsättning nivå 1b)."
    )


@given(initials, terms, st.sampled_from(range(100)), st.integers(1, 99))
def test_what_is_built_is_always_among_the_candidates(
    letters: str, term: Term, slice_number: int, number: int
) -> None:
    for course in register()[slice_number::100]:
        name = build_group_name(letters, term, course.code, number=number, rule=course.rule)
        reading = read_group_name(name, index())
        assert reading.problems == ()
        assert (letters, term, course.code, number, True) in [
            (each.initials, each.term, each.course, each.number, each.exact)
            for each in reading.candidates
        ]


@pytest.mark.parametrize("number", [1, 2, 10])
def test_every_course_of_the_register_is_read_back(number: int) -> None:
    for course in register():
        name = build_group_name("KC", VT23, course.code, number=number, rule=course.rule)
        assert (course.code, number) in meanings(name)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("PSY01", [("PSKPSY01", 1), ("PSYPSY01", 1)]),
        ("WEB01", [("WEBWEB01", 1), ("WESWEB01", 1), ("WEUWEB01", 1)]),
        ("FRA01", [("MODFRA01", 1), ("MOEFRA01", 1), ("SPAFRA0", 1)]),
        ("REL01", [("RELREL01", 1), ("RELREL0", 1)]),
        ("KUB91", [("SFIKUB91", 1), ("SFIKUB9", 1)]),
        ("RHA", [("KVARHA", 1), ("GYARHA", 1)]),
    ],
)
def test_a_shared_name_gives_all_its_courses(part: str, expected: list[tuple[str, int]]) -> None:
    assert meanings(f"PRÖ:KC23VT{part}") == expected


def test_every_listed_collision_gives_all_its_candidates() -> None:
    known = {course.code for course in register() if course.rule is NamingRule.LAST_PART}
    checked = 0
    with shared_file("collisions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["rule"] == "drop3"]
    for row in rows:
        listed = set(row["codes"].replace(f" +{row['digit']} = ", "|").split("|"))
        if not listed <= known:
            continue
        checked += 1
        read = {course for course, _ in meanings(f"PRÖ:KC23VT{row['group_part']}")}
        assert read >= listed
    gy25 = sum(row["universe"] == "gy25" for row in rows)
    assert checked == len(rows) - gy25


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("PRO:KC23VTMAT03B", ["group-name-prefix-letter"]),
        ("PR0:KC23VTMAT03B", ["group-name-prefix-letter"]),
        ("Prö:KC23VTMAT03B", ["group-name-prefix-case"]),
        ("prö:kc23vtmat03b", ["group-name-prefix-case", "group-name-case"]),
        ("PRÖ:KC23VTmat03b", ["group-name-case"]),
        ("PRÖ :KC23VTMAT03B", ["group-name-space"]),
        ("PRÖ: KC 23VT MAT03B ", ["group-name-space"]),
        ("PRÖ:KC23VTMAT03B\u200b", ["group-name-space"]),
        ("PRÖ;KC23VTMAT03B", ["group-name-colon"]),
        ("PRÖ-KC23VTMAT03B", ["group-name-colon"]),
        ("PRÖKC23VTMAT03B", ["group-name-colon-missing"]),
        ("PRO\u0308:KC23VTMAT03B", ["group-name-decomposed"]),
        ("KC23VTMAT03B", ["group-name-prefix-missing"]),
        ("PRÖ:KC23VRMAT03B", ["group-name-term"]),
        ("PRÖ:KC23TVMAT03B", ["group-name-term"]),
        ("PRÖ:KC23VMAT03B", ["group-name-term"]),
        ("PRÖ:KC2023VTMAT03B", ["group-name-year"]),
        ("PRÖ:KCVT23MAT03B", ["group-name-term-order"]),
        ("PRÖ:KC23VTMAT03B1", ["group-name-number-one"]),
        (
            "Pro;kc 2023vtMAT03B",
            [
                "group-name-space",
                "group-name-prefix-case",
                "group-name-case",
                "group-name-prefix-letter",
                "group-name-colon",
                "group-name-year",
            ],
        ),
    ],
)
def test_a_near_miss_is_named_as_what_it_is_and_still_read(text: str, problems: list[str]) -> None:
    assert codes(text) == problems
    (candidate,) = read_group_name(text, index()).candidates
    read = (candidate.initials, candidate.term, candidate.course, candidate.number)
    assert read == ("KC", VT23, "MATMAT03b", 1)
    assert candidate.exact is False


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["group-name-empty"]),
        ("PRÖ:", ["group-name-shape"]),
        ("PRÖ:MATEMATIK", ["group-name-shape"]),
        ("PRÖ:K2C23VTMAT03B", ["group-name-initials-digit"]),
        ("PRÖ:KC23STMAT03B", ["group-name-term"]),
        ("PRÖ:KC23VTXYZ01", ["group-name-course"]),
        ("PRÖ:KC23VTMAT03B02", ["group-name-course"]),
        ("PRO:KC23VTXYZ01", ["group-name-prefix-letter", "group-name-course"]),
        ("MATTEGRUPPEN", ["group-name-prefix-missing", "group-name-shape"]),
    ],
)
def test_what_cannot_be_read_has_problems_and_no_candidate(text: str, problems: list[str]) -> None:
    assert codes(text) == problems
    assert meanings(text) == []


@given(st.text(max_size=24) | st.text(alphabet="PRÖO:;KC23VTHMAT0B ö", max_size=24))
def test_any_text_has_an_exact_candidate_or_a_problem_and_never_both(text: str) -> None:
    reading = read_group_name(text, index())
    assert any(each.exact for each in reading.candidates) == (reading.problems == ())
    assert all(problem.text for problem in reading.problems)
