"""The manual's fixed values."""

from provning.kernel import group_facts


def test_a_group_is_made_as_the_manual_says() -> None:
    made = (group_facts.SCHOOL_FORM, group_facts.MEASURE, group_facts.TIME_OF_DAY)
    assert made == ("KV", "PRÖ", "Annat")
    assert group_facts.DISTANCE is True


def test_a_placement_is_made_as_the_manual_says() -> None:
    assert (group_facts.PLACEMENT_STATUS, group_facts.STUDY_ACTIVE) == ("Prövning", True)
