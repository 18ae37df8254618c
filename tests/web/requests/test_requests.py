"""Begäran: from the search to registered and placed, with questions, refusals and second clicks."""

from uuid import uuid4

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.applications.actions import ask_back, send_request
from provning.applications.models import RegistrationRequest
from provning.exams.models import Placement
from provning.kernel.identity import parse_identity_number
from provning.people.models import Person
from tests.builders import TODAY
from tests.web.stage import EXAM_DAY, Stage

NEW = "/begaran/ny/"
CENTRE = "adult_education_centre"


def typed(stage: Stage, number: str, **more: str) -> dict[str, str]:
    return {
        "submission": str(uuid4()),
        "identity_number": number,
        "given_name": "Helge",
        "family_name": "Hjelm",
        "group": str(stage.group.id),
        "exam_date": "2026-11-12",
        **more,
    }


def sent_by_program(stage: Stage, number: str = "") -> RegistrationRequest:
    return send_request(
        actor=stage.town.admin,
        group_id=stage.group.id,
        identity_number=number or next(stage.town.numbers),
        given_name="Helge",
        family_name="Hjelm",
        exam_date=EXAM_DAY,
        today=TODAY,
    )


def step(client: Client, request: RegistrationRequest, do: str, **fields: object) -> str:
    sent = {"do": do, "expected_version": 1, **fields}
    return client.post(f"/begaran/{request.id}/", sent, follow=True).content.decode()


def status(request: RegistrationRequest) -> str:
    request.refresh_from_db()
    return request.status


def test_the_number_of_the_search_comes_along_without_being_in_the_address(stage: Stage) -> None:
    number = next(stage.town.numbers)
    client = stage.client()
    html = client.post("/elever/", {"q": number}, follow=True).content.decode()
    assert 'href="/begaran/ny/?from=search"' in html
    form = client.get(f"{NEW}?from=search").content.decode()
    assert f'name="identity_number" value="{number}"' in form


def test_a_request_is_sent_once_however_often_it_is_clicked(stage: Stage) -> None:
    client, sent = stage.client(), typed(stage, next(stage.town.numbers))
    pages = {client.post(NEW, sent).headers["Location"] for _click in range(2)}
    request = RegistrationRequest.objects.get()
    assert pages == {f"/begaran/{request.id}/"}
    assert (request.given_name, request.exam_date, request.status) == ("Helge", EXAM_DAY, "sent")


