"""Whose turn it is among two who decide together: the one who has not answered."""

from datetime import timedelta

import pytest

from provning.exams.models import Placement
from provning.grading.models import GradeOpinion
from provning.grading.queries import answered_by_other
from provning.people.models import Person
from tests.grading import world
from tests.grading.test_together import Pair, answer, decide, draft, pair
from tests.grading.world import EXAM, TODAY

__all__ = ["pair"]
pytestmark = pytest.mark.django_db


def test_the_one_who_has_not_answered_is_told_and_nobody_else(pair: Pair) -> None:
    assert answered_by_other(pair.karin, TODAY) == []

    answer(pair.bo, pair, {each.pk: "C" for each in pair.placements})

    (row,) = answered_by_other(pair.karin, TODAY)
    assert (row.group.id, row.other, row.count) == (pair.group.pk, "Bo Wallgren", 2)
    outsider = world.teacher(pair.town.unit, "Kim")
    for who in (
        pair.bo,
        pair.rektor,
        world.grading_teacher(outsider, pair.town.unit),
        world.administrator(pair.town.unit),
    ):
        assert answered_by_other(who, TODAY) == []


def test_who_has_answered_otherwise_waits_for_rektor_and_is_told_nothing(pair: Pair) -> None:
    answer(pair.bo, pair, {pair.first: "C"})
    draft(pair.karin, pair.first, "E", over=True)
    answer(pair.karin, pair, {pair.first: "E"})
    assert answered_by_other(pair.karin, TODAY) == []
    assert answered_by_other(pair.bo, TODAY) == []


def test_what_is_decided_not_carried_out_or_of_the_deceased_waits_no_more(pair: Pair) -> None:
    third, fourth = (world.place(pair.group) for _ in range(2))
    every = [*pair.placements, third, fourth]
    answer(pair.bo, pair, {each.pk: "C" for each in every})
    decide(pair.karin, pair, {pair.first: "C"})
    Placement.objects.filter(pk=third.pk).update(outcome="absent")
    Person.objects.filter(pk=fourth.person_id).update(status="Avliden")

    (row,) = answered_by_other(pair.karin, TODAY)

    assert row.count == 1
    assert answered_by_other(pair.karin, EXAM - timedelta(days=1)) == []


def test_an_answer_of_somebody_who_no_longer_decides_counts_no_more(pair: Pair) -> None:
    former = world.teacher(pair.town.unit, "Kim")
    GradeOpinion.objects.create(
        placement_id=pair.first, person=former, value="C", given_at="2026-10-12T10:00:00Z"
    )
    assert answered_by_other(pair.karin, TODAY) == []
