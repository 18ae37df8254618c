"""Betyg att sätta: what is late, for whom, filtered and counted."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from provning.exams.models import Placement
from tests.web.grades.conftest import Desk, typed

DUE = "/betyg/att-satta/"
LIST_QUERIES = 9


@pytest.fixture(autouse=True)
def _december(settings: Settings) -> None:
    """Let the exam of 12 November be ten days late."""
    settings.TODAY = "2026-12-06"


def rows_of(html: str) -> list[list[str]]:
    """Return the cells of the list's body, as text."""
    body = html[html.index("<tbody") : html.index("</tbody")]
    lines = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    plain = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in line] for line in plain]


def test_the_teacher_sees_how_late_each_exam_is_and_what_is_typed(desk: Desk) -> None:
    teacher = desk.teacher()
    teacher.post(desk.sheet, typed(teacher.get(desk.sheet).content.decode(), _0="B"))
    html = teacher.get(DUE).content.decode()
    assert rows_of(html) == [
        [
            "PRÖ: KC26HT MAT03B Matematik 3b",
            "Komvux Centrum",
            "Karin Wallgren",
            "2026-11-12",
            "3",
            "1",
            "2026-11-26",
            "10 dagar sen",
        ]
    ]
    assert "<b>3 betyg att sätta</b>, 3 är försenade." in html
    assert f'href="{desk.sheet}"' in html


def test_who_does_not_grade_sees_no_drafts_and_is_led_to_the_group(desk: Desk) -> None:
    teacher = desk.teacher()
    teacher.post(desk.sheet, typed(teacher.get(desk.sheet).content.decode(), _0="B"))
    for role in ("internal_provider", "adult_education_centre"):
        html = desk.stage.client(role).get(DUE).content.decode()
        assert [len(row) for row in rows_of(html)] == [7]
        assert "Inskrivna" not in html
        assert f'href="/grupper/{desk.group.id}/"' in html


def test_the_worst_is_first_and_the_filters_narrow(desk: Desk) -> None:
    stage = desk.stage
    Placement.objects.filter(pk=desk.placements[0].pk).update(exam_date="2026-11-30")
    other = stage.town.person("Ole", "Vik", at=stage.town.contracted)
    stage.place(other, stage.other_group)
    centre = stage.client("adult_education_centre")

    def listed(query: str = "") -> list[tuple[str, str]]:
        page = centre.get(DUE + query).content.decode()
        return [(row[1], row[3]) for row in rows_of(page)] if "<tbody" in page else []

    assert listed() == [
        ("Komvux Centrum", "2026-11-12"),
        ("Kompaniet", "2026-11-12"),
        ("Komvux Centrum", "2026-11-30"),
    ]
    assert listed(f"?unit={stage.town.kompaniet}") == [("Kompaniet", "2026-11-12")]
    assert listed("?state=in-time") == [("Komvux Centrum", "2026-11-30")]
    assert listed(f"?unit={stage.town.kompaniet}&state=in-time") == []
    html = stage.client().get(DUE).content.decode()
    assert "Kompaniet" not in html


def test_when_nothing_waits_the_page_says_so(desk: Desk) -> None:
    Placement.objects.update(outcome="absent")
    assert "Inga betyg saknas" in desk.teacher().get(DUE).content.decode()


def test_the_overview_leads_to_the_list(desk: Desk) -> None:
    stage = desk.stage
    for client in (desk.teacher(), stage.client(), stage.client("adult_education_centre")):
        assert f'href="{DUE}"' in client.get("/").content.decode()


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_as_much_however_long_it_is(
    size: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Placement.objects.exclude(pk=desk.placements[0].pk).update(outcome="absent")
    for _number in range(size - 1):
        group = desk.stage.new_group("ENGENG06")
        desk.stage.place(desk.stage.town.person(), group)
    client = desk.stage.client()
    client.get(DUE)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(rows_of(client.get(f"{DUE}?size=alla").content.decode())) == size
