"""The manual's fixed values."""

from provning.kernel.group_facts import (
    DISTANCE,
    MEASURE,
    PLACEMENT_STATUS,
    SCHOOL_FORM,
    STUDY_ACTIVE,
    TIME_OF_DAY,
)


def test_a_group_is_made_as_the_manual_says() -> None:
    made = (SCHOOL_FORM, MEASURE, TIME_OF_DAY)
    assert made == ("KV", "PRÖ", "Annat")
    assert DISTANCE is True


def test_a_placement_is_made_as_the_manual_says() -> None:
    assert (PLACEMENT_STATUS, STUDY_ACTIVE) == ("Prövning", True)
