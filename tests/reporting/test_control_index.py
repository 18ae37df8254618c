"""Paging through a control list: what a page shows is judged, the rest is known from before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.exams.models import Placement
from provning.kernel.actors import Actor
from provning.reporting.control_rows import ControlIndex
from provning.reporting.layout import Target
from provning.reporting.queries import control_index, control_list, control_rows, findings_now
from tests.extracts.world import Office
from tests.grading import world
from tests.grading.world import HT26
from tests.reporting.world import TODAY, examinee, reporting_office
from tests.support.kept import kept

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
FIVE, SIX = timedelta(minutes=5), timedelta(minutes=6)
LATE = "report-grade-late"

at = kept(reporting_office)


def place(at: Office) -> dict[str, Any]:
    organiser_id = at.town.organiser.pk
    return {"organiser_id": organiser_id, "target": Target.SCB, "term": HT26, "today": TODAY}


def index(at: Office, actor: Actor | None = None, **more: Any) -> ControlIndex:
    return control_index(actor or at.centre, **place(at), **{"now": NOW, **more})


def late(at: Office, number: int = 1) -> None:
    """Place some whose grades are late."""
    group = world.group(at.unit, at.teacher)
    for _each in range(number):
        world.place(group, examinee())


def test_an_index_says_what_the_list_says_and_nothing_of_anybody(at: Office) -> None:
    late(at, 3)
    found, whole = index(at), control_list(at.centre, **place(at))
    assert (found.counts, found.written, found.period) == (
        whole.counts,
        whole.written,
        whole.period,
    )
    now = findings_now(at.centre, found.entries, **place(at))
    assert sorted(now, key=repr) == sorted(whole.findings, key=repr)
    parts = [type(part).__name__ for entry in found.entries for part in entry]
    assert parts == ["UUID", "str"] * len(whole.findings)


def test_it_is_read_again_for_five_minutes_and_then_made_anew(at: Office) -> None:
    late(at)
    assert len(index(at).entries) == 1
    late_group = world.group(at.unit, None, number=2)
    world.place(late_group, examinee())
    assert len(index(at, now=NOW + FIVE - timedelta(seconds=1)).entries) == 1
    assert len(index(at, now=NOW + SIX).entries) > 1


def test_who_asks_for_what_has_happened_since_gets_it_once(at: Office) -> None:
    late(at)
    seen = index(at)
    world.place(world.group(at.unit, None, number=2), examinee())
    again = index(at, now=NOW + timedelta(minutes=1), after=seen.counted_at)
    assert len(again.entries) > len(seen.entries)
    later = index(at, now=NOW + timedelta(minutes=2), after=seen.counted_at)
    assert later.counted_at == again.counted_at


def test_what_has_been_mended_is_left_out_though_the_index_names_it(at: Office) -> None:
    late(at, 2)
    found = index(at, code=LATE)
    mended = found.entries[0][0]
    Placement.objects.filter(pk=mended).update(outcome="absent", outcome_reason="sjuk")
    assert index(at, code=LATE).entries == found.entries
    now = findings_now(at.centre, found.entries, **place(at))
    assert [each.row.placement_id for each in now] == [found.entries[1][0]]


def test_each_scope_has_its_own(at: Office) -> None:
    late(at, 2)
    world.place(world.group(at.town.other_unit, at.teacher), examinee())
    assert len(index(at, code=LATE).entries) == 3
    assert len(index(at, at.rektor, code=LATE).entries) == 2
    other = at.town.other_unit.provider_id
    assert len(index(at, provider_id=other, code=LATE).entries) == 1
    everything = index(at).entries
    assert len(findings_now(at.other_rektor, everything, **place(at))) < len(everything)


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_asks_as_much_however_long_the_period(
    at: Office, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    late(at, number)
    index(at)
    with django_assert_num_queries(1):
        found = index(at, now=NOW + timedelta(minutes=1), code=LATE)
    with django_assert_num_queries(4):
        now = findings_now(at.centre, found.entries, **place(at))
        assert len(control_rows(at.centre, now)) == number
