"""Lägg till: group and prövningsdatum are given, the rest follows (Manual s. 3)."""

from datetime import date

from django.test import Client

from provning.exams.models import Placement
from provning.people.models import Person
from tests.web.stage import EXAM_DAY, Stage


def address(person: Person) -> str:
    return f"/elever/{person.id}/lagg-till/"


def typed(stage: Stage, day: str = "2026-11-12", **more: str) -> dict[str, str]:
    return {"group": str(stage.group.id), "exam_date": day, **more}


def stored(person: Person) -> list[tuple[str, date, str, bool]]:
    rows = Placement.objects.filter(person=person).order_by("exam_date")
    return [(row.group.name, row.exam_date, row.status, row.study_active) for row in rows]


def test_a_person_is_placed_and_the_new_row_is_marked(stage: Stage) -> None:
    person = stage.town.person()
    answer = stage.client().post(address(person), typed(stage), follow=True)
    row = Placement.objects.get(person=person)
    assert stored(person) == [("PRÖ:KC26HTMAT03B", EXAM_DAY, "Prövning", True)]
    assert answer.redirect_chain[0][0] == f"/elever/{person.id}/?ny={row.id}#p-{row.id}"
    assert f'<tr id="p-{row.id}" class="marked">' in answer.content.decode()


def test_the_groups_of_the_chosen_unit_and_term_stand_under_their_courses(stage: Stage) -> None:
    person = stage.town.person()
    html = stage.client().get(address(person)).content.decode()
    assert '<optgroup label="Matematik 3b, MATMAT03b, 100 poäng">' in html
    assert str(stage.group.id) in html
    assert str(stage.other_group.id) not in html


def test_words_narrow_the_groups_and_the_only_one_left_is_chosen(stage: Stage) -> None:
    english = stage.new_group("ENGENG06")
    person = stage.town.person()
    html = stage.client().get(address(person) + "?q=engelska").content.decode()
    assert f'<option value="{english.id}" selected>' in html
    assert str(stage.group.id) not in html


def test_a_group_in_the_address_is_chosen_with_its_unit(stage: Stage) -> None:
    group = stage.new_group("ENGENG06", stage.town.hamnen)
    person = stage.town.person()
    html = stage.client().get(f"{address(person)}?group={group.id}").content.decode()
    assert f'<option value="{group.id}" selected>' in html


def test_a_date_outside_the_group_is_refused_and_stays_typed(stage: Stage) -> None:
    person = stage.town.person()
    answer = stage.client().post(address(person), typed(stage, "2027-01-13"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Prövningsdatum 2027-01-13 ligger utanför gruppen PRÖ:KC26HTMAT03B" in html
    assert 'value="2027-01-13"' in html
    assert f'<option value="{stage.group.id}" selected>' in html
    assert stored(person) == []


def test_saving_twice_is_one_placement_and_says_so(stage: Stage) -> None:
    person, client = stage.town.person("Alva", "Bergqvist"), stage.client()
    client.post(address(person), typed(stage))
    answer = client.post(address(person), typed(stage), follow=True)
    assert answer.status_code == 200
    assert "Alva Bergqvist står i PRÖ:KC26HTMAT03B" in answer.content.decode()
    assert len(stored(person)) == 1


def test_a_new_try_in_the_same_group_needs_a_reason(stage: Stage) -> None:
    person, client = stage.town.person(), stage.client()
    client.post(address(person), typed(stage, "2026-09-01"))
    asked = client.post(address(person), typed(stage))
    assert asked.status_code == 422
    assert "Skäl till ett nytt försök i samma grupp" in asked.content.decode()
    client.post(address(person), typed(stage, override_reason="Blev sjuk första gången"))
    assert [day for _name, day, *_rest in stored(person)] == [date(2026, 9, 1), EXAM_DAY]


def test_what_was_just_placed_can_be_undone(stage: Stage) -> None:
    person, client = stage.town.person(), stage.client()
    client.post(address(person), typed(stage))
    row = Placement.objects.get(person=person)
    html = client.get(f"/elever/{person.id}/").content.decode()
    assert f'action="/elever/placering/{row.id}/ta-tillbaka/"' in html
    undo = {"expected_version": "1", "reason": "Ångrades direkt efter placeringen."}
    client.post(f"/elever/placering/{row.id}/ta-tillbaka/", undo)
    row.refresh_from_db()
    assert row.outcome == Placement.Outcome.WITHDRAWN


def test_saving_and_adding_another_stays_on_the_form(stage: Stage) -> None:
    person = stage.town.person()
    answer = stage.client().post(address(person), typed(stage, again="1"))
    assert answer.headers["Location"] == address(person)


def test_another_providers_group_does_not_exist(stage: Stage) -> None:
    person = stage.town.person()
    sent = {"group": str(stage.other_group.id), "exam_date": "2026-11-12"}
    assert stage.client().post(address(person), sent).status_code == 404
    assert stored(person) == []


def test_another_providers_student_cannot_be_placed(stage: Stage) -> None:
    person = stage.town.person(at=stage.town.contracted)
    assert stage.client().post(address(person), typed(stage)).status_code == 404
    assert stored(person) == []


def test_the_centre_is_sent_to_the_request_for_whom_the_provider_never_had(stage: Stage) -> None:
    person = stage.town.person(at=stage.town.contracted)
    answer = stage.client("adult_education_centre").post(address(person), typed(stage))
    assert answer.status_code == 422
    assert "har aldrig varit inskriven hos anordnaren" in answer.content.decode()
    assert stored(person) == []


def test_who_may_not_place_gets_no_form(stage: Stage) -> None:
    person = stage.town.person()
    client = stage.client("grade_administrator")
    assert client.get(address(person)).status_code == 403
    assert "Lägg till" not in client.get(f"/elever/{person.id}/").content.decode()


def form_of(client: Client, person: Person) -> str:
    return client.get(address(person)).content.decode()


def test_what_the_system_sets_is_shown_and_not_asked_for(stage: Stage) -> None:
    html = form_of(stage.client(), stage.town.person())
    for fact in ("Fr.o.m.", "T.o.m.", "Status", "Studieaktiv"):
        assert f"<dt>{fact}</dt>" in html
    assert html.count("<input") - html.count('type="hidden"') == 4
