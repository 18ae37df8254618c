"""A backup is of one moment, and nobody waits for it."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from provning.operations.backups.snapshot import snapshot


def write(name: str) -> None:
    """Store something from elsewhere, as another request does; fails when it has to wait long."""

    def store() -> None:
        Group.objects.create(name=name)
        done.append(name)
        connection.close()

    done: list[str] = []
    elsewhere = threading.Thread(target=store)
    elsewhere.start()
    elsewhere.join(timeout=10)
    assert done == [name]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_not_held_up() -> None:
    with snapshot(connection):
        before = Group.objects.count()
        write("under tiden")
        assert Group.objects.count() == before
    assert Group.objects.count() == before + 1
    write("efteråt")


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_inside_ends_it() -> None:
    with pytest.raises(Group.DoesNotExist), snapshot(connection):
        Group.objects.get(name="finns inte")
    write("efteråt")
    assert Group.objects.count() == 1


@pytest.mark.django_db
def test_inside_a_transaction_it_is_that_one() -> None:
    Group.objects.create(name="i samma")
    with snapshot(connection):
        assert Group.objects.count() == 1
