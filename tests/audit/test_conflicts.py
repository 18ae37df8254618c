"""A lost race is told: who was first, when, and what they did."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from provning.audit.conflicts import (
    changed_meanwhile,
    moment_text,
    refuse_if_changed,
    refused_as,
)
from provning.audit.models import AuditEvent
from provning.kernel.problems import ConflictError, Problem
from tests.audit.conftest import Trail, record_one

TAKEN = Problem("taken", "", "Någon annan var först.")


def fail() -> None:
    """Do what a write does that the database refuses."""
    with refused_as(TAKEN):
        record_one("skrevs")
        raise IntegrityError


def test_a_moment_is_told_in_swedish_time() -> None:
    assert moment_text(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2026-07-02 kl. 00.30"
    assert moment_text(datetime(2026, 12, 1, 22, 30, tzinfo=UTC)) == "2026-12-01 kl. 23.30"


def test_the_same_version_is_no_conflict(trail: Trail) -> None:
    refuse_if_changed("thing", 3, version=2, expected=2)

    assert len(trail.events) == 5


def test_the_latest_change_of_the_thing_is_told(trail: Trail) -> None:
    last = record_one("ändringen", key=3)
    record_one("något annat", key=4)

    with pytest.raises(ConflictError) as caught:
        refuse_if_changed("thing", 3, version=2, expected=1)

    (problem,) = caught.value.problems
    when = moment_text(last.recorded_at)
    assert problem.text.startswith(
        f"Testet ändrade uppgifterna {when} (Något gjordes: ändringen). Ladda om sidan"
    )
    assert problem.code == "changed-meanwhile"
    assert len(trail.events) == 5


@pytest.mark.django_db
def test_a_change_that_left_no_trail_is_told_as_such() -> None:
    assert [each.code for each in changed_meanwhile("thing", 3).problems] == [
        "changed-meanwhile-unknown"
    ]


@pytest.mark.django_db
def test_a_broken_constraint_undoes_the_write_and_becomes_a_conflict() -> None:
    with pytest.raises(ConflictError) as caught:
        fail()

    assert caught.value.problems == [TAKEN]
    assert AuditEvent.objects.count() == 0
