"""The packaged files are what the reference data give."""

from collections import Counter
from pathlib import Path

import pytest

from provning.courses.kinds import Curriculum, Kind
from provning.courses.register_files import PACKAGED, read_register
from provning.kernel.grade_scales import ScaleFamily
from tests.support.shared import shared_file
from tools.build_register import build

REGISTER = read_register()


def test_the_sources_give_the_packaged_files_byte_for_byte(tmp_path: Path) -> None:
    build(shared_file("courses_gy11.csv").parent, tmp_path)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    packaged = {path.name: path.read_bytes() for path in PACKAGED.iterdir()}
    assert sorted(built) == sorted(packaged)
    assert [name for name in built if built[name] != packaged[name]] == []


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("courses_gy11.csv", 1389),
        ("levels_gy25.csv", 1107 + 858),
        ("komvux_grundlaggande.csv", 91),
        ("komvux_anpassad_gymnasial.csv", 209),
        ("gy11_gy25_pairs.csv", 74),
    ],
)
def test_each_file_has_the_rows_of_its_source(name: str, rows: int) -> None:
    lines = (PACKAGED / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) == rows + 1
    assert f"| `{name}` | {rows} |" in (PACKAGED / "PROVENANCE.md").read_text(encoding="utf-8")


def test_the_packaged_files_have_no_faults() -> None:
    assert REGISTER.problems == []
    assert len(REGISTER.by_key) == 3654
    assert len(REGISTER.pairs) == 74


def test_the_kinds_add_up_to_the_sources() -> None:
    assert Counter(course.kind for course in REGISTER.by_key.values()) == {
        Kind.LEVEL: 1107 - 20 + 858,
        Kind.COURSE: 1377 + 209 + 16 + 7 + 13,
        Kind.TEMPLATE: 12 + 20,
        Kind.DIPLOMA: 14 + 8,
        Kind.PART: 16,
        Kind.ORIENTATION: 14,
        Kind.SUBJECT_AREA: 3,
    }


def test_historic_courses_are_those_of_the_sources() -> None:
    historic = [course for course in REGISTER.by_key.values() if course.is_historic]
    assert Counter(course.curriculum for course in historic) == {
        Curriculum.GY11: 227,
        Curriculum.BASIC: 1,
    }


def test_what_gymnasieskolan_alone_has_is_marked() -> None:
    alone = [
        course
        for course in REGISTER.by_key.values()
        if not course.in_adult_education and course.kind is not Kind.DIPLOMA
    ]
    assert Counter(course.curriculum for course in alone)[Curriculum.GY11] == 63


def test_only_orienteringskurser_and_ämnesområden_are_ungraded() -> None:
    ungraded = {
        course.kind
        for course in REGISTER.by_key.values()
        if course.scale_family is ScaleFamily.UNGRADED
    }
    assert ungraded == {Kind.ORIENTATION, Kind.SUBJECT_AREA}


def test_points_are_open_only_where_they_are_not_fixed() -> None:
    without = Counter(
        (course.curriculum, course.kind)
        for course in REGISTER.by_key.values()
        if course.points is None
    )
    assert without[Curriculum.SFI, Kind.COURSE] == 7
    assert {kind for curriculum, kind in without if curriculum is not Curriculum.SFI} == {
        Kind.ORIENTATION
    }


def test_a_language_level_has_its_language_in_code_and_name() -> None:
    level = REGISTER.by_key["mody1000xfra"]
    assert (level.code, level.name, level.kind) == (
        "MODY1000XFRA",
        "Franska – nybörjare nivå 1",
        Kind.LEVEL,
    )
