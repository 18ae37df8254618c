"""A file that was taken out is known by what it carried: every grade, and everybody."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from provning.audit.models import AuditEvent
from provning.courses.kinds import Curriculum
from provning.extracts.files import compilation_json
from provning.extracts.queries import compile_person
from provning.feeds.actions import Handing
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsPerson
from provning.feeds.queries import grade_counts, protected_in_term, term_counts, with_sent
from provning.feeds.rules import feed_interval
from provning.feeds.taking import take_out_documents, take_out_grades, take_out_snapshot
from provning.grading.models import GradeDecision
from provning.kernel.problems import NotAllowedError, ProblemsFoundError
from provning.organisation.models import Policy
from provning.people.models import Person
from provning.privacy.carriers import carriers_of
from provning.reporting.models import SentDecision, SentExport, SentPerson
from provning.reporting.queries import sent_exports
from provning.reporting.queries.carried import exports_holding
from provning.reporting.rows import SentState
from tests.builders import HT26, recorded
from tests.extracts.world import Office, correct, grade, office
from tests.feeds.taking import OPERATOR
from tests.feeds.taking_out import (
    DAY,
    RECEIVER,
    YEAR,
    grades_in,
    known,
    protect,
    snapshot,
    take,
)
from tests.grading import world
from tests.grading.world import SINCE
from tests.support.kept import kept

at = kept(office)


def test_what_a_file_carried_is_known_afterwards_whatever_has_happened_since(at: Office) -> None:
    """The same rows are told of each file as were read in it, with no row for each grade."""
    ada, siri, moved = world.person(), world.person("Siri", protected=True), world.person("Eva")
    english, sfi = (
        world.course("ENGENG05"),
        world.course("SFISFI3D", curriculum=Curriculum.SFI),
    )
    old = grade(at, ada, "D")
    grade(at, ada, "A", of=english)
    grade(at, siri, "E")
    grade(at, moved, "B", of=sfi)
    grade(at, world.person(), "C", unit=at.town.other_unit)
    files = {
        "all.xml": take(at, "all.xml"),
        "sfi.xml": take(at, "sfi.xml", school_type="SFI"),
        "never.xml": take(at, "never.xml", ends=("2001-01-01", "2001-12-31")),
    }
    correct(at, old, "C")
    protect(ada)
    Person.objects.filter(pk=siri.pk).update(protection="Ingen")
    grade(at, moved, "A")

    assert {name: len(rows) for name, rows in files.items()} == {
        "all.xml": 4,
        "sfi.xml": 1,
        "never.xml": 0,
    }
    assert {name: known(name) for name in files} == files
    assert SentDecision.objects.count() == 0
    assert list(SentPerson.objects.values_list("person", "left_out")) == [(siri.pk, True)]


def test_where_custom_includes_protected_persons_the_file_carried_them(at: Office) -> None:
    Policy.objects.create(
        organiser=at.town.organiser, key="feed_protected", value="included", valid_from=SINCE
    )
    grade(at, world.person("Siri", protected=True), "E")
    assert len(take(at)) == 1
    assert len(known("betyg.xml")) == 1


def test_a_file_says_what_stood_when_it_was_asked_for_however_slowly_it_is_read(at: Office) -> None:
    old = grade(at, world.person(), "D")
    pieces = take_out_grades(
        actor=at.centre,
        handing=Handing(RECEIVER, "betyg.xml"),
        start=YEAR[0],
        end=YEAR[1],
        school_type="",
        now=datetime.now(UTC),
        today=DAY,
    )
    correct(at, old, "C")
    grade(at, world.person(), "A")
    assert [value for *_who, value in grades_in(b"".join(pieces))] == ["D"]


def test_a_file_is_kept_once_with_whom_it_is_for_and_told_once(at: Office) -> None:
    grade(at, world.person(), "D")
    take(at, receiver=" Skolplattformen ")

    [row] = sent_exports(at.centre)
    assert (row.document_id, row.kind_label, row.receiver, row.decisions, row.sent_on) == (
        "betyg.xml",
        "Betyg XML",
        "Skolplattformen",
        1,
        DAY,
    )
    assert (row.registered_by_name, row.state) == (at.centre.name, SentState.CURRENT)
    assert list(AuditEvent.objects.values_list("name", flat=True)) == ["feed_taken_out"]


def test_a_file_of_several_organisers_is_kept_for_each_with_its_own(at: Office) -> None:
    neighbour = office()
    mine, theirs = grade(at, world.person(), "D"), grade(neighbour, world.person(), "C")
    take(at, actor=OPERATOR)

    exports = {each.organiser_id: each.pk for each in SentExport.objects.all()}
    held = exports_holding(GradeDecision.objects.all())
    assert {organiser: held[export] for organiser, export in exports.items()} == {
        at.town.organiser.pk: {mine.pk},
        neighbour.town.organiser.pk: {theirs.pk},
    }


def test_nobody_to_give_it_to_and_no_right_leave_nothing_behind(at: Office) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        take(at, receiver=" ")
    with pytest.raises(NotAllowedError):
        take(at, actor=at.rektor)
    assert [each.code for each in caught.value.problems] == ["report-receiver-missing"]
    assert (SentExport.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_no_file_and_no_count_is_for_who_exchanges_nothing(at: Office) -> None:
    grade(at, world.person("Siri", protected=True), "D")
    facts: dict[str, Any] = {
        "actor": at.rektor,
        "handing": Handing(RECEIVER, "fil.xml"),
        "now": datetime.now(UTC),
        "today": DAY,
    }
    for act in (
        lambda: take_out_documents(**facts, start=YEAR[0], end=YEAR[1]),
        lambda: take_out_snapshot(**facts, term="HT26"),
        lambda: grade_counts(at.rektor, feed_interval(*YEAR), "", DAY),
        lambda: term_counts(at.rektor, HT26, DAY),
        lambda: protected_in_term(at.rektor, HT26, DAY),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert (SentExport.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_who_becomes_protected_is_listed_with_the_files_that_carried_them(at: Office) -> None:
    ada, other = world.person(), world.person()
    grade(at, ada, "D")
    take(at)
    snapshot(at)
    protect(ada)
    take(at, "utan.xml")

    kept_rows = [(each.kind, each.label) for each in carriers_of(ada.pk) if each.kind == "sent"]
    assert kept_rows == [
        ("sent", "betyg.xml, Skolplattformen, 2026-11-26"),
        ("sent", "ims.xml, Skolplattformen, 2026-11-26"),
    ]
    assert [each for each in carriers_of(other.pk) if each.kind == "sent"] == []


def test_everything_about_a_person_has_the_files_with_theirgrades_in(at: Office) -> None:
    ada = world.person()
    held = grade(at, ada, "D")
    grade(at, world.person(), "A")
    take(at)
    snapshot(at)

    found = with_sent(at.centre, compile_person(at.centre, ada.pk))

    [snap, file] = found.exports
    assert (snap.document_id, snap.kind, snap.courses) == ("ims.xml", "IMS Enterprise", ())
    assert (file.document_id, file.decisions, file.courses) == (
        "betyg.xml",
        (held.pk,),
        ("MATMAT03b",),
    )
    written = json.loads(compilation_json(found, DAY))["sent_files"]
    assert [each["document_id"] for each in written] == ["ims.xml", "betyg.xml"]


def test_a_snapshot_keeps_everybody_it_speaks_of_and_nobody_else(at: Office) -> None:
    grade(at, world.person(), "D")
    grade(at, world.person("Siri", protected=True), "D")
    world.person("Ingen")

    with recorded() as events:
        parts = snapshot(at)

    assert events == ["feed_taken_out"]
    [export] = SentExport.objects.all()
    kept_ids = {str(each) for each in export.persons.values_list("person", flat=True)}
    assert kept_ids == {each.id for each in parts if isinstance(each, ImsPerson)}
    assert len(kept_ids) == 2
    assert (export.kind, export.decisions, export.covers_from) == ("ims", 0, date(2026, 7, 1))


def test_who_is_placed_while_a_snapshot_is_written_is_in_none_of_it(at: Office) -> None:
    placed = grade(at, world.person(), "D")
    pieces = take_out_snapshot(
        actor=at.centre,
        handing=Handing(RECEIVER, "ims.xml"),
        term="HT26",
        now=datetime.now(UTC),
        today=DAY,
    )
    world.place(placed.placement.group, world.person("Sen"))
    parts = list(read_snapshot(io.BytesIO(b"".join(pieces))))
    names = {each.given_name for each in parts if isinstance(each, ImsPerson)}
    assert names == {"Ada", "Karin"}


def test_a_file_of_documents_is_kept_and_carries_nobody(at: Office) -> None:
    ada = world.person()
    grade(at, ada, "D")
    with recorded() as events:
        pieces = take_out_documents(
            actor=at.centre,
            handing=Handing(RECEIVER, "dokument.xml"),
            start=YEAR[0],
            end=YEAR[1],
            now=datetime.now(UTC),
            today=DAY,
        )
    assert events == ["feed_taken_out"]
    assert b"".join(pieces)
    assert [row.kind for row in sent_exports(at.centre)] == ["betygsdokument"]
    assert carriers_of(ada.pk) == []
