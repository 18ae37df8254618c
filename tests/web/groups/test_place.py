"""Placing several persons at once, and taking a placement back or moving its day."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from provning.exams.actions import change_exam_date
from provning.exams.models import ExamGroup, Placement
from provning.people.models import PersonNumber
from tests.builders import PROGRAM, TODAY
from tests.exams.world import World
from tests.web.groups.people import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
TABLE_QUERIES = 9


def url(group: ExamGroup, name: str = "place") -> str:
    """Return the address where persons are placed in a group."""
    return reverse(f"groups:{name}", args=[group.id])


def number_of(person: UUID) -> str:
    """Return a person's number as it is stored."""
    return PersonNumber.objects.get(person_id=person).number


def standing(group: ExamGroup) -> set[tuple[UUID, date]]:
    """Return who stands in a group, and when."""
    placed = Placement.objects.filter(group=group, outcome="")
    return set(placed.values_list("person_id", "exam_date"))


def test_numbers_one_on_each_line_are_placed_at_once(world: World, admin: Client) -> None:
    group, people = world.group(teacher="Karin"), [world.person(), world.person(), world.person()]
    first, second, third = map(number_of, people)
    sent = {
        "numbers": f"{first[:8]}-{first[8:]}\n{second}\tNamn ur kalkylbladet\r\n{third[2:]}\n",
        "exam_date": "2026-11-12",
        "place": "1",
    }
    answer = admin.post(url(group), sent, follow=True)
    assert standing(group) == {(person, DAY) for person in people}
    assert "3 elever är placerade i PRÖ:KC26HTMAT03B." in text_of(answer)


def test_fetching_shows_who_is_meant_and_places_nobody(world: World, admin: Client) -> None:
    group, person = world.group(), world.person("Åsa", "Öst")
    answer = admin.post(url(group), {"numbers": number_of(person), "find": "1"})
    page = text_of(answer)
    assert answer.status_code == 200
    assert "<b>1 elev att placera</b>" in page
    assert f'name="person" value="{person}" checked' in page
    assert "Öst, Åsa" in page
    assert not Placement.objects.exists()


def test_a_row_may_have_its_own_day(world: World, admin: Client) -> None:
    group, usual, other = world.group(), world.person(), world.person()
    sent = {
        "person": [usual, other],
        f"date-{usual}": "",
        f"date-{other}": "2026-11-13",
        "exam_date": "2026-11-12",
        "place": "1",
    }
    admin.post(url(group), sent)
    assert standing(group) == {(usual, DAY), (other, date(2026, 11, 13))}


def test_a_name_finds_enrolled_persons_to_mark(world: World, admin: Client) -> None:
    group = world.group()
    found = world.person("Åsa", "Öst")
    world.person("Åsa", "Öst-Berg", provider=world.other_provider)
    world.person("Åsa", "Östlund", protection="Sekretessmarkering")
    page = text_of(admin.post(url(group), {"search": "åsa", "find": "1"}))
    assert "<b>1 träff</b>" in page
    assert f'name="person" value="{found}">' in page
    assert "Öst-Berg" not in page
    assert "Östlund" not in page


def test_a_protected_person_is_placed_by_number_and_stays_masked(
    world: World, admin: Client
) -> None:
    group = world.group()
    person = world.person("Dolda", "Aaberg", protection="Sekretessmarkering")
    page = text_of(admin.post(url(group), {"numbers": number_of(person), "find": "1"}))
    assert "Skyddad identitet" in page
    assert "Aaberg" not in page
    assert number_of(person)[8:] not in page


