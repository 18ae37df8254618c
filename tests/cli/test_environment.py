"""What a command sets before the settings are read, and how long it waits for a database."""

from pathlib import Path

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from provning.cli import environment
from provning.config.environment import Variables
from tests.support.ports import free_port


def test_a_named_database_is_used_also_when_the_installations_own_is_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "database-url"
    own.write_text("postgres://provning:hemligt@database:5432/provning\n", "utf-8")
    monkeypatch.setenv("DATABASE_URL", "postgres://provning@other/provning")
    monkeypatch.setenv("DATABASE_URL_FILE", str(own))
    assert Variables()["DATABASE_URL"] == "postgres://provning:hemligt@database:5432/provning"
    environment.use_database_file(tmp_path / "copy.sqlite3")
    assert Variables()["DATABASE_URL"] == f"sqlite:///{tmp_path}/copy.sqlite3"


@pytest.mark.once("a database server that is not there")
def test_a_database_that_never_answers_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    port = free_port()
    silent = {"ENGINE": "django.db.backends.postgresql", "NAME": "provning"}
    silent |= {"HOST": "127.0.0.1", "PORT": str(port), "USER": "provning"}
    monkeypatch.setattr(environment, "ANSWERS_WITHIN", 0)
    own = connections["default"]
    connections["default"] = ConnectionHandler({"default": silent})["default"]
    try:
        with django_db_blocker.unblock(), pytest.raises(environment.CannotRunError) as raised:
            environment.wait_for_database()
    finally:
        connections["default"] = own
    assert str(raised.value).startswith("Databasen provning svarar inte: connection failed")
