"""Changing, ending and deciding over time, as the administrator does it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from provning.audit.conflicts import version_of
from provning.audit.queries import history_of
from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation import events
from provning.organisation.actions import (
    change_organiser,
    change_provider,
    change_unit,
    create_provider,
    create_unit,
    end_provider,
    end_unit,
    set_grading_right,
    set_initials,
    set_policy,
    set_term_calendar,
    withdraw_policy,
)
from provning.organisation.administration import (
    initials_over_time,
    organiser_managed,
    policies_of,
    policy_version,
    provider_managed,
)
from provning.organisation.policies_data import ALL_POLICIES, PolicyKey
from provning.organisation.policy_effects import EFFECT_LABELS
from provning.organisation.queries import policy_value, unit_for
from tests.builders import FIRST, HT26, PROGRAM, TODAY, Town, actor, recorded

KEY = PolicyKey.REGISTER_WITHIN_DAYS
TOMORROW = TODAY + timedelta(days=1)
PERMISSION = Permission.MANAGE_ORGANISATION


def decide(town: Town, value: int, day: date, **more: Any) -> None:
    facts: dict[str, Any] = {
        "organiser_id": town.organiser,
        "key": KEY,
        "value": value,
        "valid_from": day,
    }
    set_policy(actor=PROGRAM, **facts, **more)


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_an_organiser_and_a_provider_are_changed_with_before_and_after(town: Town) -> None:
    with recorded() as told:
        for _twice in range(2):
            change_organiser(
                actor=PROGRAM,
                organiser_id=town.organiser,
                name="Sjöstads stad",
                municipality_code="9999",
                municipality_name="Sjöstad",
                organisation_number="212000-2437",
            )
            change_provider(
                actor=PROGRAM,
                provider_id=town.contracted,
                name="Kompaniet AB",
                kind="external",
                organisation_number="556000-0001",
            )
    assert told == ["organiser_changed", "provider_changed"]
    assert organiser_managed(PROGRAM, town.organiser).name == "Sjöstads stad"
    assert provider_managed(PROGRAM, town.contracted).organisation_number == "556000-0001"
    event = history_of("provider", town.contracted)[0]
    assert event.name == "provider_changed"
    assert event.before == {
        "name": "Kunskapskompaniet AB",
        "kind": "external",
        "organisation_number": "",
    }


def test_what_was_changed_meanwhile_is_a_conflict_that_names_the_change(town: Town) -> None:
    seen = version_of("unit", town.centrum, events.OF_UNITS)
    facts: dict[str, Any] = {
        "actor": PROGRAM,
        "unit_id": town.centrum,
        "code": "",
        "principal_name": "",
    }
    change_unit(**facts, name="Komvux City", expected_version=seen)
    with pytest.raises(ConflictError) as conflict:
        change_unit(**facts, name="Komvux Torget", expected_version=seen)
    assert codes(conflict) == ["changed-meanwhile"]
    assert "Skolenheten Komvux City ändrades" in conflict.value.problems[0].text


def acts(town: Town, who: Actor, **seen: int) -> list[Callable[[], object]]:
    """Return everything that is changed over time, with what it takes."""
    unit: dict[str, Any] = {"actor": who, "unit_id": town.centrum, **seen}
    provider: dict[str, Any] = {"actor": who, "provider_id": town.contracted, **seen}
    organiser: dict[str, Any] = {"actor": who, "organiser_id": town.organiser, **seen}
    number: dict[str, Any] = {"organisation_number": ""}
    days: dict[str, Any] = {"first_day": TODAY, "last_day": TOMORROW}
    place: dict[str, Any] = {"municipality_code": "9999", "municipality_name": "Berg"}
    return [
        lambda: change_unit(**unit, name="Ny", code="", principal_name=""),
        lambda: set_initials(**unit, initials="CE", valid_from=TOMORROW, today=TODAY),
        lambda: end_unit(**unit, last_day=TOMORROW, today=TODAY),
        lambda: change_provider(**provider, name="Ny", kind="external", **number),
        lambda: set_grading_right(**provider, **days),
        lambda: end_provider(**provider, last_day=TOMORROW, today=TODAY),
        lambda: set_term_calendar(**provider, term=HT26, **days),
        lambda: change_organiser(**organiser, name="Ny", **place, **number),
        lambda: set_policy(**organiser, key=KEY, value=9, valid_from=TOMORROW),
        lambda: withdraw_policy(**organiser, key=KEY, today=TODAY),
    ]


def test_nothing_goes_over_what_was_changed_meanwhile(town: Town) -> None:
    decide(town, 12, TOMORROW)
    with recorded() as told:
        for act in acts(town, PROGRAM, expected_version=0):
            with pytest.raises(ConflictError) as conflict:
                act()
            assert codes(conflict) == ["changed-meanwhile"]
    assert told == []


def test_who_does_not_manage_the_place_changes_nothing(town: Town) -> None:
    decide(town, 12, TOMORROW)
    for who in (town.admin, town.centre, town.principal):
        for act in acts(town, who):
            with pytest.raises(NotAllowedError):
                act()
        with pytest.raises(NotAllowedError):
            create_unit(actor=who, provider_id=town.own, name="Ny")
        with pytest.raises(NotAllowedError):
            create_provider(actor=who, organiser_id=town.organiser, name="Ny", kind="internal")


def test_a_name_a_code_and_a_right_that_cannot_be_are_refused(town: Town) -> None:
    unit: dict[str, Any] = {"actor": PROGRAM, "name": " ", "code": "1", "principal_name": ""}
    refused = []
    for act in (
        lambda: create_unit(provider_id=town.own, **unit),
        lambda: change_unit(unit_id=town.centrum, **unit),
        lambda: set_grading_right(
            actor=PROGRAM, provider_id=town.contracted, first_day=TOMORROW, last_day=TODAY
        ),
    ):
        with pytest.raises(ProblemsFoundError) as refusal:
            act()
        refused.append(codes(refusal))
    wrong = ["organisation-name-empty", "unit-code"]
    assert refused == [wrong, wrong, ["grading-right-dates"]]


def test_somebody_who_manages_another_organiser_reaches_nothing(town: Town) -> None:
    elsewhere = actor("system_administrator", ScopeKind.ORGANISER, town.centrum)
    for act in (
        lambda: organiser_managed(elsewhere, town.organiser),
        lambda: provider_managed(elsewhere, town.own),
        lambda: end_unit(actor=elsewhere, unit_id=town.hamnen, last_day=TODAY, today=TODAY),
        lambda: withdraw_policy(actor=elsewhere, organiser_id=town.organiser, key=KEY, today=TODAY),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert (initials_over_time(elsewhere), unit_last_day(town.hamnen)) == ({}, None)


def unit_last_day(unit_id: UUID) -> date | None:
    return unit_for(PROGRAM, unit_id, PERMISSION).last_day


def test_a_unit_ends_with_a_day_and_may_go_on(town: Town) -> None:
    days = []
    with recorded() as told:
        for last_day in (TODAY, TODAY, None):
            end_unit(actor=PROGRAM, unit_id=town.hamnen, last_day=last_day, today=TODAY)
            days.append(unit_last_day(town.hamnen))
    assert told == ["unit_ended", "unit_goes_on"]
    assert days == [TODAY, TODAY, None]


def test_a_provider_ends_with_its_units_and_may_go_on(town: Town) -> None:
    end_unit(actor=PROGRAM, unit_id=town.hamnen, last_day=TODAY, today=TODAY)
    units, days = (town.hamnen, town.centrum, town.kompaniet), []
    with recorded() as told:
        for last_day in (TOMORROW, TOMORROW, None):
            end_provider(actor=PROGRAM, provider_id=town.own, last_day=last_day, today=TODAY)
            days.append([unit_last_day(each) for each in units])
    assert told == ["provider_ended", "provider_goes_on"]
    assert days == [[TODAY, TOMORROW, None], [TODAY, TOMORROW, None], [TODAY, None, None]]
    goes_on, ended = history_of("provider", town.own)[:2]
    name, day = "Vuxenutbildning Sjöstad", TOMORROW.isoformat()
    assert [(each.name, each.before, each.after) for each in (ended, goes_on)] == [
        ("provider_ended", {"last_day": None}, {"name": name, "last_day": day}),
        ("provider_goes_on", {"last_day": day}, {"name": name, "last_day": None}),
    ]


def test_what_replaces_something_does_not_begin_in_the_past(town: Town) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(ProblemsFoundError) as of_letters:
        set_initials(
            actor=PROGRAM, unit_id=town.centrum, initials="CE", valid_from=yesterday, today=TODAY
        )
    with pytest.raises(ProblemsFoundError) as of_policy:
        decide(town, 7, yesterday, today=TODAY)
    assert [codes(of_letters), codes(of_policy)] == [["start-in-the-past"]] * 2
    decide(town, 7, TODAY, today=TODAY)
    assert policy_value(town.organiser, KEY, TODAY) == 7


def test_a_policy_tells_what_holds_what_comes_and_what_was(town: Town) -> None:
    decide(town, 10, FIRST)
    decide(town, 12, TODAY, source="Nämnden")
    decide(town, 20, TOMORROW)
    rows = {row.kind.key: row for row in policies_of(PROGRAM, town.organiser, TODAY)}
    row, other = rows[KEY], rows[PolicyKey.REMIND_DAYS]
    assert row.now
    assert row.coming
    assert (row.value, row.now.source, row.coming.value) == (12, "Nämnden", 20)
    assert [each.value for each in row.earlier] == [10]
    assert (other.value, other.now, other.coming) == (14, None, None)


def test_a_coming_value_is_taken_back_and_what_held_goes_on(town: Town) -> None:
    decide(town, 12, TODAY)
    decide(town, 20, TOMORROW)
    with recorded() as told:
        for _twice in range(2):
            withdraw_policy(actor=PROGRAM, organiser_id=town.organiser, key=KEY, today=TODAY)
    assert told == ["policy_withdrawn"]
    assert policy_value(town.organiser, KEY, TOMORROW) == 12


def test_only_the_same_policys_change_is_a_conflict(town: Town) -> None:
    seen = policy_version(town.organiser, KEY)
    set_policy(
        actor=PROGRAM,
        organiser_id=town.organiser,
        key=PolicyKey.REMIND_DAYS,
        value=3,
        valid_from=TODAY,
    )
    decide(town, 9, TODAY, expected_version=seen)
    with pytest.raises(ConflictError) as conflict:
        decide(town, 8, TODAY, expected_version=seen)
    assert codes(conflict) == ["changed-meanwhile"]
    assert policy_value(town.organiser, KEY, TODAY) == 9


def test_every_policy_says_what_it_touches() -> None:
    assert set(EFFECT_LABELS) == {kind.key for kind in ALL_POLICIES}
