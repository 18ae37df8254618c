"""A term as a snapshot: everything it speaks of is in it, and nobody who stays out."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, RoleType
from provning.feeds.queries.snapshots import TermChoice, left_out, without_number
from provning.feeds.writing import term_snapshot
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem
from provning.kernel.terms import Term
from tests.feeds.taking import OPERATOR, centre
from tests.grading import world
from tests.grading.conftest import Ready, make_ready
from tests.grading.world import EXAM, HT26

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 9, tzinfo=UTC)


def snapshot(
    actor: Actor = OPERATOR, term: Term = HT26, protected_at: tuple[UUID, ...] = ()
) -> list[Any]:
    pieces = term_snapshot(actor=actor, term=term, protected_at=protected_at, now=NOW)
    return list(read_snapshot(io.BytesIO(b"".join(pieces))))


def those(parts: list[Any], kind: type) -> list[Any]:
    return [part for part in parts if isinstance(part, kind)]


def names(parts: list[Any]) -> set[str]:
    return {f"{each.given_name} {each.family_name}".strip() for each in those(parts, ImsPerson)}


def test_a_group_travels_with_its_prefix_its_teacher_and_who_is_placed(alone: Ready) -> None:
    parts = snapshot()
    placed = alone.placements[0]
    [unit, group] = those(parts, ImsGroup)
    assert (group.id, group.name) == (str(alone.group.pk), "PRÖ:KC26HTAT03B")
    assert (unit.name, unit.school_unit_code) == ("Komvux Centrum", "12345678")
    [of_unit, teaching, learning] = those(parts, ImsMember)
    assert (of_unit.group, of_unit.member, of_unit.is_group) == (unit.id, group.id, True)
    assert (teaching.member, teaching.role) == (str(alone.teacher_person.pk), RoleType.INSTRUCTOR)
    assert (learning.member, learning.role) == (str(placed.person_id), RoleType.LEARNER)
    assert (learning.begin, learning.end, learning.course_code) == (EXAM, EXAM, "MATMAT03b")
    numbers = {each.number for each in those(parts, ImsPerson)}
    assert numbers == {
        placed.person.numbers.get().number,
        alone.teacher_person.numbers.get().number,
    }


def test_what_was_taken_back_or_belongs_elsewhere_is_not_there(alone: Ready) -> None:
    world.place(alone.group, world.person("Åter", "Tagen"), outcome="withdrawn")
    spring = world.group(alone.town.unit, alone.teacher_person, term=Term.parse("VT27"))
    world.place(spring, world.person("Vår", "Termin"), EXAM + timedelta(days=150))
    other = make_ready(1)
    parts = snapshot(centre(alone.town.organiser.pk))
    assert len(those(parts, ImsPerson)) == 2
    assert str(other.group.pk) not in {each.id for each in those(parts, ImsGroup)}
    assert names(snapshot(term=Term.parse("VT27"))) >= {"Vår Termin"}
    assert snapshot(alone.admin)[1:] == []


def test_protected_persons_stay_out_unless_custom_lets_them_in_without_name_and_number(
    alone: Ready,
) -> None:
    hidden = world.person("Siv", "Hemlig", protected=True)
    world.place(alone.group, hidden)
    choice = TermChoice(OPERATOR, HT26)
    assert "Siv Hemlig" not in names(snapshot())
    assert str(hidden.pk) not in repr(snapshot())
    assert left_out(choice) == 1
    parts = snapshot(protected_at=(alone.town.organiser.pk,))
    [person] = [each for each in those(parts, ImsPerson) if each.protected]
    assert (person.id, person.number) == (str(hidden.pk), "")
    assert "Siv" not in repr(parts)
    assert "Hemlig" not in repr(parts)


def test_a_protected_teacher_stays_out_and_the_group_with_its_examinees_does_not(
    alone: Ready,
) -> None:
    alone.teacher_person.protection = "Sekretessmarkering"
    alone.teacher_person.case_number = "SK-900001"
    alone.teacher_person.save()
    parts = snapshot()
    assert [each.role for each in those(parts, ImsMember)] == [RoleType.MEMBER, RoleType.LEARNER]
    assert those(parts, Problem) == []


def test_who_has_no_number_in_use_is_counted() -> None:
    ready = make_ready(2)
    ready.placements[0].person.numbers.all().delete()
    assert without_number(TermChoice(OPERATOR, HT26)) == 1


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "withdrawn", "absent"])), max_size=6))
def test_every_reference_resolves_whoever_is_placed(placed: list[tuple[bool, str]]) -> None:
    ready: Ready = make_ready(0)
    for protected, outcome in placed:
        world.place(ready.group, world.person(protected=protected), outcome=outcome)
    parts = snapshot(centre(ready.town.organiser.pk))
    assert those(parts, Problem) == []
    seen = [outcome for protected, outcome in placed if not protected and outcome != "withdrawn"]
    learners = [each for each in those(parts, ImsMember) if each.role == RoleType.LEARNER]
    assert len(learners) == len(seen)


@pytest.mark.parametrize("size", [1, 30])
def test_queries_are_as_many_for_any_number_of_persons(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_ready(size)
    with django_assert_num_queries(8):
        parts = snapshot()
    assert len(those(parts, ImsPerson)) == size + 1
