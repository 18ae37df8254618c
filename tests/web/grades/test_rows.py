"""Rows saved one by one while somebody types: what the page is told of each."""

from typing import Any

from django.test import Client

from provning.audit.models import AuditEvent
from provning.exams.actions import withdraw_placement
from provning.exams.models import Placement
from tests.builders import PROGRAM
from tests.web.grades.conftest import Desk, drafts, placed

FETCH = {"X-Requested-With": "fetch"}


def save(desk: Desk, client: Client, *rows: tuple[Placement, str, int], **more: str) -> Any:
    """Send rows as the page does, and return the answer."""
    data = dict(more)
    for placement, value, version in rows:
        data[f"grade-{placement.id}"] = value
        data[f"version-{placement.id}"] = str(version)
    return client.post(f"{desk.sheet}rader/", data, headers=FETCH)


def told(answer: Any) -> dict[str, tuple[str, str, int, str]]:
    """Return result, stored value, version and state by placement."""
    return {
        key: (row["result"], row["value"], row["version"], row["state"])
        for key, row in answer.json()["rows"].items()
    }


def test_a_saved_row_comes_with_its_next_version_and_its_status(desk: Desk) -> None:
    first = desk.placements[0]
    answer = save(desk, desk.teacher(), (first, "c", 0))
    assert answer.status_code == 200
    assert told(answer) == {str(first.id): ("saved", "C", 1, "draft")}
    cell = answer.json()["rows"][str(first.id)]["cell"]
    assert '<span class="status" data-s="done">Utkast sparat ' in cell
    assert drafts() == placed(desk, "C", "-", "-")


def test_the_same_again_is_unchanged_and_leaves_no_trace(desk: Desk) -> None:
    first, teacher = desk.placements[0], desk.teacher()
    save(desk, teacher, (first, "C", 0))
    before = AuditEvent.objects.count()
    answer = save(desk, teacher, (first, "C", 0))
    assert told(answer) == {str(first.id): ("unchanged", "C", 1, "draft")}
    assert AuditEvent.objects.count() == before


def test_each_row_is_judged_by_itself(desk: Desk) -> None:
    first, second, _third = desk.placements
    answer = save(desk, desk.teacher(), (first, "G", 0), (second, "B", 0))
    assert answer.status_code == 422
    assert told(answer) == {
        str(first.id): ("problems", "", 0, "error"),
        str(second.id): ("saved", "B", 1, "draft"),
    }
    cell = answer.json()["rows"][str(first.id)]["cell"]
    assert 'role="alert"' in cell
    assert "G finns inte i skalan för kursen" in cell
    assert drafts() == placed(desk, "-", "B", "-")


def test_together_one_wrong_row_keeps_all_from_being_stored(desk: Desk) -> None:
    first, second, _third = desk.placements
    answer = save(desk, desk.teacher(), (first, "G", 0), (second, "B", 0), together="1")
    assert answer.status_code == 422
    assert told(answer) == {
        str(first.id): ("problems", "", 0, "error"),
        str(second.id): ("held", "", 0, "none"),
    }
    assert drafts() == {}


def test_a_conflict_says_who_and_what_and_offers_both(desk: Desk) -> None:
    first = desk.placements[0]
    save(desk, desk.administrator(), (first, "B", 0))
    answer = save(desk, desk.teacher(), (first, "C", 0))
    assert answer.status_code == 422
    assert told(answer) == {str(first.id): ("conflict", "B", 1, "conflict")}
    cell = answer.json()["rows"][str(first.id)]["cell"]
    said = [each in cell for each in ("Lena Sandström skrev B", "Behåll B", "Spara C")]
    assert said == [True, True, True]
    assert drafts() == placed(desk, "B", "-", "-")


def test_a_decided_row_is_a_conflict_without_a_choice(desk: Desk) -> None:
    first = desk.placements[0]
    desk.stage.decide(first, "B")
    answer = save(desk, desk.teacher(), (first, "A", 0))
    assert told(answer) == {str(first.id): ("conflict", "", 0, "conflict")}
    cell = answer.json()["rows"][str(first.id)]["cell"]
    assert ("Karin Wallgren beslutade B" in cell, "<button" in cell) == (True, False)


def test_a_placement_that_was_taken_back_meanwhile_says_so_on_its_row(desk: Desk) -> None:
    first, second, _third = desk.placements
    withdraw_placement(
        actor=PROGRAM,
        placement_id=first.id,
        reason="Fel person",
        expected_version=first.version,
    )
    answer = save(desk, desk.teacher(), (first, "A", 0), (second, "B", 0))
    assert told(answer) == {
        str(first.id): ("problems", "", 0, "error"),
        str(second.id): ("saved", "B", 1, "draft"),
    }
    assert drafts() == placed(desk, "-", "B", "-")


def test_no_row_is_no_answer(desk: Desk) -> None:
    answer = save(desk, desk.teacher())
    assert answer.status_code == 200
    assert answer.json() == {"rows": {}}


def test_only_a_form_is_taken_and_only_from_who_types(desk: Desk) -> None:
    assert desk.teacher().get(f"{desk.sheet}rader/").status_code == 405
    assert save(desk, desk.principal(), (desk.placements[0], "A", 0)).status_code == 403
    assert drafts() == {}
