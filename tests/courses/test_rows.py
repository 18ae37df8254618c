"""What a course gives the kernel."""

from datetime import date

from provning.courses.kinds import Curriculum, Kind
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.group_names import CourseName, NamingRule
from tests.courses.registers import course


def test_a_gy11_course_is_named_by_the_last_part() -> None:
    assert course("MATMAT03b").course_name == CourseName(
        "MATMAT03b", "Kursen", NamingRule.LAST_PART
    )


def test_a_gy25_level_is_named_by_the_full_code() -> None:
    assert course("MATO1B00X").course_name == CourseName(
        "MATO1B00X", "Kursen", NamingRule.FULL_CODE
    )


def test_the_scale_follows_from_the_course_and_the_day() -> None:
    basic = course("GRNMAT2", scale_family=ScaleFamily.BASIC)
    scales = [basic.scale_on(date(2021, 12, 31)), basic.scale_on(date(2022, 1, 1))]
    assert [scale and scale.label for scale in scales] == ["A–F", "G/IG"]


def test_an_ungraded_course_has_no_scale() -> None:
    assert course(scale_family=ScaleFamily.UNGRADED).scale_on(date(2026, 11, 24)) is None


def test_every_curriculum_and_kind_has_a_swedish_name() -> None:
    assert all(each.label for each in (*Curriculum, *Kind))
