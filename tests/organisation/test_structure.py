"""Adding and changing organisers, providers and units."""

import pytest

from provning.audit.queries import history_of
from provning.kernel.actors import ScopeKind
from provning.kernel.problems import ConflictError, NotAllowedError, ProblemsFoundError
from provning.organisation.actions import (
    change_unit,
    create_organiser,
    create_provider,
    create_unit,
)
from provning.organisation.models import Organiser
from tests.builders import PROGRAM, Town, actor, recorded


def test_each_thing_added_is_one_event(town: Town) -> None:
    with recorded() as events:
        organiser = create_organiser(
            actor=PROGRAM,
            name=" Bergs  kommun ",
            municipality_code="2326",
            municipality_name="Berg",
            organisation_number="212000-2437",
        )
        provider = create_provider(
            actor=PROGRAM, organiser_id=organiser.id, name="Lärcentrum", kind="internal"
        )
        unit = create_unit(actor=PROGRAM, provider_id=provider.id, name="Svenstavik")
    assert events == ["organiser_created", "provider_created", "unit_created"]
    assert organiser.name == "Bergs kommun"
    [event] = history_of("unit", unit.id)
    assert (event.name, event.after["name"]) == ("unit_created", "Svenstavik")
    assert town.organiser != organiser.id


def test_an_organiser_that_cannot_be_is_refused_with_every_reason(town: Town) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        create_organiser(
            actor=town.administrator,
            name="",
            municipality_code="18",
            municipality_name=" ",
            organisation_number="2120000142",
        )
    assert [problem.code for problem in refusal.value.problems] == [
        "organisation-name-empty",
        "municipality-code",
        "municipality-name-empty",
        "organisation-number",
    ]


def test_only_who_manages_everything_adds_organisers(town: Town) -> None:
    limited = actor("system_administrator", ScopeKind.ORGANISER, town.organiser)
    for who in (limited, town.centre, town.admin):
        with pytest.raises(NotAllowedError):
            create_organiser(
                actor=who, name="Berg", municipality_code="2326", municipality_name="Berg"
            )
    assert Organiser.objects.count() == 1


def test_a_name_twice_is_a_conflict_that_leaves_the_rest_standing(town: Town) -> None:
    with pytest.raises(ConflictError) as conflict, recorded() as events:
        create_provider(
            actor=PROGRAM,
            organiser_id=town.organiser,
            name="Kunskapskompaniet AB",
            kind="external",
        )
    assert [problem.code for problem in conflict.value.problems] == ["organisation-name-taken"]
    assert events == []


def test_a_units_name_code_and_principal_are_changed_with_before_and_after(town: Town) -> None:
    with recorded() as events:
        for _twice in range(2):
            change_unit(
                actor=PROGRAM,
                unit_id=town.centrum,
                name="Komvux City",
                code="99990001",
                principal_name="Ann Ek",
            )
    assert events == ["unit_changed"]
    event = history_of("unit", town.centrum)[0]
    assert event.name == "unit_changed"
    assert event.before == {"name": "Komvux Centrum", "code": "", "principal_name": ""}
    assert event.after == {
        "name": "Komvux City",
        "code": "99990001",
        "principal_name": "Ann Ek",
    }
