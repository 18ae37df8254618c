"""A file brought in through the screens: uploaded, matched, read through, taken in, taken back."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from provning.audit.models import AuditEvent
from provning.imports.models import ColumnMapping, StagedImport
from provning.imports.reading import as_file
from provning.people.models import Person, PersonNumber
from provning.tables import open_table
from tests.imports.world import PERSON_HEADERS, csv_file, xlsx_file
from tests.web.imports.conftest import LIST, PERSONS, STAFF, Counter, run_jobs
from tests.web.opening import open_identity

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 13
LIST_QUERIES = 8
FILES = {"csv": csv_file, "xlsx": xlsx_file}


def number_of(person: Person) -> str:
    return PersonNumber.objects.get(person=person).number


def test_a_file_is_waited_for_read_through_taken_in_and_taken_back(counter: Counter) -> None:
    address = counter.upload((next(counter.stage.town.numbers), "Alva", "Bergqvist"))
    html = counter.page(address)
    assert f'data-progress="{address}laget/"' in html
    run_jobs()
    assert counter.centre.get(f"{address}laget/").json() == {
        "finished": True,
        "text": "1 av 1 rader är lästa.",
    }
    html = counter.page(address)
    assert ("Läs in 1 rad" in html, "Bergqvist, Alva" in html) == (True, True)
    assert counter.centre.post(address, {"act": "commit"}).headers["Location"] == address
    run_jobs()
    html = counter.page(address)
    assert ("Skapad" in html, "Ta tillbaka inläsningen" in html) == (True, True)
    counter.centre.post(address, {"act": "undo"})
    run_jobs()
    assert "Återtagen" in counter.page(address)
    assert not Person.objects.filter(given_name="Alva").exists()


def test_every_problem_stands_with_its_row_and_column(counter: Counter) -> None:
    address = counter.upload(("2.0E+11", "A", "B"), (next(counter.stage.town.numbers), "", ""))
    run_jobs()
    html = counter.page(address)
    assert "Personnummer: Excel har gjort om numret till ”2.0E+11”." in html
    assert "Förnamn: Namnet saknas." in html
    assert re.findall(r'<tr id="rad-(\d+)">', html) == ["2", "3"]
    assert "Läs in 0" not in html


def test_a_file_that_links_accounts_asks_anew_who_one_is(counter: Counter) -> None:
    system = counter.stage.client("system_administrator")
    headers = ("Personnummer", "Skolenhet", "Tjänst", "Tjänst från", "Användarnamn")
    address = counter.send(STAFF, csv_file(headers, []), system)
    asked = [system.post(address, {"act": each}).headers["Location"] for each in ("commit", "undo")]
    assert asked == ["/bekrafta/"] * 2
    assert system.post(address, {"act": "drop"}).headers["Location"] == address


def test_rows_that_cannot_be_taken_in_stop_the_rest_until_they_are_left_out(
    counter: Counter,
) -> None:
    address = counter.upload(("1", "A", "B"), (next(counter.stage.town.numbers), "C", "D"))
    run_jobs()
    answer = counter.centre.post(address, {"act": "commit"})
    assert answer.status_code == 422
    assert "1 rader kan inte läsas in." in answer.content.decode()
    counter.centre.post(address, {"act": "commit", "leave_out": "on"})
    run_jobs()
    assert Person.objects.filter(given_name="C").count() == 1


def test_a_question_is_answered_on_the_page(counter: Counter) -> None:
    kim = counter.stage.town.person("Kim", "Ek")
    address = counter.upload((number_of(kim), "Bo", "Alm"))
    run_jobs()
    html = counter.page(address)
    assert f'<option value="{kim.id}">Det är Ek, Kim' in html
    answer = counter.centre.post(address, {"act": "choose", "choice-2": "new"})
    assert (answer.status_code, "Välj ett av alternativen" in answer.content.decode()) == (
        422,
        True,
    )
    counter.centre.post(address, {"act": "choose", "choice-2": str(kim.id)})
    assert "Efternamn: Ek blir Alm" in counter.page(address)


def test_columns_are_matched_by_hand_once(counter: Counter) -> None:
    headers = ("Id", "Tilltal", "Ätt")
    rows = [(next(counter.stage.town.numbers), "Alva", "Bergqvist")]
    address = counter.send(PERSONS, csv_file(headers, rows))
    html = counter.page(address)
    assert ("Koppla kolumner" in html, "Ätt" in html) == (True, True)
    wrong = counter.centre.post(address, {"act": "columns", "header-1": "given_name"})
    assert (wrong.status_code, StagedImport.objects.get().status) == (422, "columns")
    assert '<option value="given_name" selected>' in wrong.content.decode()
    sent = {"header-0": "identity_number", "header-1": "given_name", "header-2": "family_name"}
    counter.centre.post(address, {"act": "columns", **sent})
    run_jobs()
    assert "Bergqvist, Alva" in counter.page(address)
    again = counter.send(PERSONS, csv_file(headers, rows))
    run_jobs()
    assert "Bergqvist, Alva" in counter.page(again)
    assert ColumnMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Filen är tom."),
        (b"189001019802;Alva;Bergqvist\r\n189001029819;Bo;Ek\r\n", "Filen saknar rubriker"),
        (b"<html><table></table></html>", "Filen är en webbsida"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_once(
    content: bytes, said: str, counter: Counter
) -> None:
    sent = {
        "file": SimpleUploadedFile("x.csv", content),
        "place": str(counter.stage.town.organiser),
        "submission": str(uuid4()),
    }
    answer = counter.centre.post(PERSONS, sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert StagedImport.objects.count() == 0


def test_the_same_form_twice_is_one_import(counter: Counter) -> None:
    submission = str(uuid4())
    for _click in range(2):
        counter.centre.post(
            PERSONS,
            {
                "file": SimpleUploadedFile("x.csv", csv_file(PERSON_HEADERS, [("1", "A", "B")])),
                "place": str(counter.stage.town.organiser),
                "submission": submission,
            },
        )
    assert StagedImport.objects.count() == 1


def test_another_organisers_place_does_not_exist(counter: Counter) -> None:
    sent = {
        "file": SimpleUploadedFile("x.csv", b"Personnummer\r\n1\r\n"),
        "place": str(uuid4()),
        "submission": str(uuid4()),
    }
    assert counter.centre.post(PERSONS, sent).status_code == 422
    assert StagedImport.objects.count() == 0


def test_a_job_that_has_stopped_begins_anew(counter: Counter) -> None:
    address = counter.upload((next(counter.stage.town.numbers), "Alva", "Bergqvist"))
    StagedImport.objects.update(queued=False, progress_at=datetime.now(UTC) - timedelta(minutes=6))
    html = counter.page(address)
    assert ("Arbetet har stannat" in html, "data-progress" in html) == (True, False)
    counter.centre.post(address, {"act": "resume"})
    run_jobs()
    assert "Bergqvist, Alva" in counter.page(address)


def test_a_dropped_import_keeps_nothing_of_its_file(counter: Counter) -> None:
    address = counter.upload((next(counter.stage.town.numbers), "Alva", "Bergqvist"))
    run_jobs()
    counter.centre.post(address, {"act": "drop"})
    assert "Avbruten" in counter.page(address)
    staged = StagedImport.objects.get()
    assert (staged.rows.count(), hasattr(staged, "file")) == (0, False)


def test_who_lacks_the_right_sees_neither_list_nor_file(counter: Counter) -> None:
    address = counter.upload((next(counter.stage.town.numbers), "Alva", "Bergqvist"))
    run_jobs()
    other = counter.stage.client("internal_provider")
    assert other.get(address).status_code == 403
    answer = other.get(LIST)
    assert "elever.csv" not in answer.content.decode()


def test_a_protected_person_is_masked_for_whoever_may_not_see(counter: Counter) -> None:
    siv = counter.stage.town.person("Siv", "Hemlig", protection="Sekretessmarkering")
    address = counter.upload((number_of(siv), "Siv", "Hemligare"))
    run_jobs()
    assert "Hemligare" not in counter.page(address)
    open_identity(counter.centre, siv.pk)
    assert "Hemligare" in counter.page(address)
    StagedImport.objects.update(uploaded_by_account="någon annan")
    Person.objects.filter(pk=siv.pk).update(protection="Ingen")
    assert "Hemligare" in counter.page(address)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_are_taken_out_whole_and_the_trail_knows(form: str, counter: Counter) -> None:
    rows = [("1", "Namn", f"=Nr{number}") for number in range(60)]
    address = counter.upload(*rows)
    run_jobs()
    answer = counter.centre.get(f"{address}?lista=rader&format={form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a stream
    if form == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert len(lines) == 61
        assert lines[1].split(";")[:2] == ["2", "'=Nr0, Namn"]
    else:
        assert content.startswith(b"PK")
    event = AuditEvent.objects.get(name="list_exported")
    assert f'"format":"{form}","list":"rader","rows":60' in event.after


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_that_is_filled_in_is_taken_without_problems(
    form: str, counter: Counter
) -> None:
    answer = counter.centre.get(f"{PERSONS}mall/?format={form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a stream
    number = next(counter.stage.town.numbers)
    with as_file(content) as path:
        heads, example = (row.cells for row in open_table(path).rows())
    filled = FILES[form](heads, [example, (number, "Alva", "Bergqvist")])
    address = counter.send(PERSONS, filled)
    run_jobs()
    html = counter.page(address)
    assert ("Läs in 1 rad" in html, html.count('<tr id="rad-')) == (True, 1)


@pytest.mark.parametrize("size", [1, 30])
def test_the_pages_ask_the_database_as_often_for_any_number(
    size: int, counter: Counter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [
        (number_of(counter.stage.town.person("Kim", f"Ek{n}")), "Kim", f"Al{n}")
        for n in range(size)
    ]
    address = counter.upload(*rows)
    run_jobs()
    counter.centre.get(LIST)
    with django_assert_num_queries(PAGE_QUERIES):
        counter.centre.get(address)
    staged = StagedImport.objects.get()
    for _copy in range(size - 1):
        staged.pk, staged.submission = uuid4(), uuid4()
        staged.save(force_insert=True)
    with django_assert_num_queries(LIST_QUERIES):
        html = counter.centre.get(LIST).content.decode()
    assert html.count("elever.csv") == size
