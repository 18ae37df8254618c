"""Studieplan and Historik: the manual's last screen, within scope and masked."""

import re
from datetime import date

from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from provning.exams.actions import place_students
from provning.people.actions import enrol
from provning.people.models import Person
from tests.builders import FIRST, PROGRAM, TODAY
from tests.web.stage import EXAM_DAY, Stage


def plan(client: Client, person: Person) -> str:
    return client.get(f"/elever/{person.id}/").content.decode()


def words(html: str) -> str:
    """Return what a reader meets in the main part, spaces in a row as one."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(strip_tags(re.sub(r"(</t[dh]>|<small>)", r" \1", main)).split())


def test_a_decided_grade_stands_with_everything_of_the_manuals_last_screen(stage: Stage) -> None:
    person = stage.town.person("Alva", "Bergqvist")
    stage.decide(stage.place(person), "C")
    text = words(plan(stage.client(), person))
    assert (
        "PRÖ:KC26HTMAT03B Matematik 3b MATMAT03b 100 2026-11-12 2026-11-12 Prövning Ja"
        " C, beslutat Prövning"
    ) in text
    assert "Karin Wallgren Registrerat av" in text
    assert "Ändra datum" not in text


def test_a_placement_without_grade_can_be_changed_and_taken_back(stage: Stage) -> None:
    person = stage.town.person()
    placement = stage.place(person)
    html = plan(stage.client(), person)
    assert f'href="/elever/placering/{placement.id}/datum/"' in html
    assert f'href="/elever/placering/{placement.id}/ta-tillbaka/"' in html
    assert "Betyg är inte beslutat" in html


def test_tries_at_the_same_course_are_counted(stage: Stage) -> None:
    person = stage.town.person()
    second = stage.new_group("MATMAT03b")
    stage.place(person, day=date(2026, 9, 1))
    stage.place(person, second)
    text = words(plan(stage.client(), person))
    assert text.index("Försök 2 av 2") < text.index("Försök 1 av 2")


def test_another_providers_student_does_not_exist(stage: Stage) -> None:
    person = stage.town.person("Bo", "Främmande", at=stage.town.contracted)
    stage.place(person, stage.other_group)
    client = stage.client()
    for part in ("", "historik/", "lagg-till/"):
        assert client.get(f"/elever/{person.id}/{part}").status_code == 404


def test_a_shared_student_shows_each_provider_its_own_placements_only(stage: Stage) -> None:
    person = stage.town.person("Bo", "Delad")
    enrol(
        actor=PROGRAM,
        person_id=person.id,
        provider_id=stage.town.contracted,
        start_date=FIRST.replace(month=2),
    )
    stage.place(person, stage.other_group)
    stage.place(person)
    client = stage.client()
    for part in ("", "historik/"):
        html = client.get(f"/elever/{person.id}/{part}").content.decode()
        assert "KC26HT" in strip_tags(html)
        assert "KK26HT" not in strip_tags(html)
        assert "Kunskapskompaniet" not in html
        assert "2020-02-01" not in html


def test_a_protected_persons_pages_hold_neither_name_nor_number(stage: Stage) -> None:
    number = next(stage.town.numbers)
    person = stage.town.person("Hemlig", "Person", number=number, protection="Sekretessmarkering")
    placement = stage.place(person)
    client = stage.client()
    for address in (
        f"/elever/{person.id}/",
        f"/elever/{person.id}/historik/",
        f"/elever/{person.id}/lagg-till/",
        f"/elever/placering/{placement.id}/datum/",
        f"/elever/placering/{placement.id}/ta-tillbaka/",
    ):
        html = client.get(address).content.decode()
        assert "Skyddad identitet" in html
        assert "Hemlig" not in html
        assert number[8:] not in words(html)


def test_the_history_tells_the_persons_own_part_of_what_was_done_to_many(stage: Stage) -> None:
    first, second = stage.town.person("Alva"), stage.town.person("Bo")
    days = [(first.id, EXAM_DAY), (second.id, date(2026, 10, 1))]
    place_students(actor=PROGRAM, group_id=stage.group.id, entries=days, today=TODAY)
    html = stage.client().get(f"/elever/{first.id}/historik/").content.decode()
    assert "Placerades i PRÖ:KC26HTMAT03B med prövningsdatum 2026-11-12." in html
    assert "2026-10-01" not in html


def test_the_plan_takes_as_many_queries_for_one_row_as_for_thirty(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, client = stage.town.person(), stage.client()
    stage.place(person, day=date(2026, 9, 1))
    plan(client, person)
    with django_assert_num_queries(QUERIES):
        plan(client, person)
    for _each in range(29):
        stage.place(person, stage.new_group("ENGENG06"))
    with django_assert_num_queries(QUERIES):
        plan(client, person)


QUERIES = 15
