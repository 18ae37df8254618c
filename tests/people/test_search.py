"""Sök elev: every way people write a number or a name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from provning.kernel.actors import Actor
from provning.people.actions import set_status
from provning.people.queries import PersonSearch, search_persons
from provning.people.queries.search import read_search
from tests.builders import PROGRAM, TODAY, Town

# From the official test list: born 1990-01-01, and born 1914 (so a plus sign in short form).
NINETY = "199001012385"
CENTENARIAN = "191401682396"


def found(actor: Actor, text: str) -> list[str]:
    return [row.label for row in search_persons(actor, text, today=TODAY).rows]


@pytest.mark.parametrize(
    "text",
    ["{n}", "{n8}-{n4}", "{n6}-{n4}", "{n6}{n4}", " {n8} {n4} ", "{n8}\u2013{n4}", "{n8}- {n4}"],
)
def test_a_person_is_found_by_every_form_of_the_number(town: Town, text: str) -> None:
    number = next(town.numbers)
    town.person("Alva", "Berg", number=number)
    town.person("Bo", "Ceder")
    written = text.format(n=number, n8=number[:8], n6=number[2:8], n4=number[8:])
    assert found(town.admin, written) == ["Berg, Alva"]


def test_a_plus_sign_says_the_century(town: Town) -> None:
    town.person("Alva", "Berg", number=CENTENARIAN)
    short = f"{CENTENARIAN[2:8]}+{CENTENARIAN[8:]}"
    assert found(town.admin, short) == ["Berg, Alva"]


def test_a_temporary_number_finds_its_owner(town: Town) -> None:
    town.person("Alva", "Berg", number="20010203TF10")
    answer = search_persons(town.admin, "20010203-tf10", today=TODAY)
    assert [(row.label, row.number_display) for row in answer.rows] == [
        ("Berg, Alva", "20010203-TF10")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "åsa",
        "Åsa Öster",
        "öster, åsa",
        "ÖSTER",
        "o\u0308ster a\u030asa",
        "ås  öst",
        "lind",
        "öster-l",
    ],
)
def test_a_person_is_found_by_words_in_any_order_and_case(town: Town, text: str) -> None:
    town.person("Åsa", "Öster-Lindkvist")
    town.person("Asa", "Ostman")
    assert found(town.admin, text) == ["Öster-Lindkvist, Åsa"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("muller", "Müller, José"),
        ("jose", "Müller, José"),
        ("Łuk", "Żółć, Łukasz"),
        ("lukasz zolc", None),
        ("Зайц", "Зайцев, Иван"),
        ("نور", "حسن, نور"),
        ("o'brien", "O’Brien, Máire"),
        ("madonna", "Madonna"),
        ("wang", "Wang, 小明"),
        ("小明", "Wang, 小明"),
    ],
)
def test_names_of_every_script_are_found(town: Town, text: str, label: str | None) -> None:
    for given, family in (
        ("José", "Müller"), ("Łukasz", "Żółć"), ("Иван", "Зайцев"), ("نور", "حسن"),
        ("Máire", "O’Brien"), ("Madonna", ""), ("小明", "Wang"),
    ):  # fmt: skip
        town.person(given, family)
    expected = [label] if label else ["Żółć, Łukasz"]
    assert found(town.admin, text) == expected


def test_names_come_in_swedish_order(town: Town) -> None:
    for family in ("Öberg", "Åberg", "Ärlig", "Zetter", "Vest", "Westa", "aberg"):
        town.person("Per", family)
    assert found(town.admin, "per") == [
        "aberg, Per",
        "Vest, Per",
        "Westa, Per",
        "Zetter, Per",
        "Åberg, Per",
        "Ärlig, Per",
        "Öberg, Per",
    ]


def test_a_name_as_long_as_it_may_be_is_stored_and_found_whole(town: Town) -> None:
    given, family = "界" * 120, "𒀀" * 120
    town.person(given, family)
    assert found(town.admin, "界界") == [f"{family}, {given}"]
    assert found(town.admin, "𒀀" * 120) == [f"{family}, {given}"]


def test_the_limit_says_that_there_is_more(town: Town) -> None:
    for _each in range(4):
        town.person()
    answers = [search_persons(town.admin, "kim", today=TODAY, limit=limit) for limit in (3, 4)]
    assert [(len(answer.rows), answer.more) for answer in answers] == [(3, True), (4, False)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "search-empty"),
        (" ,- ", "search-empty"),
        ("19900101", "identity-length"),
        ("199001012386", "identity-checksum"),
        ("199013012381", "identity-date"),
    ],
)
def test_what_cannot_be_searched_for_says_why(town: Town, text: str, code: str) -> None:
    town.person(number=NINETY)
    answer = search_persons(town.admin, text, today=TODAY)
    assert [problem.code for problem in answer.problems] == [code]
    assert (answer.rows, answer.never_enrolled) == ([], False)


def test_a_name_nobody_has_is_no_reason_for_a_request(town: Town) -> None:
    assert search_persons(town.admin, "kim", today=TODAY) == PersonSearch([], [])


def test_a_deceased_person_is_found_and_shown_as_deceased(town: Town) -> None:
    person = town.person()
    set_status(
        actor=PROGRAM,
        person_id=person.id,
        status="Avliden",
        status_on=TODAY,
        today=TODAY,
        expected_version=1,
    )
    [row] = search_persons(town.admin, "kim", today=TODAY).rows
    assert (row.status, row.deceased) == ("Avliden", True)


def test_a_row_has_names_number_and_birth_date(town: Town) -> None:
    town.person("Alva", "Berg", number=NINETY)
    [row] = search_persons(town.admin, "alva", today=TODAY).rows
    assert (row.given_name, row.family_name, row.number_display, row.birth_date) == (
        "Alva",
        "Berg",
        "19900101-2385",
        date(1990, 1, 1),
    )


@pytest.mark.parametrize("persons", [1, 30])
def test_a_search_is_one_query(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries, persons: int
) -> None:
    numbers = [next(town.numbers) for _each in range(persons)]
    for number in numbers:
        town.person(number=number)
    with django_assert_num_queries(1):
        assert len(search_persons(town.admin, "kim ek", today=TODAY).rows) == persons
    with django_assert_num_queries(1):
        assert len(search_persons(town.admin, numbers[0], today=TODAY).rows) == 1


def test_a_search_asks_the_same_of_the_database_whoever_has_the_number(town: Town) -> None:
    theirs = next(town.numbers)
    town.person(at=town.contracted, number=theirs)
    asked = []
    for number in (theirs, next(town.numbers)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            search_persons(town.admin, number, today=TODAY)
        asked.append([query["sql"].replace(number, "") for query in queries.captured_queries])
    assert asked[0] == asked[1]


def test_a_text_is_read_once_as_number_case_number_or_name() -> None:
    assert read_search("si-000012", TODAY).case_number == "SI-000012"
    assert read_search("Anna-Karin  af Öst", TODAY).words == ("anna", "karin", "af", "öst")
