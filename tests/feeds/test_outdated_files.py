"""What a correction makes out of date: files that were taken out, and what programs fetched."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.clients.models import ApiClient, ClientCall
from provning.extracts.queries import compile_person
from provning.feeds.queries import with_sent
from provning.reporting.queries import outdated_exports, sent_exports
from tests.clients.making import make_client
from tests.extracts.world import Office, correct, grade, office
from tests.feeds.taking_out import LATER, protect, snapshot, take, told
from tests.grading import decided, world
from tests.grading.decided import Stand
from tests.grading.world import EXAM
from tests.support.kept import kept

at = kept(office)


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


@pytest.mark.django_db
def test_a_moved_date_names_the_snapshot_until_there_is_a_new_one(stand: Stand) -> None:
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
