"""An event is appended once, in its action's transaction, under a registered name."""

import threading
from datetime import date
from uuid import UUID

import pytest
from django.db import connection, transaction

from provning.audit.actions import UnregisteredEventError, canonical, record
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of, verify_chain
from provning.audit.registry import event_name, event_names, is_registered, register_event
from tests.audit.conftest import ACTOR, DONE, OTHER, Trail, record_one

SOME_ID = UUID("8f3c0a52-8f36-4d5a-9b21-1c1b6a1f0001")


@pytest.mark.django_db
def test_an_unregistered_name_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(UnregisteredEventError):
        record_one(name="never_registered")

    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(DONE, actor=ACTOR, subjects=[])

    assert AuditEvent.objects.count() == 0


def fail_after_recording() -> None:
    """Do what an action does that goes wrong at its end."""
    with transaction.atomic():
        record(DONE, actor=ACTOR, subjects=[])
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_no_event() -> None:
    record_one("före")

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()

    record_one("efter")
    assert [event.number for event in AuditEvent.objects.all()] == [1, 2]
    assert verify_chain().fault == ""


@pytest.mark.django_db
def test_the_facts_are_written_in_one_form() -> None:
    with transaction.atomic():
        event = record(
            OTHER,
            actor=ACTOR,
            subjects=[("b", SOME_ID), ("a", 2), ("a", 2)],
            before={"day": date(2026, 5, 12)},
            after={"ö": 1, "a": None},
            reason="därför",
        )

    stored = AuditEvent.objects.get(pk=event.pk)
    assert stored.subjects == f'[["a","2"],["b","{SOME_ID}"]]'
    assert stored.before == '{"day":"2026-05-12"}'
    assert stored.after == '{"a":null,"ö":1}'
    assert (stored.actor_id, stored.actor_name, stored.actor_role) == (
        "system:test",
        "Testet",
        "system",
    )


def test_what_has_no_written_form_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"thing": object()})


def test_a_thing_shows_its_own_history_newest_first(trail: Trail) -> None:
    record_one("senare", key=3)

    history = history_of("thing", 3)

    assert [(row.number, row.after) for row in history] == [
        (6, {"what": "senare"}),
        (3, {"what": "sak 3"}),
    ]
    assert history_of("person", 3) == []
    assert len(trail.events) == 5


def test_registered_names_are_listed_by_code() -> None:
    codes = [name.code for name in event_names()]

    assert codes == sorted(codes)
    assert is_registered(DONE)
    assert event_name(DONE).sentence == "Något gjordes: {what}"
    with pytest.raises(KeyError):
        event_name("never_registered")


def test_no_two_events_have_one_name() -> None:
    with pytest.raises(ValueError, match="two events are called test_done"):
        register_event(DONE, "Något annat")
    assert event_name(DONE).sentence == "Något gjordes: {what}"


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    failures: list[Exception] = []

    def write(writer: int) -> None:
        try:
            for number in range(10):
                record_one(f"{writer}-{number}", key=writer)
        except Exception as error:  # noqa: BLE001 (a thread's failure is judged below)
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    report = verify_chain()
    assert (report.events, report.fault) == (60, "")
    assert [row.after["what"] for row in history_of("thing", 4)] == [
        f"4-{number}" for number in range(9, -1, -1)
    ]
