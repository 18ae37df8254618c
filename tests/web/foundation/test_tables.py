"""Lists: a caption, headed rows and columns, sorting by links, totals, pages."""

import re
from dataclasses import dataclass

import pytest
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from provning.web.markup import status
from provning.web.paging import page_of
from provning.web.tables import Column, Pick, Table, order_of, with_query


@dataclass(frozen=True)
class Group:
    """A row."""

    name: str
    placed: int


ROWS = [Group("PRÖ:<A>", 11), Group("PRÖ:B", 6)]
COLUMNS: tuple[Column[Group], ...] = (
    Column("name", "Grupp", lambda row: row.name, heads_row=True, sortable=True),
    Column(
        "placed", "Placerade elever", lambda row: row.placed, align="n", short="Elever", total=17
    ),
    Column("state", "Läge", lambda _row: status("done", "Klar"), drop=True),
)


def render(table: Table[Group]) -> str:
    """Return the table's markup without the space between elements."""
    html = engines["django"].from_string("{% ledger table %}").render({"table": table})
    return re.sub(r">\s+<", "><", html).strip()


def test_a_list_has_caption_heads_cells_and_total() -> None:
    html = render(Table(ROWS, COLUMNS, caption="2 grupper", order="name"))
    assert "<caption>2 grupper</caption>" in html
    assert '<th scope="col" aria-sort="ascending"><a href="?sort=-name">Grupp</a></th>' in html
    assert '<th scope="col" class="n">Placerade elever</th>' in html
    assert '<th scope="row">PRÖ:&lt;A&gt;</th><td class="n" data-l="Elever">11</td>' in html
    assert '<td class="extra" data-l="Läge"><span class="status" data-s="done">Klar</span>' in html
    assert '<tfoot><tr><th scope="row">Summa</th><td class="n" data-l="Elever">17</td>' in html


def test_a_column_that_is_not_sorted_by_has_no_sort_mark() -> None:
    html = render(Table(ROWS, COLUMNS, caption="2 grupper", order="-placed"))
    assert "aria-sort" not in html
    assert '<a href="?sort=name">Grupp</a>' in html


def test_checkboxes_say_which_row_they_mark() -> None:
    pick = Pick[Group]("group", lambda row: row.name, lambda row: row.name, frozenset({"PRÖ:B"}))
    html = render(Table(ROWS, COLUMNS, caption="2 grupper", pick=pick))
    assert 'Markera PRÖ:B</span><input type="checkbox" name="group" value="PRÖ:B" checked>' in html
    assert 'Markera alla på sidan</span><input type="checkbox" data-pick-all="group">' in html


def test_sorting_keeps_the_filters_and_goes_back_to_the_first_page() -> None:
    query = QueryDict("q=ma&page=3")
    assert with_query(query, sort="name", page="") == "?q=ma&sort=name"


@pytest.mark.parametrize(
    ("asked", "order"),
    [("name", "name"), ("-name", "-name"), ("placed", "x"), ("; drop", "x"), ("", "x")],
)
def test_only_columns_that_sort_can_be_sorted_by(asked: str, order: str) -> None:
    request = RequestFactory().get("/", {"sort": asked})
    assert order_of(request, COLUMNS, "x") == order


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", 1, 50),
        ("page=2", 51, 100),
        ("page=99", 401, 412),
        ("page=-1", 1, 50),
        ("page=x", 1, 50),
        ("size=200&page=3", 401, 412),
        ("size=alla", 1, 412),
        ("size=7", 1, 50),
    ],
)
def test_a_page_is_the_nearest_one_that_exists(query: str, first: int, last: int) -> None:
    page = page_of(RequestFactory().get(f"/?{query}"), range(1, 413))
    assert (page.first, page.last, page.count) == (first, last, 412)
    assert list(page.rows) == list(range(first, last + 1))


def test_pages_far_apart_are_left_out() -> None:
    page = page_of(RequestFactory().get("/?page=5&q=ma"), range(1000))
    assert [each.number for each in page.links] == [1, 0, 3, 4, 5, 6, 7, 0, 20]
    assert next(each.url for each in page.links if each.number == 6) == "?page=6&q=ma"


def test_an_empty_list_is_one_empty_page() -> None:
    rows: list[Group] = []
    page = page_of(RequestFactory().get("/"), rows)
    assert (page.first, page.last, page.count, page.links, page.sizes) == (0, 0, 0, (), ())
