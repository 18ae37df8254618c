"""Whatever rektor and teacher do to a grade, in any order: one decision stands, never lowered."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provning.exams.models import Placement
from provning.grading.chains import chain_of, deciders, judgement
from provning.grading.queries import person_decisions, standings_of
from provning.grading.replacement import SCALES_BY_ID, rank
from provning.grading.rows import DecisionRow, Particulars, Previous, Successor
from provning.grading.rules.amendments import Amender, Raise, amendment_problems, raised
from provning.kernel.grade_scales import GradeScale
from provning.kernel.problems import ProblemsFoundError
from tests.grading.decided import amend, correct, make_stand
from tests.grading.world import EXAM

SCALES = sorted(SCALES_BY_ID.values(), key=lambda scale: scale.id)
ALONE = Amender(
    decided=True,
    is_principal=False,
    on_duty=True,
    others=(),
    together=False,
    ground="",
    others_left=False,
)


@st.composite
def raises(draw: st.DrawFn) -> Raise:
    """Draw two values, each of some scale or of none."""
    old, new = draw(st.sampled_from(SCALES)), draw(st.sampled_from(SCALES))
    values = st.one_of(st.sampled_from(new.values), st.sampled_from(("", "-", "MVG", "a")))
    return Raise(draw(st.sampled_from(old.values)), old.id, draw(values), new.id)


@given(raises())
def test_an_ändring_that_nothing_stands_against_raises_the_grade(change: Raise) -> None:
    codes = [each.code for each in amendment_problems(change, ALONE, "skäl", deceased=False)]
    in_scale = change.new in SCALES_BY_ID[change.new_scale].values
    if not codes and in_scale:
        assert change.old_scale == change.new_scale
        assert rank(change.new, change.new_scale) > rank(change.old, change.old_scale)
    if in_scale:
        assert raised(change) == (not codes)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.id)
def test_the_values_of_a_scale_stand_in_the_order_of_their_letters(scale: GradeScale) -> None:
    """The database compares them so, in the guard that keeps an ändring from lowering."""
    assert list(scale.values) == sorted(scale.values)


def row(number: int, kind: str = "", *, by: int = 1, follows: bool = False) -> DecisionRow:
    """Return a decision of a chain; `follows` says that number + 1 supersedes it."""
    moment = datetime(2026, 10, 12, tzinfo=UTC)
    successor = Successor(UUID(int=number + 1), "Rättelse", "C", EXAM, "M", "Rut", moment)
    return DecisionRow(
        id=UUID(int=number),
        placement_id=UUID(int=500 + number),
        group_id=UUID(int=20),
        group_name="PRÖ:KC26HTMAT03B",
        group_number=1,
        unit_id=UUID(int=40),
        unit_name="Komvux Centrum",
        course_id=UUID(int=10),
        course_code="MATMAT03b",
        course_name="Matematik 3b",
        points=100,
        person_id=UUID(int=1000),
        exam_date=EXAM,
        value="C",
        scale_id="AF_GY",
        decided_by_id=UUID(int=by),
        decided_by_name=f"Beslutare {by}",
        decider_role="LÄRARE",
        joint=(),
        registered_by_name="Någon",
        decided_at=moment,
        correction_type=kind,
        ground="",
        reason="",
        hearing="",
        particulars=Particulars(),
        previous=Previous("D", EXAM, "MATMAT03b") if kind else None,
        successor=successor if follows else None,
        covered_by=None,
    )


@given(st.permutations(range(1, 6)), st.integers(1, 5))
def test_a_chain_is_found_whole_from_any_of_its_decisions(order: list[int], asked: int) -> None:
    rows = {number: row(number, follows=number < 5) for number in range(1, 6)}
    other = row(90, follows=True), row(91)

    found = chain_of([*other, *(rows[number] for number in order)], UUID(int=asked))

    assert [each.id.int for each in found] == [1, 2, 3, 4, 5]


@given(st.lists(st.sampled_from(["Rättelse", "Ändring"]), max_size=5))
def test_the_judgement_is_the_last_decision_that_is_no_rättelse(kinds: list[str]) -> None:
    chain = tuple(
        row(number, kind, by=number, follows=number <= len(kinds))
        for number, kind in enumerate(["", *kinds], start=1)
    )
    judged = [number for number, kind in enumerate(["", *kinds], start=1) if kind != "Rättelse"]
    assert deciders(judgement(chain)) == {UUID(int=judged[-1]): f"Beslutare {judged[-1]}"}


ACTS = st.lists(
    st.tuples(st.sampled_from(["correct", "move", "amend"]), st.sampled_from("ABCDEF")),
    min_size=1,
    max_size=6,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS, st.lists(st.booleans(), min_size=6, max_size=6))
def test_exactly_one_decision_stands_whatever_is_tried(
    acts: list[tuple[str, str]], on_old_ones: list[bool]
) -> None:
    """An act on a decision that no longer stands changes nothing, and the chain never branches."""
    with transaction.atomic():
        try_everything(list(zip(acts, on_old_ones, strict=False)))
        transaction.set_rollback(True)


def try_everything(acts: list[tuple[tuple[str, str], bool]]) -> None:
    """Do the acts, each on the first decision of the chain or on its last, and look at the end."""
    stand = make_stand()
    person_id = stand.placement.person_id
    decisions = [stand.first]
    days = iter(EXAM - timedelta(days=each) for each in range(1, 9))
    for (act, value), on_first in acts:
        old = decisions[0] if on_first else decisions[-1]
        with suppress(ProblemsFoundError):
            if act == "amend":
                new = amend(stand.principal, old, value, ground="hindered")
                assert rank(new.value, new.scale_id) > rank(old.value, old.scale_id)
            else:
                day = next(days) if act == "move" else None
                new = correct(stand.principal, old, value, exam_date=day)
            assert old == decisions[-1]
            decisions.append(new)
    rows = person_decisions([person_id])[person_id]
    assert [each.id for each in rows if each.stands] == [decisions[-1].pk]
    assert [each.id for each in chain_of(rows, stand.first.pk)] == [each.pk for each in decisions]
    assert [each.decision_id for each in standings_of([person_id])[person_id]] == [decisions[-1].pk]
    valid = Placement.objects.filter(person_id=person_id, superseded_by__isnull=True)
    assert valid.get() == decisions[-1].placement
