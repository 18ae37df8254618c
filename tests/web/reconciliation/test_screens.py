"""The reconciliation on screen, in a browser without scripts."""

import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.audit.models import AuditEvent
from provning.comparisons.actions import run_comparison
from provning.comparisons.models import Comparison
from provning.web.clock import today
from tests.builders import TODAY
from tests.comparisons.world import PLACEMENT_HEADINGS, grades, number_of, placements
from tests.support.kept import kept
from tests.tables.files import cells_of
from tests.web.stage import EXAM_DAY, Stage, build_stage

pytestmark = pytest.mark.django_db
START = "/avstamning/"
LATER = EXAM_DAY + timedelta(days=3)
START_QUERIES = 11
ONE_QUERIES = 11


stage = kept(build_stage)


@pytest.fixture
def browser(stage: Stage) -> Client:
    """Return a browser at the own-run provider."""
    return stage.client()


def sent(stage: Stage, **fields: object) -> dict[str, object]:
    """Return a form; files as bytes."""
    values = {"place": str(stage.town.own), "submission": str(uuid4()), "term": "file", **fields}
    return {
        key: SimpleUploadedFile(f"{key}.csv", value) if isinstance(value, bytes) else value
        for key, value in values.items()
    }


def ask(browser: Client, stage: Stage, **fields: object) -> str:
    """Send the form and return the address of the comparison."""
    answer = browser.post(START, sent(stage, **fields))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def work() -> None:
    """Do what the worker does."""
    for each in Comparison.objects.filter(queued=True):
        run_comparison(comparison_id=each.id, today=TODAY)


