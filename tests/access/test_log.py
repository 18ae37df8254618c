"""The access log: insert-only until its day, read within scope, told of every search by number."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from provning.access.actions import (
    KEEP_DAYS,
    Access,
    dispose_entries,
    log_access,
    log_name_search,
    log_number_search,
    open_protected,
)
from provning.access.disposal import entries_to_dispose
from provning.access.models import AccessEntry
from provning.access.queries import access_log, access_of_person, examined_person, readers
from provning.archive.keeping import InstallationsWay
from provning.archive.retention import KINDS
from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.models import PersonNumber
from tests.builders import PROGRAM, Town, actor

OLD = datetime(2020, 1, 1, 12, tzinfo=UTC)


def read(reader: Actor, person: UUID | None, **more: object) -> None:
    log_access(actor=reader, entries=[Access("person", "students:detail", person, **more)])  # type: ignore[arg-type] # the fields of Access


def old_entry() -> AccessEntry:
    """Return an entry whose day has come."""
    return AccessEntry.objects.create(
        at=OLD,
        keep_until=(OLD + timedelta(days=KEEP_DAYS)).date(),
        actor_id="x",
        actor_name="X",
        kind="list",
        count=3,
        place="groups:list",
    )


def auditor(town: Town) -> Actor:
    return actor("principal", ScopeKind.PROVIDER, town.own)


def everywhere() -> Actor:
    return actor("system_administrator", ScopeKind.EVERYTHING, None)


def test_an_entry_says_who_whom_when_from_where_and_why(town: Town) -> None:
    person, who = town.person("Alva", "Bergqvist").id, town.principal
    read(who, person, selection="/elever/x/", reason="Frågar om betyg")
    [row] = access_of_person(auditor(town), person)
    said = (row.actor_id, row.actor_name, row.actor_role, row.kind, row.person_id, row.count)
    assert said == (who.id, who.name, who.role, "person", person, 1)
    assert (row.place, row.selection, row.reason) == (
        "students:detail",
        "/elever/x/",
        "Frågar om betyg",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_accessentry SET reason = 'annat'",
        "DELETE FROM access_accessentry",
    ],
)
def test_the_database_refuses_to_change_an_entry_and_to_remove_it_early(
    town: Town, statement: str
) -> None:
    read(PROGRAM, town.person().id)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_goes_when_its_day_has_come_and_no_other(town: Town) -> None:
    read(PROGRAM, town.person().id)
    old = old_entry()
    before = date(2026, 11, 27) - timedelta(days=KEEP_DAYS)
    assert [each.key for each in entries_to_dispose(before)] == [str(old.pk)]
    keys = [str(key) for key in AccessEntry.objects.values_list("pk", flat=True)]
    assert dispose_entries(actor=PROGRAM, before=before, keys=keys) == 1
    assert not AccessEntry.objects.filter(pk=old.pk).exists()
    assert AccessEntry.objects.count() == 1


def test_the_table_of_retention_and_the_guard_keep_it_as_long() -> None:
    assert KINDS["access"].way == InstallationsWay(KEEP_DAYS, entries_to_dispose)


def test_who_examines_a_provider_sees_what_concerns_its_persons(town: Town) -> None:
    own, other = town.person().id, town.person(at=town.contracted).id
    read(PROGRAM, own)
    read(PROGRAM, other)
    read(PROGRAM, None)
    assert [row.person_id for row in access_log(auditor(town))] == [own]
    assert [row.person_id for row in access_log(everywhere())] == [None, other, own]
    with pytest.raises(NotFoundError):
        access_of_person(auditor(town), other)


def test_the_log_is_for_who_may_examine(town: Town) -> None:
    person = town.person()
    number, day = PersonNumber.objects.get(person=person).number, date(2026, 11, 27)
    assert examined_person(auditor(town), number, day) == person.id
    for ask in (
        access_log,
        readers,
        lambda who: access_of_person(who, person.id),
        lambda who: examined_person(who, number, day),
    ):
        with pytest.raises(NotAllowedError):
            ask(town.admin)


def test_the_log_is_narrowed_to_one_user_a_time_and_opened_identities(town: Town) -> None:
    person, principal, admin = town.person().id, town.principal, town.admin
    read(principal, person)
    read(admin, person, opened=True)
    today = datetime.now(UTC).date()
    all_of_it = access_log(everywhere())
    assert len(all_of_it) == 2
    assert access_log(everywhere(), reader=admin.id) == all_of_it[:1]
    assert access_log(everywhere(), only_opened=True) == all_of_it[:1]
    assert access_log(everywhere(), last=today - timedelta(days=2)) == []
    assert access_log(everywhere(), first=today - timedelta(days=1)) == all_of_it
    assert readers(everywhere()) == sorted(
        {(each.id, each.name) for each in (admin, principal)},
        key=lambda each: (each[1], each[0]),
    )


@pytest.mark.django_db
def test_any_number_of_entries_is_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (1, 30):
        with django_assert_num_queries(1):
            entries = [Access("person", "groups:detail", uuid4()) for _ in range(count)]
            log_access(actor=PROGRAM, entries=entries)


def test_a_search_by_number_is_logged_on_its_owner_whether_in_scope_or_not(town: Town) -> None:
    elsewhere, nobody = next(town.numbers), next(town.numbers)
    person = town.person(at=town.contracted, number=elsewhere).id
    for number in (elsewhere, nobody):
        log_number_search(actor=town.admin, place="students:search", numbers=[number])
    log_name_search(actor=town.admin, place="students:search", count=2)
    rows = [(row.person_id, row.outside, row.count) for row in access_log(everywhere())]
    assert rows == [(None, False, 2), (None, True, 0), (person, True, 0)]
    stored = AccessEntry.objects.values_list()
    assert not any(elsewhere in str(each) or nobody in str(each) for each in stored)


def test_several_numbers_are_one_entry_and_one_for_each_person_out_of_scope(town: Town) -> None:
    own, elsewhere, nobody = (next(town.numbers) for _ in range(3))
    town.person(number=own)
    person = town.person(at=town.contracted, number=elsewhere).id
    numbers = [own, elsewhere, nobody]
    log_number_search(actor=town.admin, place="groups:place", numbers=numbers, reason=" Skäl ")
    log_number_search(actor=town.admin, place="groups:place", numbers=[])
    fields = ("person_id", "outside", "count", "selection", "reason")
    rows = list(AccessEntry.objects.order_by("pk").values_list(*fields))
    assert rows == [(None, True, 1, "3 nummer", "Skäl"), (person, True, 0, "", "Skäl")]


def test_a_protected_identity_is_opened_for_a_reason(town: Town) -> None:
    person = town.person("Hemlig", "Person", protection="Sekretessmarkering").id
    with pytest.raises(ProblemsFoundError) as found:
        open_protected(actor=town.principal, person_id=person, reason="  x ", place="p")
    assert [each.code for each in found.value.problems] == ["access-reason-empty"]
    with pytest.raises(ProblemsFoundError) as found:
        open_protected(actor=town.principal, person_id=person, reason="x" * 301, place="p")
    assert [each.code for each in found.value.problems] == ["access-reason-long"]
    assert AccessEntry.objects.count() == 0
    open_protected(actor=town.principal, person_id=person, reason="Eleven ringer", place="p")
    [row] = access_of_person(auditor(town), person)
    assert (row.kind, row.opened, row.reason) == ("unmasking", True, "Eleven ringer")


def test_nobody_opens_whom_they_have_no_right_to_see(town: Town) -> None:
    hidden = town.person(protection="Sekretessmarkering").id
    elsewhere = town.person(at=town.contracted, protection="Sekretessmarkering").id
    shown = town.person().id
    tries = [(town.admin, hidden), (town.principal, elsewhere), (town.principal, shown)]
    for who, person in tries:
        with pytest.raises(NotFoundError):
            open_protected(actor=who, person_id=person, reason="Eleven ringer", place="p")
    assert AccessEntry.objects.count() == 0


@pytest.mark.django_db
def test_the_database_holds_that_an_opening_has_a_reason() -> None:
    entry = Access("unmasking", "p", uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        log_access(actor=PROGRAM, entries=[entry])
