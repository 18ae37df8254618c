"""Följesedel: the order of its lines, what it says on paper, protected names apart."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.archive.list_content import (
    ListContent,
    ListedPaper,
    ListedRow,
    ListHead,
    born_key,
)
from provning.archive.printing import print_list
from tests.catalogues.builders import DIFFICULT, longest_names, numbers
from tests.support.pdf_text import pages_of
from tests.support.verapdf import verapdf

HEAD = ListHead(
    document_id="LEV-12345678-2026-1",
    supplementary=False,
    protected=False,
    organiser="Sjöstad",
    provider="Sjöstads vuxenutbildning",
    unit="Komvux Centrum",
    unit_code="12345678",
    period="2026",
    prepared_on=date(2027, 1, 4),
    prepared_by="Rut Rektor",
)
NAMES = (*DIFFICULT, *longest_names(120 - len(DIFFICULT)))


def content(*, protected: bool = False, rows: int = len(NAMES)) -> ListContent:
    """Return a list with the most difficult names there are."""
    head = replace(HEAD, protected=protected)
    lines = tuple(
        ListedRow(
            number=number,
            identity_number=numbers()[number],
            last_name=name.last,
            first_name=name.first,
            term="HT 2026",
            group="PRÖ:KC26HTMAT03B",
            course="Matematik 3b",
            document_id="BK-12345678-HT26-1",
        )
        for number, name in enumerate(NAMES[:rows], start=1)
    )
    paper = ListedPaper("BK-12345678-HT26-1", 1, "HT 2026", 14, "0" * 64)
    return ListContent(head, (paper,), lines)


@pytest.fixture(scope="module")
def ordinary() -> bytes:
    """Return the ordinary list on paper."""
    return print_list(content())


@pytest.fixture(scope="module")
def protected() -> bytes:
    """Return the list of protected persons on paper."""
    return print_list(content(protected=True, rows=3))


def test_every_line_stands_whole_in_both_copies(ordinary: bytes) -> None:
    text = " ".join(pages_of(ordinary))
    for row in content().rows:
        line = f"{row.identity_number} {row.last_name} {row.first_name} {row.term}"
        assert text.count(" ".join(line.split())) == 2, row.number


def test_the_two_copies_say_where_each_belongs(ordinary: bytes) -> None:
    found = pages_of(ordinary)
    half = len(found) // 2
    assert ["Exemplar 1 av 2" in each for each in found] == [True] * half + [False] * half
    assert ["Exemplar 2 av 2" in each for each in found] == [False] * half + [True] * half


def test_the_papers_are_listed_with_their_pages(ordinary: bytes) -> None:
    assert "BK-12345678-HT26-1 1 HT 2026 14" in pages_of(ordinary)[0]


def test_a_protected_list_begins_with_a_cover_that_names_nobody(protected: bytes) -> None:
    covers = [text for text in pages_of(protected) if "Öppnas bara av den" in text]
    names = [word for row in content(rows=3).rows for word in (row.last_name, row.identity_number)]
    assert len(covers) == 2
    for cover in covers:
        assert "Skyddad identitet" in cover
        assert [name for name in names if name in cover] == []


def test_only_the_protected_list_is_marked(ordinary: bytes, protected: bytes) -> None:
    marked = [("SKYDDAD IDENTITET" in " ".join(pages_of(each))) for each in (ordinary, protected)]
    assert marked == [False, True]


def test_the_same_list_gives_the_same_bytes(protected: bytes) -> None:
    assert print_list(content(protected=True, rows=3)) == protected


def test_the_validator_finds_both_standards_held(
    ordinary: bytes, protected: bytes, tmp_path: Path
) -> None:
    documents = {"ordinary.pdf": ordinary, "protected.pdf": protected}
    for name, document in documents.items():
        (tmp_path / name).write_bytes(document)
    report = verapdf([tmp_path / name for name in documents])
    faults = {key: each.failures for key, each in report.items() if not each.compliant}
    assert (len(report), faults) == (4, {})


@given(st.permutations(["19791231-9999", "19800101-TF10", "19800102-0013", "19800163-0018"]))
def test_the_oldest_stands_first_whatever_kind_of_number(order: list[str]) -> None:
    assert sorted(order, key=born_key) == [
        "19791231-9999",
        "19800101-TF10",
        "19800102-0013",
        "19800163-0018",
    ]


@given(st.dates(), st.booleans(), st.dates(), st.booleans())
def test_the_order_is_that_of_birth(
    one: date, coordinated: bool, other: date, other_coordinated: bool
) -> None:
    first, second = (number(one, coordinated), number(other, other_coordinated))
    if one != other:
        assert (born_key(first) < born_key(second)) == (one < other)


def number(born: date, coordinated: bool) -> str:
    """Return a number of the day: a samordningsnummer has the day plus 60."""
    day = born.day + 60 if coordinated else born.day
    return f"{born.year:04d}{born.month:02d}{day:02d}-0000"
