"""What a file held is told from its question: nothing that it had is missed, for any history."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from provning.reporting.holding import (
    SETTLED,
    Decided,
    Place,
    Selection,
    Story,
    holds,
    picks,
    renews,
)

ZERO = datetime(2026, 11, 1, tzinfo=UTC)
ORGANISER, PROVIDER, PERSON = (UUID(int=number) for number in range(3))
UNITS = (UUID(int=10), UUID(int=11))
WHERE: tuple[Place, ...] = (
    ("everything", None),
    ("organiser", ORGANISER),
    ("provider", PROVIDER),
    *(("unit", each) for each in UNITS),
    ("unit", UUID(int=99)),
)


def at(minute: float) -> datetime:
    return ZERO + timedelta(minutes=minute)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a person's decisions: chains of corrections at half minutes, no two alike."""
    moments = draw(st.lists(st.integers(0, 40), min_size=1, max_size=8, unique=True))
    found = []
    for number, moment in enumerate(sorted(moments)):
        later = [each for each in sorted(moments) if each > moment]
        corrected: bool = draw(st.booleans())
        superseded = at(later[0] / 2) if corrected and later else None
        found.append(
            Decided(
                id=UUID(int=100 + number),
                person_id=PERSON,
                organiser_id=ORGANISER,
                provider_id=PROVIDER,
                unit_id=draw(st.sampled_from(UNITS)),
                curriculum=draw(st.sampled_from(["gy11", "sfi"])),
                exam_date=date(2026, 10, 5),
                decided_at=at(moment / 2),
                superseded_at=superseded,
                placement_id=UUID(int=200 + number),
                next_placement_id=None,
            )
        )
    return tuple(found)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Draw a question of any days, places and sorts."""
    first, last = sorted((draw(st.integers(0, 25)), draw(st.integers(0, 25))))
    return Selection(
        export_id=UUID(int=300),
        organiser_id=ORGANISER,
        series=("betyg_xml", "x"),
        as_of=at(draw(st.integers(0, 50)) / 2),
        changed_from=at(first),
        changed_before=at(last),
        curricula=draw(st.sampled_from([frozenset(), frozenset({"gy11"}), frozenset({"sfi"})])),
        places=frozenset({draw(st.sampled_from(WHERE))}),
    )


def written(selection: Selection, story: Story) -> Iterator[Decided]:
    """Give the person's lines of a file as it is written at its moment, step by step."""
    asked = [
        each
        for each in story
        if not selection.curricula or each.curriculum in selection.curricula
        if any(
            kind == "everything" or key in {each.organiser_id, each.provider_id, each.unit_id}
            for kind, key in selection.places
        )
    ]
    moments = [each.decided_at for each in asked]
    moments += [each.superseded_at for each in asked if each.superseded_at]
    seen = [each for each in moments if each < selection.as_of]
    if any(selection.changed_from <= each < selection.changed_before for each in seen):
        for each in asked:
            gone = each.superseded_at is not None and each.superseded_at < selection.as_of
            if each.decided_at < selection.as_of and not gone:
                yield each


@given(selection=selections(), story=stories())
@settings(max_examples=150)
def test_what_was_written_is_held_and_nothing_else_but_for_a_minute(
    selection: Selection, story: Story
) -> None:
    held = {each for each in story if holds(selection, each, story)}
    had = set(written(selection, story))
    assert had <= held
    assert all(
        each.superseded_at and each.superseded_at >= selection.as_of - SETTLED
        for each in held - had
    )


@given(selection=selections(), story=stories())
@settings(max_examples=80)
def test_what_renews_holds_the_old_decision_no_more(selection: Selection, story: Story) -> None:
    for each in story:
        if renews(selection, each, story):
            assert not holds(selection, each, story)
            assert picks(selection, story)