def test_everything_wrong_is_said_at_once_and_what_was_typed_stays(stage: Stage) -> None:
    sent = typed(stage, "19121212-1213", exam_date="2027-01-13")
    answer = stage.client().post(NEW, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "2 saker behöver rättas" in html
    assert "Kontrollsiffran stämmer inte" in html
    assert "ligger utanför gruppen" in html
    assert 'value="Hjelm"' in html


def test_who_has_been_enrolled_is_placed_directly_instead(stage: Stage) -> None:
    number = next(stage.town.numbers)
    stage.town.person(number=number)
    answer = stage.client().post(NEW, typed(stage, number))
    assert answer.status_code == 422
    assert "ingen begäran behövs" in " ".join(answer.content.decode().split())
    assert not RegistrationRequest.objects.exists()


def test_another_providers_group_cannot_be_asked_for(stage: Stage) -> None:
    sent = typed(stage, next(stage.town.numbers), group=str(stage.other_group.id))
    assert stage.client().post(NEW, sent).status_code == 404
    assert not RegistrationRequest.objects.exists()


def test_the_centre_registers_enrols_and_places_in_one_act_and_twice_is_once(stage: Stage) -> None:
    number = next(stage.town.numbers)
    request = sent_by_program(stage, number)
    client = stage.client(CENTRE)
    for _click in range(2):
        html = step(client, request, "register", protection="Ingen")
    assert "Personen är registrerad, inskriven och placerad." in html
    placement = Placement.objects.get()
    assert (placement.group_id, placement.exam_date) == (stage.group.id, EXAM_DAY)
    assert status(request) == "done"
    found = stage.client().post("/elever/", {"q": number}, follow=True).content.decode()
    assert "<h1>Helge Hjelm</h1>" in found


def test_a_person_registered_as_protected_is_masked_for_the_provider(stage: Stage) -> None:
    number = next(stage.town.numbers)
    request = sent_by_program(stage, number)
    step(stage.client(CENTRE), request, "register", protection="Sekretessmarkering")
    provider = stage.client()
    display = parse_identity_number(number, today=TODAY).display
    for address in (f"/begaran/{request.id}/", "/begaran/"):
        html = provider.get(address).content.decode()
        assert "Skyddad identitet" in html
        assert "Hjelm" not in html
        assert display not in html


def test_a_question_goes_back_and_the_answer_returns(stage: Stage) -> None:
    request = sent_by_program(stage)
    centre, provider = stage.client(CENTRE), stage.client()
    for _click in range(2):
        html = step(centre, request, "ask", question="Stämmer efternamnet?")
        assert "Någon annan hann före" not in html
    assert "Väntar på ert svar" in provider.get("/begaran/").content.decode()
    step(provider, request, "answer", expected_version=2, answer="Ja, nytt namn i maj.")
    assert status(request) == "sent"
    assert "Ja, nytt namn i maj." in centre.get(f"/begaran/{request.id}/").content.decode()


def test_a_refusal_needs_a_reason_that_the_provider_reads(stage: Stage) -> None:
    request = sent_by_program(stage)
    centre = stage.client(CENTRE)
    assert "Fyll i skäl." in step(centre, request, "refuse", refusal="")
    assert status(request) == "sent"
    step(centre, request, "refuse", refusal="Personen bor i en annan kommun.")
    html = stage.client().get(f"/begaran/{request.id}/").content.decode()
    assert "Personen bor i en annan kommun." in html


def test_the_provider_takes_a_request_back(stage: Stage) -> None:
    request = sent_by_program(stage)
    provider = stage.client()
    for _click in range(2):
        assert "Begäran är återtagen." in step(provider, request, "withdraw")
    assert status(request) == "withdrawn"


def test_who_was_first_is_named_and_the_written_question_stays(stage: Stage) -> None:
    request = sent_by_program(stage)
    ask_back(
        actor=stage.town.centre,
        request_id=request.id,
        expected_version=1,
        question="Är numret rätt?",
        today=TODAY,
    )
    html = step(stage.client(CENTRE), request, "refuse", refusal="Dubblett")
    assert "Någon annan hann före" in html
    assert stage.town.centre.name in html
    assert "Dubblett</textarea>" in html
    assert 'name="expected_version" value="2"' in html
    assert status(request) == "question"


def test_a_provider_cannot_handle_requests(stage: Stage) -> None:
    request = sent_by_program(stage)
    provider = stage.client()
    sent = {"do": "register", "expected_version": 1, "protection": "Ingen"}
    assert provider.post(f"/begaran/{request.id}/", sent).status_code == 403
    assert "Registrera och placera" not in provider.get(f"/begaran/{request.id}/").content.decode()
    assert not Person.objects.filter(family_name="Hjelm").exists()


def test_another_providers_request_does_not_exist(stage: Stage) -> None:
    request = sent_by_program(stage)
    other = stage.client("external_provider")
    sent = {"do": "withdraw", "expected_version": 1}
    assert other.get(f"/begaran/{request.id}/").status_code == 404
    assert other.post(f"/begaran/{request.id}/", sent).status_code == 404
    assert "Hjelm" not in other.get("/begaran/").content.decode()
    assert status(request) == "sent"


def test_the_list_narrows_by_how_far_requests_have_come(stage: Stage) -> None:
    request = sent_by_program(stage)
    client = stage.client(CENTRE)
    assert str(request.id) in client.get("/begaran/?status=open").content.decode()
    assert str(request.id) not in client.get("/begaran/?status=done").content.decode()


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = stage.client(CENTRE)
    sent_by_program(stage)
    with django_assert_num_queries(QUERIES):
        client.get("/begaran/")
    for _each in range(29):
        sent_by_program(stage)
    with django_assert_num_queries(QUERIES):
        client.get("/begaran/")


QUERIES = 7
