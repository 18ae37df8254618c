"""Lägg till: unit, period and course are chosen, all else follows and is shown."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from provning.exams.models import ExamGroup
from tests.exams.world import World
from tests.web.groups.people import text_of

pytestmark = pytest.mark.django_db
NEW = "/grupper/lagg-till/"
CHOSEN = "Matematik 3b, MATMAT03b"


def typed(world: World, course: str = CHOSEN, **changes: object) -> dict[str, str]:
    """Return the form filled in for a course, with the calendar's days as they are."""
    values = {
        "unit": world.centrum,
        "term": "HT26",
        "course": course,
        "course_key": "",
        "grading_teacher": "",
        "start_date": "2026-08-17",
        "end_date": "2026-12-18",
        "default_start": "2026-08-17",
        "default_end": "2026-12-18",
        "submission": uuid4(),
        **changes,
    }
    return {name: str(value) for name, value in values.items()}


def test_the_empty_form_shows_what_is_known_already(admin: Client) -> None:
    page = text_of(admin.get(NEW))
    assert 'value="2026-08-17"' in page
    assert 'value="2026-12-18"' in page
    assert "<dt>Utbildningsåtgärd</dt><dd>PRÖ</dd>" in page
    assert "<dt>Dag eller Kväll</dt><dd>Annat</dd>" in page
    assert "<dt>Distansundervisning</dt><dd>Ja</dd>" in page
    assert "<b>KC</b><small>skolinitialer</small>" in page


def test_the_preview_builds_the_name_and_sets_the_points(world: World, admin: Client) -> None:
    answer = admin.get(NEW, typed(world), headers={"X-Requested-With": "fetch"})
    page = text_of(answer)
    assert '<span class="vh">PRÖ:KC26HTMAT03B</span>' in page
    assert "Namnet är ledigt" in page
    assert "<dt>Poäng</dt><dd>100 p <small>från kursen</small></dd>" in page
    assert "<html" not in page
    assert not ExamGroup.objects.exists()


def test_saving_makes_the_group_and_shows_it(world: World, admin: Client) -> None:
    answer = admin.post(NEW, typed(world, grading_teacher=world.teachers["Karin"]), follow=True)
    group = ExamGroup.objects.get()
    assert answer.redirect_chain == [(reverse("groups:detail", args=[group.id]), 302)]
    assert (group.name, group.number) == ("PRÖ:KC26HTMAT03B", 1)
    assert (group.start_date, group.end_date) == (date(2026, 8, 17), date(2026, 12, 18))
    assert group.grading_teacher_id == world.teachers["Karin"]
    assert "Prövningsgruppen PRÖ:KC26HTMAT03B är skapad." in text_of(answer)


def test_save_and_add_another_begins_anew(world: World, admin: Client) -> None:
    answer = admin.post(NEW, typed(world, again="1"))
    assert (answer.status_code, answer.headers["Location"]) == (302, NEW)


def test_a_second_click_makes_no_second_group(world: World, admin: Client) -> None:
    sent = typed(world)
    first, second = admin.post(NEW, sent), admin.post(NEW, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert ExamGroup.objects.count() == 1


@pytest.mark.parametrize("text", ["MATMAT03b", "matmat03B", "matematik 3b", CHOSEN])
def test_a_code_or_a_whole_name_is_enough(text: str, world: World, admin: Client) -> None:
    admin.post(NEW, typed(world, text))
    assert ExamGroup.objects.get().course_id == world.course("MATMAT03b")


def test_the_beginning_of_several_courses_gives_them_to_choose_from(
    world: World, admin: Client
) -> None:
    answer = admin.post(NEW, typed(world, "psy"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "”psy” passar på flera kurser. Välj en av dem nedanför." in page
    assert 'name="course" value="psy"' in page
    assert 'name="course_pick" id="pick-1" value="PSYPSY01"' in page
    assert not ExamGroup.objects.exists()

    chosen = typed(world, "psy", course_searched="psy", course_pick="PSKPSY01")
    admin.post(NEW, chosen)
    assert ExamGroup.objects.get().course_id == world.course("PSKPSY01")


def test_a_course_that_is_not_there_says_so_and_keeps_what_was_typed(
    world: World, admin: Client
) -> None:
    answer = admin.post(NEW, typed(world, "xylofon"))
    assert answer.status_code == 422
    assert "”xylofon” finns inte i kursregistret." in text_of(answer)
    assert 'value="xylofon"' in text_of(answer)


def test_looking_a_course_up_saves_nothing_and_finds_no_fault(world: World, admin: Client) -> None:
    answer = admin.post(NEW, typed(world, find="1"))
    assert answer.status_code == 200
    assert '<span class="vh">PRÖ:KC26HTMAT03B</span>' in text_of(answer)
    assert not ExamGroup.objects.exists()


def test_a_name_that_another_course_has_is_refused_with_the_way_out(
    world: World, admin: Client
) -> None:
    world.group("PSYPSY01")
    answer = admin.post(NEW, typed(world, "PSKPSY01"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Namnet PRÖ:KC26HTPSY01 har redan gruppen i PSYPSY01 Psykiatri 1" in page
    assert "då heter gruppen PRÖ:KC26HTPSKPSY01." in page
    assert 'name="full_code"' in page

    admin.post(NEW, typed(world, "PSKPSY01", full_code="on"))
    assert ExamGroup.objects.filter(name="PRÖ:KC26HTPSKPSY01").exists()


def test_the_same_teacher_twice_in_a_course_is_refused_at_the_field(
    world: World, admin: Client
) -> None:
    world.group(teacher="Karin")
    answer = admin.post(NEW, typed(world, grading_teacher=world.teachers["Karin"]))
    assert answer.status_code == 422
    assert "Karin Wallgren har redan gruppen PRÖ:KC26HTMAT03B i kursen" in text_of(answer)
    assert ExamGroup.objects.count() == 1


def test_the_next_teachers_group_is_told_apart_by_a_number(world: World, admin: Client) -> None:
    world.group(teacher="Karin")
    page = text_of(admin.get(NEW, typed(world), headers={"X-Requested-With": "fetch"}))
    assert '<span class="vh">PRÖ:KC26HTMAT03B2</span>' in page
    assert "Karin Wallgren har redan en grupp i kursen den här terminen." in page


def test_another_period_brings_its_own_days_along(world: World, admin: Client) -> None:
    admin.post(NEW, typed(world, term="VT27"))
    group = ExamGroup.objects.get()
    assert (group.start_date, group.end_date) == (date(2027, 1, 11), date(2027, 6, 11))


def test_days_that_were_typed_stay_and_are_held_within_the_term(
    world: World, admin: Client
) -> None:
    answer = admin.post(NEW, typed(world, end_date="2027-01-13"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "2027-01-13 ligger utanför höstterminen 2026." in page
    assert 'value="2027-01-13"' in page


def test_a_day_outside_the_providers_term_needs_a_reason(world: World, admin: Client) -> None:
    sent = typed(world, end_date="2026-12-29")
    answer = admin.post(NEW, sent)
    assert answer.status_code == 422
    assert 'name="override_reason"' in text_of(answer)
    admin.post(NEW, {**sent, "override_reason": "Provet är i mellandagarna"})
    assert ExamGroup.objects.get().end_date == date(2026, 12, 29)


def test_a_foreign_unit_is_as_if_it_did_not_exist(world: World, admin: Client) -> None:
    assert admin.post(NEW, typed(world, unit=world.kompaniet)).status_code == 404
    assert admin.get(f"{NEW}?unit={world.kompaniet}").status_code == 404
    assert not ExamGroup.objects.exists()
