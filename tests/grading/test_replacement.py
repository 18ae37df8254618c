"""Which grade counts when there are several (Skollagen 20 kap. 35 a §)."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from provning.grading.replacement import Standing, best, covered, is_pass, rank

DAY = date(2026, 10, 5)


def level(
    number: int,
    value: str,
    *,
    written: str = "",
    subject: str = "MATE",
    days: int = 0,
    serial: int = 0,
) -> Standing:
    """Return a valid decision on a level; `written` is the level where it has a letter."""
    return Standing(
        decision_id=UUID(int=100 * number + 1000 * days + serial + 1),
        course_id=UUID(int=number),
        course_code=f"{subject}{number}000X",
        subject=subject,
        level=written or str(number),
        value=value,
        scale_id="AF_GY",
        exam_date=DAY + timedelta(days=days),
    )


def test_a_pass_on_a_higher_level_replaces_the_lower() -> None:
    lower, higher = level(1, "C"), level(3, "E", days=1)
    assert covered([lower, higher]) == {lower.decision_id: higher}


def test_a_fail_on_a_higher_level_replaces_nothing() -> None:
    assert covered([level(1, "C"), level(3, "F", days=1)]) == {}


def test_a_fail_on_a_lower_level_is_replaced_too() -> None:
    lower, higher = level(1, "F"), level(2, "E")
    assert covered([lower, higher]) == {lower.decision_id: higher}


def test_a_lower_level_passed_afterwards_is_covered_already() -> None:
    higher, later = level(2, "D"), level(1, "A", days=30)
    assert covered([higher, later]) == {later.decision_id: higher}


def test_another_subject_replaces_nothing() -> None:
    assert covered([level(1, "C"), level(2, "A", subject="FYSK")]) == {}


def test_two_attempts_on_one_level_replace_nothing_of_each_other() -> None:
    assert covered([level(1, "F"), level(1, "A", days=9)]) == {}


def test_parallel_levels_of_one_height_replace_nothing_of_each_other() -> None:
    assert covered([level(1, "C", written="1b"), level(1, "A", written="1c", serial=1)]) == {}


def test_a_course_outside_gy25_is_never_replaced() -> None:
    old = Standing(UUID(int=1), UUID(int=1), "MATMAT01b", "", "", "C", "AF_GY", DAY)
    assert covered([old, level(3, "A")]) == {}


def test_the_highest_level_and_its_best_grade_is_what_replaces() -> None:
    lower = level(1, "C")
    first, better = level(3, "E", days=1), level(3, "B", days=2)
    found = covered([lower, level(2, "A"), first, better])
    assert found[lower.decision_id] == better


def test_the_best_of_several_attempts_counts_and_the_earliest_of_equals() -> None:
    attempts = [level(1, "F"), level(1, "C", days=1), level(1, "C", days=2), level(1, "D", days=3)]
    assert best(attempts) == {UUID(int=1): attempts[1]}


def test_a_pass_in_another_scale_is_better_than_a_fail() -> None:
    old = Standing(UUID(int=8), UUID(int=1), "GRNMAT2", "", "", "F", "AF_GRUND_2012", DAY)
    new = Standing(UUID(int=9), UUID(int=1), "GRNMAT2", "", "", "G", "GU_GRUND", DAY)
    assert best([old, new]) == {UUID(int=1): new}


def test_rank_follows_the_scale() -> None:
    assert [rank(each, "AF_GY") for each in "FEDCBA"] == [0, 1, 2, 3, 4, 5]
    assert (rank("IG", "GU_GRUND"), rank("G", "GU_GRUND"), rank("MVG", "AF_GY")) == (0, 1, -1)


levels = st.lists(
    st.builds(
        level,
        st.integers(min_value=1, max_value=4),
        st.sampled_from("ABCDEF"),
        subject=st.sampled_from(("MATE", "ENGE")),
        days=st.integers(min_value=0, max_value=9),
        serial=st.integers(min_value=0, max_value=9),
    ),
    unique_by=lambda each: (each.decision_id, each.subject),
    max_size=12,
)


@given(levels)
def test_what_replaces_is_always_a_pass_higher_up_and_never_replaced_itself(
    standings: list[Standing],
) -> None:
    one_subject = [each for each in standings if each.subject == "MATE"]
    found = covered(one_subject)
    assert all(is_pass(each.value, each.scale_id) for each in found.values())
    assert all(each.decision_id not in found for each in found.values())


@given(levels)
def test_the_order_of_the_decisions_does_not_matter(standings: list[Standing]) -> None:
    one_subject = [each for each in standings if each.subject == "ENGE"]
    assert covered(one_subject) == covered(one_subject[::-1])
    assert best(one_subject) == best(one_subject[::-1])
