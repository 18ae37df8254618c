"""A question that is worded once is answered as Django would answer it, for any values."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Case, Q, QuerySet, When

from provning.audit.asking import MOST_PLACES, worded_once
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.organisation.queries import provider_scope, units_for

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2020, 1, 1), date(2030, 1, 1)


@pytest.fixture
def providers() -> list[Provider]:
    """Return two providers, whose betygsrätt begins in 2020 and in 2030."""
    organiser = Organiser.objects.create(name="Ängby", municipality_code="9998")
    return [
        Provider.objects.create(
            organiser=organiser, name=f"Från {day.year}", kind="external", grading_right_from=day
        )
        for day in (EARLY, LATE)
    ]


@worded_once
def begun(fields: tuple[str, ...], on: date, *keys: UUID) -> QuerySet[Provider, Any]:
    """Ask which of the providers have begun on the day."""
    found = Provider.objects.filter(grading_right_from__lte=on, pk__in=keys)
    return found.order_by("name").values_list(*fields)


def test_the_same_question_is_answered_for_other_values(
    providers: list[Provider], django_assert_num_queries: Any
) -> None:
    first, second = (each.pk for each in providers)
    with django_assert_num_queries(4):
        assert begun(("id", "grading_right_from"), EARLY, first, second) == [(first, EARLY)]
        assert begun(("id", "grading_right_from"), LATE, first, second) == [
            (first, EARLY),
            (second, LATE),
        ]
        assert begun(("id", "grading_right_from"), LATE, second, second) == [(second, LATE)]
        assert begun(("id", "grading_right_from"), date(2019, 12, 31), first, second) == []


def test_what_is_no_value_shapes_the_question(providers: list[Provider]) -> None:
    first, second = (each.pk for each in providers)
    assert begun(("id",), LATE, second) == [(second,)]
    assert begun(("name",), LATE, second) == [("Från 2030",)]
    assert begun(("name",), LATE, first, second) == [("Från 2020",), ("Från 2030",)]
    assert begun(("name",), LATE) == []


def test_texts_and_moments_are_values_too() -> None:
    @worded_once
    def kept(key: str, now: datetime) -> QuerySet[Session, Any]:
        return Session.objects.filter(session_key=key, expire_date__gt=now).values_list(
            "session_key", "expire_date"
        )

    ends = datetime(2026, 11, 27, 12, 0, 0, 1, tzinfo=UTC)
    for key in ("å' OR 1=1 --", "%s"):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    assert kept("%s", ends.replace(microsecond=0)) == [("%s", ends)]
    assert kept("å' OR 1=1 --", ends.replace(microsecond=0)) == [("å' OR 1=1 --", ends)]
    assert kept("%s", ends) == []
    assert kept("", ends.replace(microsecond=0)) == []


def test_a_value_that_is_not_sent_as_given_is_warned_of() -> None:
    @worded_once
    def named(name: str) -> QuerySet[Organiser, Any]:
        return Organiser.objects.filter(name__contains=name).values_list("pk")

    with pytest.warns(RuntimeWarning, match="not sent as it is given"):
        assert named("Ängby") == []
    Organiser.objects.create(name="Nya Ängby", municipality_code="9998")
    assert len(named("Ängby")) == 1
    assert named("Björby") == []


def test_what_is_made_of_an_actor_s_value_is_never_kept_for_another() -> None:
    @worded_once
    def shouted(actor: Actor) -> QuerySet[Organiser, Any]:
        return Organiser.objects.filter(name=actor.name.upper()).values_list("pk")

    @worded_once
    def spelled(actor: Actor, permission: Permission) -> QuerySet[Organiser, Any]:
        ids = [str(scope.id) for scope in actor.scopes(permission)]
        return Organiser.objects.filter(name__in=ids).values_list("pk")

    somebody = Actor("id", "Namn", "role", ())
    with pytest.warns(RuntimeWarning, match="not sent as it is given"):
        shouted(somebody)
    grant = Grant("role", Scope(ScopeKind.UNIT, UUID(int=1)), frozenset({Permission.VIEW_GROUPS}))
    with pytest.warns(RuntimeWarning, match="not sent as it is given"):
        spelled(replace(somebody, grants=(grant,)), Permission.VIEW_GROUPS)


def test_a_value_that_does_not_matter_is_not_sent(providers: list[Provider]) -> None:
    may = Permission.VIEW_GROUPS
    far = Grant("role", Scope(ScopeKind.EVERYTHING), frozenset({may}))
    both = replace(at(providers[0]), grants=(*at(providers[0]).grants, far))
    assert reached(both, may) == [("Från 2020", False), ("Från 2030", False)]
    SchoolUnit.objects.create(provider=providers[1], name="Hamnen")
    assert [row.name for row in units_for(both, may)] == ["Hamnen"]
    assert units_for(at(providers[0]), may) == []


def test_who_is_everywhere_and_who_is_somewhere_are_asked_for_apart(
    providers: list[Provider],
) -> None:
    may, everywhere = Permission.VIEW_GROUPS, Scope(ScopeKind.EVERYTHING)
    far = replace(at(providers[0]), grants=(Grant("role", everywhere, frozenset({may})),))
    assert reached(far, may) == [("Från 2020", False), ("Från 2030", False)]
    assert reached(at(providers[1]), may) == [("Från 2030", False)]


def test_arguments_have_their_places(providers: list[Provider]) -> None:
    with pytest.raises(TypeError, match="in their places"):
        begun(("id",), on=EARLY)
    assert begun(("name",), EARLY, *(each.pk for each in providers)) == [("Från 2020",)]


def test_a_question_for_a_great_many_is_answered_too(providers: list[Provider]) -> None:
    keys = [*(each.pk for each in providers), *(UUID(int=n) for n in range(MOST_PLACES))]
    assert begun(("name",), LATE, *keys) == [("Från 2020",), ("Från 2030",)]
    assert begun(("name",), EARLY, *keys) == [("Från 2020",)]


@worded_once
def reached(actor: Actor, permission: Permission) -> QuerySet[Provider, Any]:
    """Ask which providers the actor reaches, and which of them are open to them."""
    found = Provider.objects.filter(provider_scope(actor, permission, "")).order_by("name")
    is_open = Q(pk__isnull=False) if actor.opened is None else Q(pk__in=actor.opened)
    return found.annotate(open=Case(When(is_open, then=True), default=False)).values_list(
        "name", "open"
    )


def at(place: Provider, *opened: Provider, gives: Permission = Permission.VIEW_GROUPS) -> Actor:
    """Return who has a permission at a provider, and has opened some."""
    grant = Grant("role", Scope(ScopeKind.PROVIDER, place.pk), frozenset({gives}))
    return Actor("id", "Namn", "role", (grant,), None, frozenset(each.pk for each in opened))


def test_an_actor_shapes_the_question_by_their_rights_alone(providers: list[Provider]) -> None:
    early, late = providers
    may = Permission.VIEW_GROUPS
    assert reached(at(early), may) == [("Från 2020", False)]
    assert reached(at(late), may) == [("Från 2030", False)]
    assert reached(at(late, early), may) == [("Från 2030", False)]
    assert reached(at(late, late), may) == [("Från 2030", True)]
    assert reached(at(late, early, late), may) == [("Från 2030", True)]
    assert reached(at(early, early, late), may) == [("Från 2020", True)]
    assert reached(at(early, gives=Permission.VIEW_PERSONS), may) == []
    both = replace(at(early), grants=at(late).grants + at(early).grants)
    assert reached(both, may) == [("Från 2020", False), ("Från 2030", False)]
    assert reached(replace(both, grants=both.grants[:1] * 2), may) == [("Från 2030", False)]
    assert reached(replace(at(late), opened=None), may) == [("Från 2030", True)]
