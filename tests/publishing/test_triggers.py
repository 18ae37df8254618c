"""The stamps: they move when what is published changes, and the triggers come back when lost."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from provning.people.actions import rename_person
from provning.people.models import Person
from provning.publishing.models import Stamp, Tombstone
from provning.publishing.triggers import PRESENT, install
from provning.publishing.watches import WATCHES
from tests.api.ss12000.world import settled
from tests.builders import PROGRAM, Town, build_town
from tests.support.kept import kept

pytestmark = pytest.mark.django_db


def present() -> dict[str, str]:
    """Return the triggers that are there, with their tables."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        return {name: table for name, table, _text in cursor.fetchall()}


def modified(resource: str, key: UUID) -> datetime:
    """Return when a thing last changed."""
    settled()
    return Stamp.objects.get(resource=resource, key=key).modified


def drop(name: str, table: str) -> None:
    """Lose a trigger, as a rebuilt table does."""
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


town = kept(build_town)


def test_every_trigger_is_there() -> None:
    assert len(present()) == len(WATCHES)


def test_a_lost_trigger_and_the_stamps_it_did_not_make_come_back(town: Town) -> None:
    before = present()
    for name, table in before.items():
        if table == "people_person":
            drop(name, table)
    person = town.stranger()
    Stamp.objects.filter(resource="persons", key=person.pk).delete()
    install("default")
    assert present() == before
    assert modified("persons", person.pk) <= datetime.now(UTC)


def test_a_trigger_of_another_version_is_replaced_or_removed() -> None:
    before = present()
    name, table = next((each, on) for each, on in before.items() if on == "people_person")
    drop(name, table)
    stale = {"sqlite": "AFTER INSERT ON people_duty BEGIN SELECT 1; END"}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER {name} {stale['sqlite']}")
            cursor.execute(f"CREATE TRIGGER publishing_99 {stale['sqlite']}")
    install("default")
    assert present() == before


def test_a_name_moves_the_person_and_nothing_else(town: Town) -> None:
    person = town.person()
    first = modified("persons", person.pk)
    others = set(Stamp.objects.exclude(key=person.pk).values_list("key", "modified"))
    rename_person(
        actor=PROGRAM, person_id=person.pk, given_name="Ny", family_name="Ny", expected_version=1
    )
    assert modified("persons", person.pk) >= first
    assert set(Stamp.objects.exclude(key=person.pk).values_list("key", "modified")) == others


def test_what_is_not_published_moves_nothing(town: Town) -> None:
    person = town.person()
    first = modified("persons", person.pk)
    Person.objects.filter(pk=person.pk).update(version=7, sort_key="x")
    assert modified("persons", person.pk) == first


def test_nothing_is_buried_before_anybody_ceases_to_see_it(town: Town) -> None:
    town.person()
    settled()
    assert Tombstone.objects.count() == 0
