"""Which units and providers an actor reaches."""

from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.organisation.actions import create_provider, create_unit, set_initials
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import (
    organisers_for,
    providers_for,
    unit_for,
    unit_scope,
    units_for,
)
from tests.builders import FIRST, PROGRAM, Town, actor

VIEW = Permission.VIEW_GROUPS


@pytest.mark.parametrize(
    ("role", "kind", "scope", "expected"),
    [
        ("adult_education_centre", ScopeKind.ORGANISER, "organiser", ["KK", "KC", "KH"]),
        ("internal_provider", ScopeKind.PROVIDER, "own", ["KC", "KH"]),
        ("external_provider", ScopeKind.PROVIDER, "contracted", ["KK"]),
        ("internal_provider", ScopeKind.UNIT, "hamnen", ["KH"]),
        ("grading_teacher", ScopeKind.OWN_GROUPS, "kompaniet", ["KK"]),
        ("system_administrator", ScopeKind.EVERYTHING, "", []),
    ],
)
def test_units_in_scope_come_in_swedish_order(
    town: Town, role: str, kind: ScopeKind, scope: str, expected: list[str]
) -> None:
    names = {"KK": "Kompaniet", "KC": "Komvux Centrum", "KH": "Komvux Hamnen"}
    who = actor(role, kind, getattr(town, scope) if scope else None)
    assert [row.name for row in units_for(who, VIEW)] == [names[each] for each in expected]


def test_two_roles_reach_what_either_reaches(town: Town) -> None:
    grants = tuple(
        Grant("x", Scope(ScopeKind.UNIT, unit), frozenset({permission}))
        for unit, permission in (
            (town.hamnen, VIEW),
            (town.kompaniet, VIEW),
            (town.centrum, Permission.VIEW_AUDIT),
        )
    )
    assert {row.id for row in units_for(Actor("x", "X", "", grants), VIEW)} == {
        town.hamnen,
        town.kompaniet,
    }


def test_a_unit_out_of_scope_is_as_if_missing(town: Town) -> None:
    assert unit_for(town.admin, town.centrum, VIEW).municipality_name == "Sjöstad"
    for unit_id in (town.kompaniet, uuid4()):
        with pytest.raises(NotFoundError):
            unit_for(town.admin, unit_id, VIEW)


def test_no_grant_reaches_no_unit(town: Town) -> None:  # noqa: ARG001 (units that could leak)
    nobody = Actor("x", "Ingen")
    assert not SchoolUnit.objects.filter(unit_scope(nobody, VIEW, "")).exists()
    assert providers_for(nobody, VIEW) == []
    assert organisers_for(nobody, VIEW) == []


def test_providers_in_scope(town: Town) -> None:
    assert [row.name for row in providers_for(town.centre, VIEW)] == [
        "Kunskapskompaniet AB",
        "Vuxenutbildning Sjöstad",
    ]
    assert [row.id for row in providers_for(town.admin, VIEW)] == [town.own]
    at_unit = actor("internal_provider", ScopeKind.UNIT, town.hamnen)
    assert [row.id for row in providers_for(at_unit, VIEW)] == [town.own]
    assert organisers_for(town.centre, VIEW) == [(town.organiser, "Sjöstads kommun")]
    assert organisers_for(town.admin, VIEW) == []


@pytest.mark.parametrize("units", [1, 30])
def test_units_are_one_query(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries, units: int
) -> None:
    provider = create_provider(
        actor=PROGRAM, organiser_id=town.organiser, name="Många", kind="internal"
    )
    for number in range(units):
        create_unit(actor=PROGRAM, provider_id=provider.id, name=f"Enhet {number}")
    who = actor("internal_provider", ScopeKind.PROVIDER, provider.id)
    with django_assert_num_queries(1):
        assert len(units_for(who, VIEW)) == units


def test_an_organisers_administrator_manages_only_that_organiser(town: Town) -> None:
    own = actor("system_administrator", ScopeKind.ORGANISER, town.organiser)
    elsewhere = actor("system_administrator", ScopeKind.ORGANISER, uuid4())
    set_initials(actor=own, unit_id=town.centrum, initials="CE", valid_from=FIRST)
    with pytest.raises(NotFoundError):
        set_initials(actor=elsewhere, unit_id=town.centrum, initials="CX", valid_from=FIRST)
    with pytest.raises(NotAllowedError):
        set_initials(actor=town.admin, unit_id=town.centrum, initials="CX", valid_from=FIRST)
