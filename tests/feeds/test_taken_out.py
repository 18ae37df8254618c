"""A file that was taken out is known by what it carried: every grade, everybody, until renewed."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.audit.models import AuditEvent
from provning.betygxml.reading import read_grades
from provning.betygxml.rows import StudentGrades
from provning.clients.models import ApiClient, ClientCall
from provning.courses.kinds import Curriculum
from provning.extracts.files import compilation_json
from provning.extracts.queries import compile_person
from provning.feeds.actions import Handing
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsPerson
from provning.feeds.queries import with_sent
from provning.feeds.taking import take_out_documents, take_out_grades, take_out_snapshot
from provning.grading.consequences import consequences_of
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_story
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, ProblemsFoundError
from provning.organisation.models import Policy
from provning.people.models import Person
from provning.privacy.carriers import carriers_of
from provning.reporting.models import SentDecision, SentExport, SentPerson
from provning.reporting.queries import outdated_exports, sent_exports
from provning.reporting.queries.carried import exports_holding
from provning.reporting.rows import SentState
from tests.clients.making import make_client
from tests.extracts.world import Office, correct, grade, office
from tests.grading import decided, world
from tests.grading.world import EXAM, SINCE
from tests.support.kept import kept

YEAR = ("2020-01-01", "2100-01-01")
DAY = date(2026, 11, 26)
LATER = timedelta(minutes=2)
RECEIVER = "Skolplattformen"

at = kept(office)


def take(
    at: Office,
    name: str = "betyg.xml",
    *,
    ends: tuple[str, str] = YEAR,
    school_type: str = "",
    receiver: str = RECEIVER,
    after: timedelta = timedelta(),
    actor: Actor | None = None,
) -> set[tuple[str, str, str]]:
    """Take a file out and return what it says: student, course and value of each grade."""
    pieces = take_out_grades(
        actor=actor or at.centre,
        handing=Handing(receiver, name),
        start=ends[0],
        end=ends[1],
        school_type=school_type,
        now=datetime.now(UTC) + after,
        today=DAY,
    )
    return set(_grades(b"".join(pieces)))


def _grades(content: bytes) -> Iterator[tuple[str, str, str]]:
    for part in read_grades(io.BytesIO(content)):
        if isinstance(part, StudentGrades):
            for each in part.grades:
                yield part.student, getattr(each, "course_code", ""), each.value


def known(name: str) -> set[tuple[str, str, str]]:
    """Return what is known afterwards of what the newest file of the name carried."""
    export = SentExport.objects.filter(document_id=name).order_by("-registered_at")[0]
    held = exports_holding(GradeDecision.objects.all()).get(export.pk, set())
    return {
        (str(each.placement.person_id), each.course_code, each.value)
        for each in GradeDecision.objects.filter(pk__in=held).select_related("placement")
    }


def told(
    actor: Actor, decision: GradeDecision, kind: str = "sent_export"
) -> list[tuple[str, bool]]:
    chain = grade_story(actor, decision.pk).chain
    return [
        (each.message.format(**each.params), each.done)
        for each in consequences_of(actor, chain, DAY)
        if each.kind == kind
    ]


def snapshot(at: Office, name: str = "ims.xml", after: timedelta = timedelta()) -> list[Any]:
    pieces = take_out_snapshot(
        actor=at.centre,
        handing=Handing(RECEIVER, name),
        term="HT26",
        now=datetime.now(UTC) + after,
        today=DAY,
    )
    return list(read_snapshot(io.BytesIO(b"".join(pieces))))


def protect(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(
        protection="Sekretessmarkering", case_number=f"SK-{person.pk.int % 1_000_000:06d}"
    )


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
    assert [value for *_who, value in _grades(b"".join(pieces))] == ["D"]


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


def test_nobody_to_give_it_to_and_no_right_leave_nothing_behind(at: Office) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        take(at, receiver=" ")
    with pytest.raises(NotAllowedError):
        take(at, actor=at.rektor)
    assert [each.code for each in caught.value.problems] == ["report-receiver-missing"]
    assert (SentExport.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_a_correction_names_the_latest_file_to_each_receiver_until_it_is_renewed(
    at: Office,
) -> None:
    old = grade(at, world.person(), "D")
    grade(at, world.person(), "A")
    take(at, "natt-1.xml")
    take(at, "natt-2.xml")
    take(at, "annan.xml", receiver="Annan")
    take(at, "sfi.xml", school_type="SFI", receiver="Sfi-systemet")
    new = correct(at, old, "C")
    to_other = (
        "annan.xml, som lämnades till Annan 2026-11-26, har det gamla betyget. Gör en ny fil och"
        " lämna den."
    )

    assert sorted(told(at.rektor, new)) == [
        (to_other, False),
        (
            "natt-2.xml, som lämnades till Skolplattformen 2026-11-26, har det gamla betyget,"
            " liksom 1 tidigare. Gör en ny fil och lämna den.",
            False,
        ),
    ]
    assert [(row.document_id, row.corrected) for row in outdated_exports(at.centre)] == [
        ("annan.xml", 1),
        ("natt-2.xml", 1),
    ]

    take(at, "natt-3.xml", after=LATER)

    assert sorted(told(at.rektor, new)) == [
        (to_other, False),
        (
            "natt-2.xml, som lämnades till Skolplattformen 2026-11-26, hade det gamla betyget."
            " natt-3.xml är lämnad i stället.",
            True,
        ),
    ]
    assert [row.document_id for row in outdated_exports(at.centre)] == ["annan.xml"]


def test_a_later_file_of_other_days_renews_nothing(at: Office) -> None:
    old = grade(at, world.person(), "D")
    take(at)
    new = correct(at, old, "C")
    take(at, "tom.xml", ends=("2001-01-01", "2001-12-31"), after=LATER)
    assert [done for _text, done in told(at.rektor, new)] == [False]


def test_neither_another_provider_nor_who_sees_a_masked_person_is_told(at: Office) -> None:
    elsewhere = grade(at, world.person(), "D", unit=at.town.other_unit)
    siri = world.person("Siri", "Skyddad")
    hidden = grade(at, siri, "D")
    take(at)
    protect(siri)
    moved, masked = correct(at, elsewhere, "C"), correct(at, hidden, "C")

    assert len(told(at.other_rektor, moved)) == 1
    assert len(told(at.rektor, masked)) == 1
    assert told(world.administrator(at.unit), masked) == []
    administrator = world.administrator(at.unit)
    compiled = with_sent(administrator, compile_person(administrator, siri.pk))
    assert compiled.exports == ()


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


def test_everything_about_a_person_has_the_files_with_their_grades(at: Office) -> None:
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

    parts = snapshot(at)

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


@pytest.mark.django_db
def test_a_moved_date_names_the_snapshot_until_there_is_a_new_one() -> None:
    stand = decided.make_stand()
    place = stand.ready.town
    at = Office(
        place,
        stand.ready.teacher_person,
        stand.principal,
        stand.principal,
        world.centre(place.organiser),
    )
    snapshot(at, "ims-1.xml")
    decided.correct(stand.principal, stand.second, "C")
    new = decided.correct(stand.principal, stand.first, "D", exam_date=EXAM + timedelta(days=1))

    assert told(stand.principal, new) == [
        (
            "ims-1.xml, som lämnades till Skolplattformen 2026-11-26, har det gamla"
            " prövningsdatumet. Gör en ny fil och lämna den.",
            False,
        )
    ]
    assert [row.corrected for row in outdated_exports(at.centre)] == [1]

    snapshot(at, "ims-2.xml", LATER)

    assert [done for _text, done in told(stand.principal, new)] == [True]
    assert outdated_exports(at.centre) == []


def test_a_file_of_documents_is_kept_and_carries_nobody(at: Office) -> None:
    ada = world.person()
    grade(at, ada, "D")
    pieces = take_out_documents(
        actor=at.centre,
        handing=Handing(RECEIVER, "dokument.xml"),
        start=YEAR[0],
        end=YEAR[1],
        now=datetime.now(UTC),
        today=DAY,
    )
    assert b"".join(pieces)
    assert [row.kind for row in sent_exports(at.centre)] == ["betygsdokument"]
    assert carriers_of(ada.pk) == []


def called(client_id: UUID, moment: datetime, path: str = "/api/skolplattform/betyg") -> None:
    ClientCall.objects.create(
        client=ApiClient.objects.get(pk=client_id),
        at=moment,
        address="x",
        method="GET",
        path=path,
        status=200,
    )


def test_a_client_holds_the_old_grade_until_it_asks_again(at: Office) -> None:
    mine = make_client("Verksamhetssystemet").client_id
    called(make_client("Före betyget").client_id, datetime.now(UTC) - LATER)
    called(make_client("Annat").client_id, datetime.now(UTC) + LATER, "/api/ss12000/v2.0/persons")
    old = grade(at, world.person(), "D")
    called(mine, datetime.now(UTC))
    new = correct(at, old, "C")

    [(text, done)] = told(at.rektor, new, "client")
    assert text.startswith("Verksamhetssystemet hämtade betyg 20")
    assert text.endswith(
        "före det nya beslutet, och har det gamla betyget tills klienten hämtar igen."
    )
    assert not done

    called(mine, datetime.now(UTC) + LATER)

    assert [done for _text, done in told(at.rektor, new, "client")] == [True]


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_take_as_many_queries_however_many_files(
    at: Office, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    old = grade(at, world.person(), "D")
    for each in range(number):
        take(at, f"natt-{each}.xml")
    correct(at, old, "C")

    with django_assert_num_queries(5):
        assert len(sent_exports(at.centre)) == number
    with django_assert_num_queries(5):
        assert len(outdated_exports(at.centre)) == 1
