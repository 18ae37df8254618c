"""Sök elev: by number or name, within scope, masked, and never in an address."""

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from provning.kernel.identity import parse_identity_number
from tests.builders import TODAY
from tests.web.opening import open_identity
from tests.web.stage import Stage

SEARCH = "/elever/"


def found(client: Client, text: str) -> str:
    """Search as the form does and return the page it leads to."""
    client.post(SEARCH, {"q": text})
    answer = client.get(SEARCH)
    assert answer.request["PATH_INFO"] == SEARCH
    assert answer.request["QUERY_STRING"] == ""
    return answer.content.decode()


def display(normal: str) -> str:
    return parse_identity_number(normal, today=TODAY).display


def test_a_person_is_found_by_the_words_of_the_name(stage: Stage) -> None:
    person = stage.town.person("Alva", "Bergqvist")
    html = found(stage.client(), "berg al")
    assert "Bergqvist, Alva" in html
    assert f'href="/elever/{person.id}/"' in html


def test_a_person_is_found_by_the_number_in_any_form(stage: Stage) -> None:
    number = next(stage.town.numbers)
    stage.town.person("Alva", "Bergqvist", number=number)
    ten = f"{number[2:8]}-{number[8:]}" if number[:2] == "20" else number
    assert "Bergqvist, Alva" in found(stage.client(), ten)


def test_a_number_that_somebody_has_leads_to_the_study_plan(stage: Stage) -> None:
    number = next(stage.town.numbers)
    person = stage.town.person("Alva", "Bergqvist", number=number)
    answer = stage.client().post(SEARCH, {"q": number})
    assert answer.headers["Location"] == f"/elever/{person.id}/"


@pytest.mark.parametrize("typed", ["PRÖ:KC26HTMAT03B", "prö: kc26htmat03b", "KC26HTMAT03b"])
def test_the_name_of_a_group_leads_to_the_group(typed: str, stage: Stage) -> None:
    answer = stage.client().post(SEARCH, {"q": typed})
    assert answer.headers["Location"] == f"/grupper/{stage.group.id}/"


def test_a_group_out_of_scope_is_none(stage: Stage) -> None:
    client = stage.client("external_provider")
    pages = [
        client.post(SEARCH, {"q": name}).content.decode().replace(name, "N")
        for name in (stage.group.name, "PRÖ:KC26HTXXX01")
    ]
    texts = [strip_tags(page[page.index("<main") :]) for page in pages]
    assert texts[0] == texts[1]
    assert "Ingen grupp som du ser heter N." in texts[0]


def test_the_latest_search_is_there_to_come_back_to(stage: Stage) -> None:
    stage.town.person("Alva", "Bergqvist")
    client = stage.client()
    found(client, "berg")
    assert "Bergqvist, Alva" in client.get(SEARCH).content.decode()


def test_an_empty_search_clears_the_latest(stage: Stage) -> None:
    stage.town.person("Alva", "Bergqvist")
    client = stage.client()
    found(client, "berg")
    assert "Bergqvist" not in found(client, " ")


def test_a_wrong_number_says_what_is_wrong_and_stays_in_the_field(stage: Stage) -> None:
    answer = stage.client().post(SEARCH, {"q": "19121212-1213"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Kontrollsiffran stämmer inte" in html
    assert 'value="19121212-1213"' in html


def test_a_number_out_of_scope_answers_as_one_that_nobody_has(stage: Stage) -> None:
    elsewhere, nobody = next(stage.town.numbers), next(stage.town.numbers)
    stage.town.person("Bo", "Dold", at=stage.town.contracted, number=elsewhere)
    client = stage.client()
    pages = [
        found(client, number).replace(display(number), "N").replace(number, "N")
        for number in (elsewhere, nobody)
    ]
    texts = [strip_tags(page[page.index("<main") :]) for page in pages]
    assert texts[0] == texts[1]
    assert "finns inte bland era elever" in texts[0]
    assert "Skicka begäran till Vuxenutbildningscentrum" in texts[0]
    assert "Dold" not in texts[0]


def test_a_protected_person_is_not_found_by_name_but_masked_by_number(stage: Stage) -> None:
    number = next(stage.town.numbers)
    person = stage.town.person("Hemlig", "Person", number=number, protection="Sekretessmarkering")
    client = stage.client()
    assert str(person.id) not in found(client, "Hemlig")
    html = found(client, number)
    assert "Skyddad identitet" in html
    assert str(person.case_number) in html
    assert "Hemlig" not in html
    assert display(number) not in html


def test_the_centre_reads_a_protected_person_in_clear_when_opened_and_last(stage: Stage) -> None:
    hidden = stage.town.person("Adam", "Aa", protection="Sekretessmarkering")
    stage.town.person("Adam", "Öö")
    client = stage.client("adult_education_centre")
    assert "Aa, Adam" not in found(client, "adam")
    open_identity(client, hidden.id)
    html = found(client, "adam")
    assert html.index("Öö, Adam") < html.index("Aa, Adam")


def test_another_providers_students_are_not_found_by_name(stage: Stage) -> None:
    stage.town.person("Bo", "Främmande", at=stage.town.contracted)
    assert "Främmande, Bo" not in found(stage.client(), "bo")


def test_searching_takes_as_many_queries_for_one_as_for_thirty(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = stage.client()
    stage.town.person("Kim", "Ek")
    found(client, "kim")
    with django_assert_num_queries(QUERIES):
        client.get(SEARCH)
    for _each in range(29):
        stage.town.person("Kim", "Ek")
    with django_assert_num_queries(QUERIES):
        client.get(SEARCH)


QUERIES = 8
