"""What other systems have decided: kept as told, shown as theirs, never ours."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings

from provning.betygxml.rows import GradeRow, StudentGrades
from provning.cli.main import main
from provning.extracts.files import compilation_pdf
from provning.extracts.queries import compile_person
from provning.feeds.actions import (
    Reading,
    learn_identities,
    take_in_external_grades,
    withdraw_external_grades,
)
from provning.feeds.models import (
    ExternalBatch,
    ExternalDecision,
    ExternalIdentity,
    ExternalList,
    ExternalWithdrawal,
)
from provning.feeds.queries import external_grades, held_lists, with_external
from provning.grading.models import GradeDecision
from provning.grading.queries import study_plan_rows
from provning.kernel.problems import NotAllowedError, NotFoundError
from tests.betygxml.test_reading import INTERVAL, ON_COURSE, ON_SUBJECT
from tests.betygxml.test_writing import GRADES
from tests.builders import recorded
from tests.feeds.conftest import one_ready
from tests.feeds.taking import OPERATOR, around, centre, students
from tests.grading import world
from tests.grading.conftest import Ready, make_ready
from tests.grading.decided import Stand
from tests.support.kept import kept
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
KEY = "{e-1}"


ready = kept(one_ready)


def reading(ready: Ready, **changes: object) -> Reading:
    facts = {
        "organiser_id": ready.town.organiser.pk,
        "source_system": "Ping Pong",
        "origin": "betyg.xml",
        "sha256": "0" * 64,
        "interval": INTERVAL,
        "submission": uuid4(),
    }
    return Reading(**{**facts, **changes})  # type: ignore[arg-type] # facts of its fields


def take_in(
    ready: Ready, *grades: GradeRow, key: str = KEY, **changes: object
) -> ExternalBatch | None:
    return take_in_external_grades(
        actor=centre(ready.town.organiser.pk),
        reading=reading(ready, **changes),
        students=[(person_of(ready), StudentGrades(key, grades))],
        now=NOW,
    )


def person_of(ready: Ready) -> UUID:
    return ready.placements[0].person_id


def delete_everything(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of this file)


def seen(ready: Ready) -> list[tuple[str, str, date]]:
    found = external_grades(centre(ready.town.organiser.pk), person_of(ready))
    return [(each.course, each.value, each.decided_on) for each in found]


def test_grades_are_kept_with_their_source(ready: Ready) -> None:
    with recorded() as events:
        take_in(ready, ON_SUBJECT, ON_COURSE)
    (on_subject, on_course) = external_grades(centre(ready.town.organiser.pk), person_of(ready))
    assert events == ["external_grades_read"]
    assert (on_course.course, on_course.course_name) == ("MATMAT03b", "Matematik 3b")
    assert (on_subject.course, on_subject.course_name) == ("M2 DEU", "")
    assert (on_course.source_system, on_course.read_at) == ("Ping Pong", NOW)


def test_everything_about_a_person_says_what_other_systems_have_and_whose_it_is(
    ready: Ready, tmp_path: Path
) -> None:
    take_in(ready, ON_SUBJECT, ON_COURSE)
    actor = centre(ready.town.organiser.pk)
    compiled = compile_person(actor, person_of(ready))

    found = with_external(actor, compiled)

    assert compiled.external == ()
    assert [each.course for each in found.external] == ["M2 DEU", "MATMAT03b"]
    assert found.decisions == ()
    out = tmp_path / "person.json"
    assert main(["person", "--id", str(person_of(ready)), "--out", str(out)]) == 0
    written = json.loads(out.read_text("utf-8"))
    assert [
        (each["course"], each["value"], each["source_system"])
        for each in written["external_grades"]
    ] == [(each.course, each.value, "Ping Pong") for each in found.external]
    assert "Betyg från andra system" in text_of(compilation_pdf(found, NOW.date()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(grades=GRADES)
def test_whatever_was_read_is_held_as_it_was(ready: Ready, grades: tuple[GradeRow, ...]) -> None:
    take_in(ready, ON_COURSE)
    take_in(ready, *grades)
    held = held_lists(ready.town.organiser.pk, "Ping Pong", [KEY])
    assert held[KEY].grades == grades


def test_the_same_file_again_changes_nothing(ready: Ready) -> None:
    take_in(ready, ON_COURSE)
    with recorded() as events:
        assert take_in(ready, ON_COURSE) is None
    assert events == []
    assert ExternalBatch.objects.count() == 1


def test_the_same_submission_again_returns_what_it_stored(ready: Ready) -> None:
    submission = uuid4()
    first = take_in(ready, ON_COURSE, submission=submission)
    assert first is not None
    assert take_in(ready, ON_SUBJECT, submission=submission) == first
    assert seen(ready) == [("MATMAT03b", "B", date(2026, 3, 12))]


def test_a_grade_that_a_later_list_lacks_is_gone(ready: Ready) -> None:
    take_in(ready, ON_COURSE, ON_SUBJECT)
    take_in(ready, replace(ON_COURSE, value="A"))
    assert seen(ready) == [("MATMAT03b", "A", date(2026, 3, 12))]
    take_in(ready)
    assert seen(ready) == []


def test_systems_and_students_are_told_apart(ready: Ready) -> None:
    take_in(ready, ON_COURSE)
    take_in(ready, ON_SUBJECT, source_system="Edlevo")
    take_in(ready, replace(ON_COURSE, course_code="ENGENG06"), key="{e-2}")
    assert {course for course, _, _ in seen(ready)} == {"MATMAT03b", "M2 DEU", "ENGENG06"}


def test_a_reading_taken_back_gives_way_to_the_one_before(ready: Ready) -> None:
    actor = centre(ready.town.organiser.pk)
    take_in(ready, ON_COURSE)
    second = take_in(ready, replace(ON_COURSE, value="F"))
    assert second is not None
    with recorded() as events:
        withdraw_external_grades(actor=actor, batch_id=second.pk, now=NOW)
        withdraw_external_grades(actor=actor, batch_id=second.pk, now=NOW)
    assert events == ["external_grades_withdrawn"]
    assert seen(ready) == [("MATMAT03b", "B", date(2026, 3, 12))]


def test_they_are_no_decisions_of_ours(stand: Stand) -> None:
    ready = stand.ready
    rows_before = study_plan_rows(OPERATOR, person_of(ready), world.TODAY)
    take_in(ready, ON_COURSE)
    assert GradeDecision.objects.count() == 2
    assert study_plan_rows(OPERATOR, person_of(ready), world.TODAY) == rows_before
    assert students(around(stand.first))[str(person_of(ready))] == [("MATMAT03b", "D")]


def test_only_who_sees_the_person_sees_them(ready: Ready) -> None:
    take_in(ready, ON_COURSE)
    stranger = make_ready(1)
    person = person_of(ready)
    assert external_grades(centre(stranger.town.organiser.pk), person) == []
    assert external_grades(stranger.admin, person) == []
    assert len(external_grades(ready.admin, person)) == 1


def test_only_who_exchanges_grades_for_the_organiser_takes_them_in(ready: Ready) -> None:
    other = make_ready(1)
    facts = {"reading": reading(ready), "students": [], "now": NOW}
    with pytest.raises(NotAllowedError):
        take_in_external_grades(actor=ready.admin, **facts)  # type: ignore[arg-type] # as above
    with pytest.raises(NotFoundError):
        take_in_external_grades(actor=centre(other.town.organiser.pk), **facts)  # type: ignore[arg-type] # as above
    batch = take_in(ready, ON_COURSE)
    assert batch is not None
    with pytest.raises(NotFoundError):
        withdraw_external_grades(actor=centre(other.town.organiser.pk), batch_id=batch.pk, now=NOW)
    with pytest.raises(NotAllowedError):
        withdraw_external_grades(actor=ready.admin, batch_id=batch.pk, now=NOW)
    assert ExternalWithdrawal.objects.count() == 0


def test_only_who_exchanges_grades_for_the_organiser_learns_identities(ready: Ready) -> None:
    organiser, persons = ready.town.organiser.pk, [("{e-9}", person_of(ready))]
    learn = partial(
        learn_identities,
        organiser_id=organiser,
        source_system="Ping Pong",
        persons=persons,
        now=NOW,
    )
    with pytest.raises(NotAllowedError):
        learn(actor=ready.admin)
    with pytest.raises(NotFoundError):
        learn(actor=centre(make_ready(1).town.organiser.pk))
    assert ExternalIdentity.objects.count() == 0


def test_what_a_snapshot_tells_of_identities_is_used_until_a_list_says_more(ready: Ready) -> None:
    actor, organiser = centre(ready.town.organiser.pk), ready.town.organiser.pk
    other = world.person()
    told = {"actor": actor, "organiser_id": organiser, "source_system": "Ping Pong", "now": NOW}
    assert learn_identities(persons=[(KEY, other.pk)], **told) == 1  # type: ignore[arg-type] # facts
    assert learn_identities(persons=[(KEY, other.pk)], **told) == 0  # type: ignore[arg-type] # facts
    held = held_lists(organiser, "Ping Pong", [KEY])
    assert (held[KEY].person_id, held[KEY].grades) == (other.pk, None)
    take_in(ready, ON_COURSE)
    assert held_lists(organiser, "Ping Pong", [KEY])[KEY].person_id == person_of(ready)


@pytest.mark.parametrize(
    "change",
    [
        lambda: ExternalBatch.objects.update(source_system="Annat"),
        lambda: ExternalList.objects.update(student_key="x"),
        lambda: ExternalDecision.objects.update(value="A"),
        lambda: delete_everything("feeds_externaldecision"),
        lambda: ExternalWithdrawal.objects.update(withdrawn_by_name="x"),
        lambda: ExternalIdentity.objects.update(student_key="x"),
    ],
)
def test_the_database_refuses_to_change_what_was_told(
    ready: Ready, change: Callable[[], object]
) -> None:
    batch = take_in(ready, ON_COURSE)
    assert batch is not None
    actor = centre(ready.town.organiser.pk)
    withdraw_external_grades(actor=actor, batch_id=batch.pk, now=NOW)
    learn_identities(
        actor=actor,
        organiser_id=ready.town.organiser.pk,
        source_system="Ping Pong",
        persons=[("{e-9}", person_of(ready))],
        now=NOW,
    )
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        change()
    assert connection.in_atomic_block
