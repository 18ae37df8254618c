"""The chain names the first link that does not hold, whatever was done to it."""

import pytest
from django.db import connection

from provning.audit.actions import digest_of
from provning.audit.guards import install_guards, remove_guards
from provning.audit.models import AuditEvent
from provning.audit.queries import ChainReport, Noted, verify_chain
from tests.audit.conftest import Trail, record_one

SWAP = """
    UPDATE audit_auditevent SET number = CASE number WHEN 2 THEN 103 ELSE 102 END
    WHERE number IN (2, 3)
"""


def verdict() -> tuple[int | None, str]:
    report = verify_chain()
    return report.broken_at, report.fault


@pytest.mark.django_db
def test_an_empty_chain_holds() -> None:
    assert verify_chain() == ChainReport(0, "0" * 64, None, "")


def test_an_untouched_chain_holds_and_ends_in_its_last_digest(trail: Trail) -> None:
    assert verify_chain() == ChainReport(5, trail.events[-1].digest, None, "")


@pytest.mark.parametrize(
    "column",
    ["name", "actor_id", "actor_name", "actor_role", "subjects", "before", "after", "reason"],
)
def test_one_character_more_in_any_text_is_found(trail: Trail, column: str) -> None:
    sql = "UPDATE audit_auditevent SET the_column = the_column || 'x' WHERE number = 3"
    trail.tamper(sql.replace("the_column", column))

    assert verdict() == (3, "händelse 3 är ändrad: innehållet svarar inte mot sin kontrollsumma")


def test_one_changed_byte_in_the_facts_is_found(trail: Trail) -> None:
    trail.tamper("UPDATE audit_auditevent SET after = %s WHERE number = 3", '{"what":"sak 4"}')

    assert verdict() == (3, "händelse 3 är ändrad: innehållet svarar inte mot sin kontrollsumma")


def test_another_time_is_found(trail: Trail) -> None:
    trail.tamper(
        "UPDATE audit_auditevent SET recorded_at ="
        " (SELECT recorded_at FROM audit_auditevent WHERE number = 1) WHERE number = 3"
    )

    assert verdict() == (3, "händelse 3 är ändrad: innehållet svarar inte mot sin kontrollsumma")


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_removed_event_is_named(trail: Trail, number: int) -> None:
    trail.tamper(
        "DELETE FROM audit_auditsubject WHERE event_id ="
        " (SELECT id FROM audit_auditevent WHERE number = %s)",
        number,
    )
    trail.tamper("DELETE FROM audit_auditevent WHERE number = %s", number)

    assert verdict() == (
        number + 1,
        f"händelse {number} saknas; nästa som finns är {number + 1}",
    )


def test_swapped_events_are_found_at_the_first_of_them(trail: Trail) -> None:
    trail.tamper(SWAP)
    trail.tamper("UPDATE audit_auditevent SET number = number - 100 WHERE number > 100")

    assert verdict() == (2, "händelse 2 pekar inte på händelsen före sig")


def test_a_change_with_its_digest_made_anew_breaks_the_next_link(trail: Trail) -> None:
    forged = trail.events[2]
    forged.after = '{"what":"fusk"}'
    trail.tamper(
        "UPDATE audit_auditevent SET after = %s, digest = %s WHERE number = 3",
        forged.after,
        digest_of(forged),
    )

    assert verdict() == (4, "händelse 4 pekar inte på händelsen före sig")


def test_a_digest_of_nothing_is_found(trail: Trail) -> None:
    trail.tamper("UPDATE audit_auditevent SET digest = %s WHERE number = 5", "f" * 64)

    assert verdict() == (5, "händelse 5 är ändrad: innehållet svarar inte mot sin kontrollsumma")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditsubject SET key = '9' WHERE key = '3'",
        "DELETE FROM audit_auditsubject WHERE key = '3'",
        "INSERT INTO audit_auditsubject (kind, key, event_id)"
        " SELECT 'thing', '9', id FROM audit_auditevent WHERE number = 3",
    ],
)
def test_a_link_to_another_thing_is_found(trail: Trail, sql: str) -> None:
    trail.tamper(sql)

    assert verdict() == (3, "händelse 3 har fått sina kopplingar ändrade")


def test_only_the_first_of_two_breaks_is_named(trail: Trail) -> None:
    trail.tamper("UPDATE audit_auditevent SET reason = 'x' WHERE number IN (2, 4)")

    report = verify_chain()

    assert (report.events, report.broken_at) == (1, 2)


def test_a_cut_tail_shows_against_the_noted_end(trail: Trail) -> None:
    noted = Noted(5, trail.events[-1].digest)
    trail.tamper("DELETE FROM audit_auditsubject WHERE key = '5'")
    trail.tamper("DELETE FROM audit_auditevent WHERE number = 5")

    assert verify_chain(noted).fault == "händelse 5 och de som följde saknas"


def test_a_tail_written_anew_shows_against_the_noted_end(trail: Trail) -> None:
    noted = Noted(5, trail.events[-1].digest)
    trail.tamper("DELETE FROM audit_auditsubject WHERE key = '5'")
    trail.tamper("DELETE FROM audit_auditevent WHERE number = 5")
    install_guards(connection)
    record_one("något annat", key=5)

    assert verify_chain().fault == ""
    assert verify_chain(noted).broken_at == 5


def test_a_chain_that_holds_without_its_guards_says_so(trail: Trail) -> None:
    remove_guards(connection)

    report = verify_chain()

    assert (report.events, report.broken_at) == (5, None)
    assert report.fault.startswith("databasens spärrar saknas: ")
    assert "audit_auditevent_no_update" in report.fault
    assert AuditEvent.objects.count() == len(trail.events)
