"""A comparison from the files to the answer, seen by nobody but who asked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as ours
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from provning.archive.above import disposed_above, found_above
from provning.audit.models import AuditEvent
from provning.comparisons.actions import (
    holding,
    match_comparison,
    note_fetched,
    put_back_comparison,
    remove_comparison,
    resume_comparison,
    run_comparison,
)
from provning.comparisons.models import ComparedFile, ComparedPiece, Comparison, ComparisonRow
from provning.comparisons.queries import comparison_for, whole_report
from provning.comparisons.rules import KEPT_DAYS
from provning.comparisons.tasks import remove_what_expired, run_asked_comparison
from provning.imports.models import ColumnMapping
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.actions import set_protection
from provning.reconciliation import MismatchKind, Side
from tests.builders import HT26, PROGRAM, TODAY
from tests.comparisons.world import (
    GRADE_HEADINGS,
    PLACEMENT_HEADINGS,
    Desk,
    csv_file,
    grades,
    number_of,
    placements,
)
from tests.web.stage import EXAM_DAY

pytestmark = pytest.mark.django_db
LATER = EXAM_DAY + timedelta(days=3)
HAND = ("Elevens nr", *PLACEMENT_HEADINGS[1:])


def codes(act: Callable[[], object]) -> list[tuple[str, str]]:
    """Carry out an act that is refused, and return code and field of each problem."""
    with pytest.raises(ProblemsFoundError) as caught:
        act()
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_two_files_are_compared_and_then_dropped(desk: Desk) -> None:
    one, two = (next(desk.stage.town.numbers) for _ in range(2))
    who = desk.actor
    asked = desk.ask(who, placements=placements(one, two), grades=grades(one, day=LATER))
    assert (asked.status, asked.queued) == ("running", True)
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    report = whole_report(who, asked.id, TODAY)
    assert [(each.kind, each.number) for each in report.mismatches] == [(MismatchKind.DATE, one)]
    assert report.mismatches[0].advice.params == {"exam": "2026-11-12", "graded": "2026-11-15"}
    assert (report.placements, report.grades, report.waiting) == (2, 1, 1)
    assert (ComparedFile.objects.exists(), ComparedPiece.objects.count()) == (True, 0)


def test_the_answer_read_back_is_the_one_that_was_found(desk: Desk) -> None:
    one = next(desk.stage.town.numbers)
    broken = csv_file(GRADE_HEADINGS, ("2,0E+11", "X", "A", "46154", "Ja", ""))
    content = grades(one, day=LATER) + broken.partition(b"\n")[2]
    report = desk.answer(desk.actor, placements=placements(one), grades=content)
    assert [(each.side, each.row, each.problem.code) for each in report.faults] == [
        (Side.GRADES, 3, "identity-excel"),
        (Side.GRADES, 3, "table-date-serial"),
    ]
    [found] = report.mismatches
    assert (found.exam_date, found.grade_date, found.placement_row) == (EXAM_DAY, LATER, 2)
    assert report.period
    assert (report.period.first.isoformat(), report.agree) == ("2026-07-01", False)


def test_what_is_stored_here_is_compared_with_what_another_system_says(desk: Desk) -> None:
    town = desk.stage.town
    right, wrong, hidden = (
        town.person("Åsa"),
        town.person("Bo"),
        town.person("Skyddad", protection="Sekretessmarkering"),
    )
    for person in (right, wrong, hidden):
        desk.stage.place(person)
    desk.stage.place(town.person("Cilla", at=town.contracted), desk.stage.other_group)
    content = (
        grades(number_of(right), teacher="Wallgren, Karin")
        + grades(number_of(wrong), day=LATER, teacher="Bo Ek").partition(b"\n")[2]
    )
    report = desk.answer(desk.actor, HT26, grades=content)
    assert [(each.kind.value, each.number) for each in report.mismatches] == [
        ("date", number_of(wrong)),
        ("teacher", number_of(wrong)),
    ]
    assert (report.placements, report.pairs) == (2, 2)
    assert [each.problem.text.partition(".")[0] for each in report.remarks] == [
        "1 placeringar gäller personer med skyddade uppgifter som du inte får se"
    ]
    assert number_of(hidden) not in str(list(ComparisonRow.objects.values_list("facts", flat=True)))


def test_a_protected_teacher_is_neither_named_nor_taken_for_another(desk: Desk) -> None:
    person, teacher = desk.stage.town.person(), desk.stage.teacher
    desk.stage.place(person)
    set_protection(
        actor=PROGRAM,
        person_id=teacher.pk,
        protection="Sekretessmarkering",
        expected_version=1,
        today=TODAY,
    )
    report = desk.answer(desk.actor, HT26, grades=grades(number_of(person), teacher="Bo Ek"))
    kept = str(list(ComparisonRow.objects.values_list("facts", flat=True)))
    assert (report.mismatches, report.pairs) == ((), 1)
    assert [text for text in (str(report), kept) if "Wallgren" in text] == []


def test_who_may_see_protected_persons_compares_them_too(desk: Desk) -> None:
    town = desk.stage.town
    hidden = town.person("Skyddad", protection="Sekretessmarkering")
    desk.stage.place(hidden)
    report = desk.answer(town.centre, HT26, grades=grades(number_of(hidden), day=LATER))
    assert [each.number for each in report.mismatches] == [number_of(hidden)]
    assert report.remarks == ()


def test_columns_that_are_not_understood_wait_and_are_remembered_for_the_provider(
    desk: Desk,
) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    files = {"placements": placements(one, headings=HAND), "grades": grades(one)}
    asked = desk.ask(who, **files)
    assert (asked.status, asked.queued) == ("columns", False)
    chosen = {Side.PLACEMENTS: {"Elevens nr": "person_number"}}
    match_comparison(actor=who, comparison_id=asked.id, columns=chosen, today=TODAY)
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    assert whole_report(who, asked.id, TODAY).pairs == 1
    again = desk.ask(desk.actor, **files)
    assert (again.status, again.queued) == ("running", True)
    [saved] = ColumnMapping.objects.all()
    assert (saved.provider_id, saved.purpose, saved.columns) == (
        desk.stage.town.own,
        "reconcile-placements",
        {"Elevens nr": "person_number"},
    )


def test_a_match_that_leaves_something_out_is_refused_and_nothing_kept(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one, headings=HAND), grades=grades(one))

    def match(name: str) -> object:
        chosen = {Side.PLACEMENTS: {"Elevens nr": name}}
        return match_comparison(actor=who, comparison_id=asked.id, columns=chosen, today=TODAY)

    assert codes(lambda: match("")) == [("reconcile-no-person-column", "file")]
    assert codes(lambda: match("x")) == [("comparison-column-unknown", "columns")]
    assert not ColumnMapping.objects.exists()
    match("person_number")
    with pytest.raises(ConflictError):
        match("person_number")


def test_every_file_that_cannot_be_read_is_told_at_its_own_field(desk: Desk) -> None:
    files = {"placements": b"<html>", "grades": b"", "persons": b"\x00\x01\x02"}
    assert codes(lambda: desk.ask(desk.actor, **files)) == [
        ("table-markup", "placements"),
        ("table-empty", "grades"),
        ("table-no-text", "persons"),
    ]
    assert not Comparison.objects.exists()


def test_files_whose_persons_cannot_meet_end_with_what_to_do(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    content = csv_file(("Elev-id", *GRADE_HEADINGS[1:]), ("e-1", "X", "A", "2026-11-12", "Ja", ""))
    asked = desk.ask(who, placements=placements(one), grades=content)
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    line = comparison_for(who, asked.id, TODAY)
    assert (line.status, [each.code for each in line.faults]) == ("failed", ["reconcile-strangers"])
    both = csv_file(("Elev-id", "Personnummer"), ("e-1", one))
    report = desk.answer(desk.actor, placements=placements(one), grades=content, persons=both)
    assert report.pairs + len(report.mismatches) > 0


def test_the_same_form_sent_twice_is_one_comparison(desk: Desk) -> None:
    one, who, submission = next(desk.stage.town.numbers), desk.actor, uuid4()
    files = {"placements": placements(one), "grades": grades(one)}
    first = desk.ask(who, None, submission, **files)
    assert desk.ask(who, None, submission, **files).id == first.id
    assert codes(lambda: desk.ask(desk.stage.town.admin, None, submission, **files)) == [
        ("comparison-form-used", "")
    ]


def test_a_fault_of_the_program_leaves_nothing_hanging(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_rows: object, **_more: object) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr("provning.comparisons.actions.running.reconcile", fails)
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one))
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    line = comparison_for(who, asked.id, TODAY)
    assert (line.status, [each.code for each in line.faults]) == ("failed", ["comparison-failed"])
    assert "RuntimeError: disk" in caplog.text
    assert (ComparedFile.objects.exists(), ComparedPiece.objects.count()) == (True, 0)


def test_two_workers_compare_once(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    for _ in range(2):
        run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    assert ComparisonRow.objects.count() == 1


def test_a_job_that_died_is_begun_again_and_one_that_lives_is_not(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one))
    with pytest.raises(ConflictError):
        resume_comparison(actor=who, comparison_id=asked.id, today=TODAY)
    silent = datetime.now(UTC) - timedelta(minutes=6)
    Comparison.objects.update(queued=False, progress_at=silent)
    assert comparison_for(who, asked.id, TODAY).stalled
    assert resume_comparison(actor=who, comparison_id=asked.id, today=TODAY).queued
    jobs = DBTaskResult.objects.filter(task_path=run_asked_comparison.module_path)
    assert [each.args_kwargs["args"] for each in jobs] == [[str(asked.id), TODAY.isoformat()]] * 2


def test_a_comparison_whose_worker_is_gone_is_made_once_by_the_next(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    Comparison.objects.update(queued=False)
    for _ in range(2):
        put_back_comparison(lost_id=asked.id)
        run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    assert ComparisonRow.objects.count() == 1


def test_an_answer_is_gone_for_its_owner_when_its_days_have_passed(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    last = TODAY + timedelta(days=KEPT_DAYS - 1)
    assert comparison_for(who, asked.id, last).id == asked.id
    with pytest.raises(NotFoundError):
        comparison_for(who, asked.id, last + timedelta(days=1))


def test_the_next_comparison_removes_what_has_expired(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    files = {"placements": placements(one), "grades": grades(one)}
    old = desk.ask(who, **files)
    Comparison.objects.filter(pk=old.pk).update(expires_on=TODAY)
    new = desk.ask(who, **files)
    assert list(Comparison.objects.values_list("pk", flat=True)) == [new.pk]
    assert ComparedFile.objects.count() == 2


def test_a_worker_removes_an_answer_when_its_time_is_out(desk: Desk, settings: Settings) -> None:
    one = next(desk.stage.town.numbers)
    old = desk.ask(desk.actor, grades=grades(one), placements=placements(one))
    job = DBTaskResult.objects.get(task_path=remove_what_expired.module_path)
    local = job.run_after.astimezone(ZoneInfo(settings.TIME_ZONE))
    assert (local.date(), job.args_kwargs["args"]) == (old.expires_on, [old.expires_on.isoformat()])
    remove_what_expired.func((old.expires_on - timedelta(days=1)).isoformat())
    assert Comparison.objects.count() == 1
    remove_what_expired.func(old.expires_on.isoformat())
    assert (Comparison.objects.count(), ComparedPiece.objects.count()) == (0, 0)


def test_a_file_of_several_pieces_is_put_together_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PIECE", 50)
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one))
    file = ComparedFile.objects.get(comparison=asked, side="grades")
    kept = b"".join(each.content for each in file.pieces.order_by("number"))
    assert (kept, file.sha256) == (grades(one), sha256(kept).hexdigest())
    assert file.pieces.count() > 1
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    assert whole_report(who, asked.id, TODAY).agree


def test_disposal_removes_what_has_expired_with_files_and_rows(desk: Desk) -> None:
    one, organiser = next(desk.stage.town.numbers), desk.stage.town.organiser
    who = desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    find, dispose = found_above("comparisons"), disposed_above("comparisons")
    assert find(organiser, TODAY) == []
    late = TODAY + timedelta(days=KEPT_DAYS)
    keys = [each.key for each in find(organiser, late)]
    assert keys == [str(asked.id)]
    with pytest.raises(NotAllowedError):
        dispose(actor=desk.stage.town.admin, organiser_id=organiser, before=late, keys=keys)
    assert dispose(actor=PROGRAM, organiser_id=organiser, before=late, keys=keys) == 1
    left = [each.objects.count() for each in (Comparison, ComparedFile, ComparisonRow)]
    assert left == [0, 0, 0]


def test_the_trail_is_told_of_files_and_counts_and_of_no_person(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    before = AuditEvent.objects.count()
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    note_fetched(actor=who, comparison_id=asked.id, form="csv", rows=1, today=TODAY)
    remove_comparison(actor=who, comparison_id=asked.id, today=TODAY)
    events = list(AuditEvent.objects.order_by("number")[before:])
    assert [(each.name, each.after) for each in events] == [
        ("comparison_asked", '{"files":"placements.csv, grades.csv"}'),
        ("comparison_fetched", '{"format":"csv","rows":1}'),
        ("comparison_removed", ""),
    ]


def test_another_providers_stored_placements_are_never_compared(desk: Desk) -> None:
    town = desk.stage.town
    desk.stage.place(town.person("Åsa"))
    theirs = town.person("Bo", at=town.contracted)
    desk.stage.place(theirs, desk.stage.other_group)
    report = desk.answer(desk.actor, HT26, grades=grades(number_of(theirs)))
    assert report.placements == 1
    assert [each.kind.value for each in report.mismatches] == ["grade-alone"]
    assert report.mismatches[0].name == ""


@pytest.mark.once("a file of its own is opened, whatever the database of the test is")
def test_a_large_file_is_read_without_mapping_the_database_into_memory(tmp_path: Path) -> None:
    """What is mapped counts as the worker's memory, and stays as long as the connection."""
    own = connection.settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "egen.sqlite3"),
        "OPTIONS": ours.SQLITE_OPTIONS,
    }
    apart = DatabaseWrapper(own, "own")

    def mapped() -> int:
        with apart.cursor() as cursor:
            [size] = cursor.execute("PRAGMA mmap_size").fetchone()
        return int(size)

    before = mapped()
    with holding.unmapped(apart):
        assert mapped() == 0
    assert (mapped(), before) == (before, 256 * 1024 * 1024)
    apart.close()