def page(browser: Client, address: str) -> str:
    """Return what a page says."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_two_files_are_dropped_waited_for_and_answered_by_kind(
    browser: Client, stage: Stage
) -> None:
    one, two = (next(stage.town.numbers) for _ in range(2))
    content = grades(one, day=LATER) + grades(two, teacher="x").partition(b"\n")[2]
    address = ask(browser, stage, placements=placements(one), grades=content)
    html = page(browser, address)
    assert (f'data-progress="{address}laget/"' in html, "Filerna jämförs" in html) == (True, True)
    assert browser.get(f"{address}laget/").json() == {
        "finished": False,
        "text": "0 rader är lästa.",
    }
    work()
    assert browser.get(f"{address}laget/").json()["finished"] is True
    html = page(browser, address)
    assert "Betyget är daterat 2026-11-15 men prövningen var 2026-11-12." in html
    assert "Manual s. 3" in html
    assert f"{one[:8]}-{one[8:]}" in html
    assert f"{two[:8]}-{two[8:]}" in html
    other = page(browser, f"{address}?visa=grade-alone")
    assert (f"{one[:8]}-{one[8:]}" in other, f"{two[:8]}-{two[8:]}" in other) == (False, True)
    assert "2 avvikelser" in page(browser, START)


def test_files_that_agree_say_so(browser: Client, stage: Stage) -> None:
    one = next(stage.town.numbers)
    address = ask(browser, stage, placements=placements(one), grades=grades(one))
    work()
    assert "Ingen rad skiljer sig åt" in page(browser, address)
    assert "Stämmer" in page(browser, START)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_whole_answer_is_fetched_as_a_file_and_the_trail_is_told(
    browser: Client, stage: Stage, tmp_path: Path, form: str
) -> None:
    numbers = [next(stage.town.numbers) for _ in range(3)]
    address = ask(
        browser, stage, placements=placements(*numbers), grades=grades(*numbers, day=LATER)
    )
    work()
    answer = browser.get(f"{address}svar/?format={form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a streamed answer
    name = f"avstamning-{today():%Y-%m-%d}.{form}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    path = tmp_path / name
    path.write_bytes(content)
    if form == "json":
        found = [each["person_number"] for each in json.loads(content)["mismatches"]]
    else:
        found = [row[1].replace("-", "") for row in cells_of(path)[1:]]
    assert sorted(found) == sorted(numbers)
    event = AuditEvent.objects.latest("number")
    assert (event.name, event.after) == (
        "comparison_fetched",
        f'{{"format":"{form}","rows":3}}',
    )


def test_columns_are_matched_by_hand_once(browser: Client, stage: Stage) -> None:
    one = next(stage.town.numbers)
    headings = ("Elevens nr", *PLACEMENT_HEADINGS[1:])
    files = {"placements": placements(one, headings=headings), "grades": grades(one)}
    address = ask(browser, stage, **files)
    html = page(browser, address)
    assert "Ingen kolumn säger vem raden gäller." in html
    names = re.findall(r'<select id="(header-[^"]+)"', html)
    chosen = dict(re.findall(r'name="(header-[^"]+)">.*?value="([^"]*)" selected', html))
    refused = browser.post(address, {"act": "columns", **chosen})
    assert (refused.status_code, "Ingen kolumn säger" in refused.content.decode()) == (422, True)
    assert names[0] == "header-placements-0"
    browser.post(address, {"act": "columns", **chosen, names[0]: "person_number"})
    work()
    assert "Ingen rad skiljer sig åt" in page(browser, address)
    again = ask(browser, stage, **files)
    assert "Filerna jämförs" in page(browser, again)


def test_what_is_stored_here_takes_the_place_of_a_file(browser: Client, stage: Stage) -> None:
    person = stage.town.person("Åsa", "Öberg")
    stage.place(person)
    address = ask(browser, stage, term="HT26", grades=grades(number_of(person), day=LATER))
    work()
    html = page(browser, address)
    assert "Öberg, Åsa" in html
    assert "PRÖ:KC26HTMAT03B" in html


def test_a_form_without_files_says_what_to_choose(browser: Client, stage: Stage) -> None:
    answer = browser.post(START, sent(stage))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Välj filen med placeringar, eller en termin ovan." in html
    assert "Välj en fil med betyg, eller en adress att hämta dem från." in html
    both = browser.post(START, sent(stage, term="HT26", placements=b"x", grades=b"x"))
    assert "Välj antingen filen eller en termin, inte båda." in both.content.decode()
    address = "https://127.0.0.1/betyg"
    both = browser.post(START, sent(stage, placements=b"x", grades=b"x", address=address))
    assert "Välj antingen filen med betyg eller adressen, inte båda." in both.content.decode()
    inner = browser.post(START, sent(stage, placements=placements("x"), address=address))
    assert (inner.status_code, "Adressen går inte att hämta från." in inner.content.decode()) == (
        422,
        True,
    )


def test_a_file_that_cannot_be_read_is_told_at_its_field(browser: Client, stage: Stage) -> None:
    answer = browser.post(START, sent(stage, placements=b"<html>", grades=b""))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_placements"' in html
    assert 'href="#id_grades"' in html


def test_a_comparison_is_removed_at_once_by_its_owner(browser: Client, stage: Stage) -> None:
    one = next(stage.town.numbers)
    address = ask(browser, stage, placements=placements(one), grades=grades(one))
    assert browser.post(address, {"act": "remove"}).headers["Location"] == START
    assert browser.get(address).status_code == 404
    assert not Comparison.objects.exists()


def test_nobody_else_reaches_any_of_its_pages(browser: Client, stage: Stage) -> None:
    one = next(stage.town.numbers)
    address = ask(browser, stage, placements=placements(one), grades=grades(one, day=LATER))
    work()
    for other in (stage.client(), stage.client("adult_education_centre")):
        pages = [other.get(f"{address}{part}").status_code for part in ("", "laget/", "svar/")]
        assert pages == [404] * 3
        assert other.post(address, {"act": "remove"}).status_code == 404
        assert one[:8] not in page(other, START)
    assert Comparison.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_ask_the_same_number_of_questions(
    browser: Client,
    stage: Stage,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    numbers = [next(stage.town.numbers) for _ in range(count)]
    address = ""
    for _ in range(min(count, 5)):
        address = ask(
            browser, stage, placements=placements(*numbers), grades=grades(*numbers, day=LATER)
        )
    work()
    with django_assert_num_queries(START_QUERIES):
        page(browser, START)
    with django_assert_num_queries(ONE_QUERIES):
        html = page(browser, address)
    assert html.count("Betyget är daterat") == count
