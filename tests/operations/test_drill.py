"""The restore drill: what was copied comes back, all of it, and nothing that does not hold."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection

from provning import __version__
from provning.audit.guards import missing_guards, remove_guards
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of, verify_chain
from provning.catalogues.models import StoredDocument
from provning.operations.backups import parts, rows
from provning.operations.backups.faults import BackupError
from provning.operations.backups.parts import head_of, inspect
from provning.operations.backups.rows import content_hash, digests_of, tables_of
from provning.people.models import Person
from tests.operations.world import NOW, back_up, build_installation, put_back
from tests.support.kept import kept

installation = kept(build_installation)
pytestmark = pytest.mark.usefixtures("installation")
KEY = "en lång nyckel som ingen gissar"


def content() -> str:
    """Return the hash of everything the database says now."""
    return content_hash(digests_of(tables_of(connection, rows.applied(connection)), connection))


def triggers() -> list[tuple[str, ...]]:
    """Return every trigger of the database, word for word."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if connection.vendor == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger"
        " WHERE NOT tgisinternal ORDER BY tgname"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def last_event() -> AuditEvent:
    event = AuditEvent.objects.order_by("number").last()
    assert event is not None
    return event


def test_what_was_copied_comes_back_whatever_happened_since(tmp_path: Path) -> None:
    before, stood = content(), triggers()
    taken = back_up(tmp_path / "a", KEY)
    assert taken.manifest.content == before
    Person.objects.update(family_name="Ändrad")
    Group.objects.create(name="Ny")
    assert content() != before

    restored, _files = put_back(tmp_path / "a", KEY)

    assert restored.whole.manifest.content == before
    assert restored.faults == []
    assert triggers() == stood
    assert missing_guards(connection) == []


def test_the_trail_tells_of_both_and_still_holds(tmp_path: Path) -> None:
    events = verify_chain().events
    taken = back_up(tmp_path / "a")
    told = history_of("backup", taken.manifest.content[:60])
    assert [(row.name, row.after["file"]) for row in told] == [("backup_taken", "a")]
    put_back(tmp_path / "a")
    report = verify_chain()
    assert (report.events, report.fault) == (events + 1, "")
    assert last_event().name == "backup_restored"
    assert '"made_at":"2027-01-20T03:30:00.000000+00:00"' in last_event().after


def test_a_database_with_content_is_left_alone_without_the_word(tmp_path: Path) -> None:
    back_up(tmp_path / "a")
    before = content()
    with pytest.raises(BackupError, match=r"har redan innehåll .* --replace"):
        put_back(tmp_path / "a", replace=False)
    assert content() == before


def test_what_is_there_is_not_removed_before_its_replacement_is_proved(tmp_path: Path) -> None:
    """PostgreSQL is filled where it is, so tables that have to be made need an empty database."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is filled in a new file")
    back_up(tmp_path / "a")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")
    before = content()
    with pytest.raises(BackupError, match="en annan version av programmet, och databasen"):
        put_back(tmp_path / "a")
    assert content() == before


def test_a_broken_trail_is_not_restored_unless_told(tmp_path: Path) -> None:
    remove_guards(connection)
    AuditEvent.objects.filter(number=3).update(reason="ändrad")
    back_up(tmp_path / "a")
    before = content()
    with pytest.raises(BackupError, match="Händelseloggen: händelse 3 är ändrad"):
        put_back(tmp_path / "a")
    assert content() == before
    restored, _files = put_back(tmp_path / "a", accept_faults=True)
    assert [fault[:37] for fault in restored.faults] == ["Händelseloggen: händelse 3 är ändrad:"]


def test_a_changed_document_is_not_restored(tmp_path: Path) -> None:
    stored = StoredDocument.objects.order_by("pk").first()
    assert stored is not None
    changed = bytearray(stored.content)
    changed[len(changed) // 2] ^= 1
    remove_guards(connection)
    StoredDocument.objects.filter(pk=stored.pk).update(content=bytes(changed))
    back_up(tmp_path / "a")
    with pytest.raises(BackupError, match=f"dokumentet {stored.pk}: innehållet har en annan"):
        put_back(tmp_path / "a")


def test_files_beside_the_database_come_along(tmp_path: Path) -> None:
    (tmp_path / "root.crt").write_bytes(b"ROT")
    back_up(tmp_path / "a", KEY, certificate=tmp_path / "root.crt")
    _restored, files = put_back(tmp_path / "a", KEY)
    assert files == {"certificate": b"ROT"}


def test_who_is_signed_in_is_not_copied_and_has_to_sign_in_again(tmp_path: Path) -> None:
    Session.objects.create(session_key="planted", session_data="x", expire_date=NOW)
    back_up(tmp_path / "a")
    assert all(b"planted" not in part for _name, part in parts.members(tmp_path / "a", ""))
    put_back(tmp_path / "a")
    assert Session.objects.count() == 0


def test_a_number_that_was_given_is_not_given_again(tmp_path: Path) -> None:
    gone = Group.objects.create(name="Borta")
    number = gone.pk
    gone.delete()
    back_up(tmp_path / "a")
    put_back(tmp_path / "a")
    assert Group.objects.create(name="Ny").pk == number + 1


def test_a_backup_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            ["grading", "0999_from_the_future", datetime(2030, 1, 1, tzinfo=UTC)],
        )
    with pytest.raises(BackupError) as caught:
        back_up(tmp_path / "a")
    assert str(caught.value) == (
        "Innehållet hör till ett nyare program än detta (grading.0999_from_the_future). "
        "Uppgradera programmet först."
    )
    assert list(tmp_path.iterdir()) == []


def test_the_head_says_where_it_comes_from(tmp_path: Path) -> None:
    back_up(tmp_path / "a", KEY)
    head = head_of(tmp_path / "a", KEY)
    assert (head.program, head.made_at, head.database) == (
        __version__,
        "2027-01-20T03:30:00+00:00",
        connection.vendor,
    )
    assert inspect(tmp_path / "a", KEY).head == head