def test_who_was_never_enrolled_is_pointed_to_the_request(world: World, admin: Client) -> None:
    group, stranger = world.group(), world.stranger()
    number = number_of(stranger)
    shown = f"{number[:8]}-{number[8:]}"
    sent = {"numbers": number, "exam_date": "2026-11-12", "place": "1"}
    answer = admin.post(url(group), sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert f"{shown} har aldrig varit inskriven hos anordnaren. Skicka en begäran." in page
    assert f'name="number" value="{shown}"' in page
    assert not Placement.objects.exists()

    forward = admin.post(url(group, "request"), {"number": shown})
    assert forward.headers["Location"] == f"/begaran/ny/?from=search&group={group.id}"
    assert shown in text_of(admin.get(forward.headers["Location"]))


def test_enrolled_elsewhere_and_unknown_numbers_get_the_same_answer(
    world: World, admin: Client
) -> None:
    group, elsewhere = world.group(), world.person(provider=world.other_provider)
    free = next(world.town.numbers)
    answers = []
    for number in (number_of(elsewhere), free):
        page = text_of(admin.post(url(group), {"numbers": number, "find": "1"}))
        answers.append(page.split("<main", 1)[1].replace(number[:8], "").replace(number, ""))
        assert "har aldrig varit inskriven hos anordnaren" in page
    lengths = {len(each) for each in answers}
    assert len(lengths) == 1


def test_a_mark_for_somebody_out_of_scope_is_not_taken(world: World, admin: Client) -> None:
    group, elsewhere = world.group(), world.person("Eva", "Falk", provider=world.other_provider)
    page = text_of(admin.post(url(group), {"person": elsewhere, "find": "1"}))
    assert "Falk" not in page
    sent = {"person": elsewhere, "exam_date": "2026-11-12", "place": "1"}
    assert admin.post(url(group), sent).status_code == 422
    assert not Placement.objects.exists()


def test_a_bad_row_keeps_everybody_out_and_everything_typed(world: World, admin: Client) -> None:
    group, good, late = world.group(), world.person("Bo", "Ek"), world.person("Li", "Al")
    sent = {
        "person": [good, late],
        f"date-{late}": "2027-02-01",
        "exam_date": "2026-11-12",
        "numbers": "123",
        "place": "1",
    }
    answer = admin.post(url(group), sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert not Placement.objects.exists()
    assert 'value="2027-02-01"' in page
    assert 'value="2026-11-12"' in page
    assert "> 123</textarea>" in page


def test_a_second_click_places_nobody_twice_and_raises_no_alarm(
    world: World, admin: Client
) -> None:
    group, person = world.group(), world.person()
    sent = {"person": person, "exam_date": "2026-11-12", "place": "1"}
    admin.post(url(group), sent)
    answer = admin.post(url(group), sent, follow=True)
    assert "Alla står redan i PRÖ:KC26HTMAT03B." in text_of(answer)
    assert Placement.objects.count() == 1


def test_a_new_attempt_in_the_group_asks_for_a_reason(world: World, admin: Client) -> None:
    group, person = world.group(), world.person("Bo", "Ek")
    world.place(group, person, day=DAY)
    sent = {"person": person, "exam_date": "2026-12-10", "place": "1"}
    page = text_of(admin.post(url(group), sent))
    assert "Ek, Bo: Personen står redan i PRÖ:KC26HTMAT03B" in page
    assert 'name="override_reason"' in page
    admin.post(url(group), {**sent, "override_reason": "Nytt försök efter sjukdom"})
    assert standing(group) == {(person, DAY), (person, date(2026, 12, 10))}


def test_a_missing_day_and_wrong_numbers_are_said_at_once(world: World, admin: Client) -> None:
    answer = admin.post(url(world.group()), {"numbers": "123", "exam_date": "", "place": "1"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "2 saker behöver rättas" in page
    assert "123: Numret har 3 siffror" in page


def test_nobody_chosen_is_said(world: World, admin: Client) -> None:
    answer = admin.post(url(world.group()), {"exam_date": "2026-11-12", "place": "1"})
    assert answer.status_code == 422
    assert "Ingen är vald." in text_of(answer)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_chosen_costs_the_same_however_long(
    count: int,
    world: World,
    admin: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    group, people = world.group(), [world.person() for _ in range(count)]
    with django_assert_num_queries(TABLE_QUERIES):
        admin.post(url(group), {"person": people, "find": "1"})


def placed(world: World) -> Placement:
    """Place Bo Ek on the day and return the placement."""
    return world.place(world.group(teacher="Karin"), world.person("Bo", "Ek"), day=DAY)[0]


def of(name: str, placement: Placement) -> str:
    """Return the address of one of a placement's pages."""
    return reverse(f"groups:{name}", args=[placement.id])


def test_taking_back_needs_a_reason_and_can_be_undone(world: World, admin: Client) -> None:
    placement = placed(world)
    group = placement.group
    assert admin.post(of("withdraw", placement), {"expected_version": 1}).status_code == 422
    sent = {"expected_version": 1, "reason": "Anmälde sig av misstag"}
    page = text_of(admin.post(of("withdraw", placement), sent, follow=True))
    assert standing(group) == set()
    assert "Placeringen av Ek, Bo den 2026-11-12 är återtagen." in page

    undo = {"person": placement.person_id, "exam_date": "2026-11-12"}
    page = text_of(admin.post(url(group, "restore"), undo, follow=True))
    assert "Personen är placerad igen." in page
    assert standing(group) == {(placement.person_id, DAY)}


def test_taking_back_twice_changes_nothing_more(world: World, admin: Client) -> None:
    placement = placed(world)
    sent = {"expected_version": 1, "reason": "Anmälde sig av misstag"}
    admin.post(of("withdraw", placement), sent)
    assert admin.post(of("withdraw", placement), sent).status_code == 302
    placement.refresh_from_db()
    assert (placement.outcome, placement.version) == ("withdrawn", 2)


def test_the_exam_date_is_changed_within_the_group(world: World, admin: Client) -> None:
    placement = placed(world)
    sent = {"expected_version": 1, "exam_date": "2026-11-19"}
    admin.post(of("exam-date", placement), sent)
    placement.refresh_from_db()
    assert placement.exam_date == date(2026, 11, 19)
    answer = admin.post(
        of("exam-date", placement), {"expected_version": 2, "exam_date": "2027-01-13"}
    )
    assert answer.status_code == 422
    assert "Ange en dag mellan 2026-08-17 och 2026-12-18." in text_of(answer)


def test_a_date_somebody_else_has_changed_is_shown_beside_what_was_typed(
    world: World, admin: Client
) -> None:
    placement = placed(world)
    change_exam_date(
        actor=PROGRAM,
        placement_id=placement.id,
        expected_version=1,
        exam_date=date(2026, 11, 19),
        today=TODAY,
    )
    sent = {"expected_version": 1, "exam_date": "2026-11-20"}
    page = text_of(admin.post(of("exam-date", placement), sent))
    assert "Någon annan hann före" in page
    assert '<time datetime="2026-11-19">' in page
    assert 'value="2026-11-20"' in page


@pytest.mark.parametrize("name", ["exam-date", "withdraw"])
def test_another_providers_placement_does_not_exist(name: str, world: World, admin: Client) -> None:
    person = world.person(provider=world.other_provider)
    placement = world.place(world.group(unit=world.kompaniet), person)[0]
    assert admin.get(of(name, placement)).status_code == 404
    sent = {"expected_version": 1, "exam_date": "2026-11-20", "reason": "x"}
    assert admin.post(of(name, placement), sent).status_code == 404
    placement.refresh_from_db()
    assert placement.version == 1


def test_numbers_past_the_limit_stay_in_the_box_and_are_said_once(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provning.web.groups.picked.MOST_NUMBERS", 1)
    first, second, third = [number_of(world.person()) for _each in range(3)]
    sent = {"numbers": f"{first}\n{second}\n{third}", "exam_date": "2026-11-12", "place": "1"}
    answer = admin.post(url(world.group()), sent)
    assert answer.status_code == 422
    assert f"{second} …: Högst 1 nummer åt gången" in text_of(answer)
    assert f"{second}\n{third}</textarea>" in answer.content.decode()
    assert not Placement.objects.exists()
