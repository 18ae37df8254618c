"""Filer till andra system: counted with what stays out and why, then handed out."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.access.models import AccessEntry
from provning.audit.models import AuditEvent
from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import Interval, StudentGrades
from provning.feeds.actions import Reading, take_in_external_grades
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup
from provning.organisation.actions import set_policy
from provning.people.models import Person
from provning.reporting.models import SentExport
from tests.betygxml.test_reading import INTERVAL, ON_COURSE, ON_SUBJECT
from tests.builders import FIRST, PROGRAM
from tests.web.opening import REASON
from tests.web.stage import Stage
from tests.web.students.test_study_plan import plan, words

PAGE, TAKE = "/filer/", "/filer/hamta/"
DAYS = {
    "start": "2020-01-01",
    "tom": "2100-01-01",
    "school_type": "",
    "term": "HT26",
    "receiver": "Skolplattformen",
}
QUERIES = 20


def centre(stage: Stage) -> Client:
    return stage.client("adult_education_centre")


def shown(client: Client, **changes: str) -> str:
    return words(client.get(PAGE, {**DAYS, **changes}).content.decode())


def taken(client: Client, what: str, **changes: str) -> Any:
    return client.post(TAKE, {**DAYS, "what": what, **changes})


def content(answer: Any) -> io.BytesIO:
    return io.BytesIO(b"".join(answer))


def graded(stage: Stage, *, protection: str = "Ingen") -> Person:
    person = stage.town.person(protection=protection)
    stage.decide(stage.place(person), "C")
    return person


def test_what_a_file_would_hold_is_counted_with_what_stays_out_and_why(stage: Stage) -> None:
    graded(stage)
    graded(stage, protection="Sekretessmarkering")
    stage.place(stage.town.person())
    text = shown(centre(stage))
    assert "1 elev, 1 betyg som gäller." in text
    assert text.count("1 elev är inte med: skyddad identitet, enligt huvudmannens regel.") == 2
    assert "2 prövningsgrupper, 2 placerade elever." in text
    assert "1 grupp är med utan lärare" in text


def test_before_anything_is_chosen_the_term_of_today_is_counted(stage: Stage) -> None:
    assert "0 elever, 0 betyg som gäller." in words(centre(stage).get(PAGE).content.decode())


def test_a_files_own_bytes_are_handed_out_and_the_trail_is_told(stage: Stage) -> None:
    person = graded(stage)
    answer = taken(centre(stage), "betyg")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="betyg-2020-01-01-2100-01-01.xml"'
    )
    interval, student = read_grades(content(answer))
    assert isinstance(interval, Interval)
    assert isinstance(student, StudentGrades)
    assert student.student == str(person.pk)
    assert AuditEvent.objects.filter(name="feed_taken_out").count() == 1
    [export] = SentExport.objects.all()
    assert (export.document_id, export.receiver, export.decisions) == (
        "betyg-2020-01-01-2100-01-01.xml",
        "Skolplattformen",
        1,
    )


def test_a_file_for_nobody_is_not_handed_out_and_the_choice_is_kept(stage: Stage) -> None:
    answer = taken(centre(stage), "betyg", receiver=" ", term="VT27")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Skriv vem som får filen, till exempel Skolplattformen." in html
    assert 'value="VT27"' in html
    assert SentExport.objects.count() == 0


def test_what_has_left_stands_in_the_list_and_on_everything_about_the_person(stage: Stage) -> None:
    person = graded(stage)
    client = centre(stage)
    content(taken(client, "betyg"))
    listed = words(client.get("/underlag/lamnade/").content.decode())
    assert "betyg-2020-01-01-2100-01-01.xml Betyg XML Skolplattformen" in listed
    everything = words(client.get(f"/elever/{person.pk}/allt/").content.decode())
    assert "Filer som har lämnats till andra" in everything
    assert "betyg-2020-01-01-2100-01-01.xml Betyg XML Skolplattformen" in everything


def test_documents_and_snapshots_are_handed_out_too(stage: Stage) -> None:
    client = centre(stage)
    documents = list(read_documents(content(taken(client, "betygsdokument"))))
    assert [type(part) for part in documents] == [Interval]
    answer = taken(client, "ims")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ims-HT26.xml"'
    names = [part.name for part in read_snapshot(content(answer)) if isinstance(part, ImsGroup)]
    assert "PRÖ:KC26HTMAT03B" in names


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": "2100-01-02"}, "slutar före det börjar"),
        ({"start": "i går"}, "Skriv datumet som 2026-11-12."),
        ({"term": "sommar"}, "Skriv terminen som HT26 eller VT27."),
    ],
)
def test_what_cannot_be_understood_is_said_and_kept(
    stage: Stage, changes: dict[str, str], said: str
) -> None:
    client = centre(stage)
    for answer in (client.get(PAGE, {**DAYS, **changes}), taken(client, "betyg", **changes)):
        assert answer.status_code == 422
        html = answer.content.decode()
        assert said in html
        assert next(iter(changes.values())) in html
    assert AuditEvent.objects.filter(name="feed_taken_out").count() == 0


def test_only_who_exchanges_grades_gets_here(stage: Stage) -> None:
    client = stage.client()
    assert client.get(PAGE).status_code == 403
    assert taken(client, "betyg").status_code == 403
    assert PAGE not in client.get("/").content.decode()
    assert PAGE in centre(stage).get("/").content.decode()


@pytest.mark.parametrize("size", [1, 30])
def test_queries_are_as_many_for_any_number_of_students(
    stage: Stage, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stage.grade_all([("Kim", "Ek")] * size)
    client = centre(stage)
    client.get(PAGE, DAYS)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE, DAYS)


def test_what_another_system_has_decided_stands_apart_on_the_students_page(stage: Stage) -> None:
    person = graded(stage)
    client = stage.client()
    before = words(plan(client, person))
    assert "Betyg från andra system" not in before
    take_in_external_grades(
        actor=stage.town.centre,
        reading=Reading(
            stage.town.organiser, "Ping Pong", "betyg.xml", "0" * 64, INTERVAL, uuid4()
        ),
        students=[(person.pk, StudentGrades("{e-1}", (ON_SUBJECT, ON_COURSE)))],
        now=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )
    text = words(plan(client, person))
    apart = text[text.index("Betyg från andra system") :]
    assert "Matematik 3b MATMAT03b B 2026-03-12 Ja VUX Lärare Ping Pong läst 2026-11-20" in apart
    assert "M2 DEU B 2026-03-12" in apart
    assert before.startswith(text[: text.index("Betyg från andra system")].strip())


def test_a_file_that_names_protected_persons_is_taken_for_a_reason(stage: Stage) -> None:
    person = graded(stage, protection="Sekretessmarkering")
    graded(stage)
    set_policy(
        actor=PROGRAM,
        organiser_id=stage.town.organiser,
        key="feed_protected",
        value="included",
        valid_from=FIRST,
    )
    client, page = centre(stage), {"referer": f"http://testserver{PAGE}"}
    asked = client.post(TAKE, {**DAYS, "what": "ims"}, headers=page)
    answer = client.post(asked["Location"], {"reason": REASON})
    assert (asked.status_code, answer["Location"]) == (302, PAGE)
    content(taken(client, "ims"))
    fields = ("kind", "person_id", "count", "opened", "reason")
    assert list(AccessEntry.objects.order_by("pk").values_list(*fields)) == [
        ("file", None, 1, True, REASON),
        ("file", person.pk, 2, True, ""),
    ]
