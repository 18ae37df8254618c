"""Lists taken out as files: whole, filtered and masked as on screen, told to the trail."""

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from provning.audit.models import AuditEvent
from provning.imports.reading import as_file
from provning.people.models import PersonNumber
from provning.people.queries.masking import read_number
from provning.tables import open_table
from provning.web import markup
from provning.web.exporting import plain
from tests.builders import recorded
from tests.web.imports.conftest import Counter

pytestmark = pytest.mark.django_db


def taken(client: Client, address: str) -> list[tuple[str, ...]]:
    """Return the rows of a list as a file has them, the headers first."""
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a stream
    with as_file(content) as path:
        return [row.cells for row in open_table(path).rows()]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_whole_list_is_taken_out_however_long_a_page_is(form: str, counter: Counter) -> None:
    client = counter.stage.client()
    for code in ("ENGENG06", "PSKPSY01"):
        counter.stage.new_group(code)
    rows = taken(client, f"/grupper/?lista=prövningsgrupper&format={form}&size=50&page=9")
    assert [row[0] for row in rows] == [
        "Grupp",
        "PRÖ:KC26HTENG06",
        "PRÖ:KC26HTMAT03B",
        "PRÖ:KC26HTPSY01",
    ]
    assert rows[2][2] == "Karin Wallgren"


def test_the_filter_of_the_screen_holds_for_the_file(counter: Counter) -> None:
    counter.stage.new_group("ENGENG06")
    rows = taken(counter.stage.client(), "/grupper/?q=engelska&lista=prövningsgrupper&format=csv")
    assert [row[0] for row in rows] == ["Grupp", "PRÖ:KC26HTENG06"]


def test_the_page_links_to_its_list_with_its_filter(counter: Counter) -> None:
    html = counter.stage.client().get("/grupper/?q=matematik&page=2").content.decode()
    assert "q=matematik&amp;lista=pr%C3%B6vningsgrupper" in html or (
        "q=matematik&amp;format=csv&amp;lista=pr%C3%B6vningsgrupper" in html
    )


def test_a_protected_person_is_masked_in_the_file_as_on_the_screen(counter: Counter) -> None:
    siv = counter.stage.town.person("Siv", "Hemlig", protection="Sekretessmarkering")
    kim = counter.stage.town.person("Kim", "Ek")
    counter.stage.place(siv)
    counter.stage.place(kim)
    address = f"/grupper/{counter.stage.group.id}/"
    rows = taken(counter.stage.client(), f"{address}?lista=placerade&format=csv")
    shown = read_number(PersonNumber.objects.get(person=kim).number).display
    assert [row[:3] for row in rows] == [
        ("Elev", "Personnummer", "Grupp"),
        ("Ek, Kim", shown, "PRÖ:KC26HTMAT03B"),
        ("Skyddad identitet", "Ärende SI-000001", "PRÖ:KC26HTMAT03B"),
    ]
    number = PersonNumber.objects.get(person=siv).number
    assert "Hemlig" not in str(rows)
    assert number[2:] not in str(rows)


def test_the_trail_knows_who_took_out_which_list(counter: Counter) -> None:
    client = counter.stage.client()
    with recorded() as events:
        taken(client, "/grupper/?lista=prövningsgrupper&format=xlsx")
    assert events == ["list_exported"]
    event = AuditEvent.objects.latest("number")
    assert event.after == '{"format":"xlsx","list":"prövningsgrupper","rows":1}'
    assert event.actor_role == "internal_provider"


@pytest.mark.parametrize(
    "query",
    [
        "lista=prövningsgrupper",
        "format=csv",
        "lista=annat&format=csv",
        "lista=prövningsgrupper&format=exe",
    ],
)
def test_what_is_no_list_is_the_page(query: str, counter: Counter) -> None:
    answer = counter.stage.client().get(f"/grupper/?{query}")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert AuditEvent.objects.filter(name="list_exported").count() == 0


def test_a_list_out_of_reach_is_not_taken_out(counter: Counter) -> None:
    other = counter.stage.client("external_provider")
    address = f"/grupper/{counter.stage.group.id}/?lista=placerade&format=csv"
    assert other.get(address).status_code == 404
    assert AuditEvent.objects.filter(name="list_exported").count() == 0


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (
            SafeString('<a href="/x/">PRÖ:<b>KC</b></a><small>av Ek &amp; Ask</small>'),
            "PRÖ:KC, av Ek & Ask",
        ),
        (SafeString('<span class="vh">Inget betyg</span>–'), ""),
        (SafeString('7 <form method="post"><button>Ta bort</button></form>'), "7"),
        ("Ek,  Kim", "Ek, Kim"),
        (12, 12),
    ],
)
def test_a_cell_is_what_a_reader_sees(cell: object, text: object) -> None:
    assert plain(cell) == text


def test_a_day_is_a_day_and_a_number_a_text(counter: Counter) -> None:
    kim = counter.stage.town.person("Kim", "Ek")
    placement = counter.stage.place(kim)
    assert plain(markup.day(placement.exam_date)) == placement.exam_date
    assert plain(markup.day(None)) == ""
