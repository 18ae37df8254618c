"""What stands of many persons is read in parts, and each decision once."""

import pytest

from provning.grading.queries import decisions, standings_of
from provning.people.actions import merge_persons
from tests.builders import PROGRAM
from tests.grading.decided import Stand, build_stand
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
stand = kept(build_stand)


def test_two_rows_of_one_person_in_different_parts_have_each_decision_once(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (each.placement.person_id for each in (stand.first, stand.second))
    merge_persons(actor=PROGRAM, kept_id=one, merged_id=other)
    monkeypatch.setattr(decisions, "MOST_PERSONS", 1)
    read = standings_of([one, other])
    assert {key: sorted(each.decision_id for each in of) for key, of in read.items()} == {
        one: sorted([stand.first.pk, stand.second.pk])
    }
