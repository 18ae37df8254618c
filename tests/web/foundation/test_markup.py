"""The small pieces: group names in parts, grades in frames, days, and masked persons."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import SafeString

from provning.web import markup


@dataclass(frozen=True)
class Somebody:
    """A person as a row of the register shows one."""

    label: str = "Bergqvist, Alva"
    number_display: str = "20031220-2385"
    protected: bool = False
    masked: bool = False


@pytest.mark.parametrize(
    ("name", "course", "shown"),
    [
        ("PRÖ:KC23VTMAT03B", "MATMAT03b", "KC23VT<b>MAT03B</b>"),
        ("PRÖ:KC22VTMAT03B2", "MATMAT03b", "KC22VT<b>MAT03B</b><u>2</u>"),
        ("PRÖ:KC26HTENG062", "ENGENG06", "KC26HT<b>ENG06</b><u>2</u>"),
        ("PRÖ:KC26HTENG0612", "ENGENG06", "KC26HT<b>ENG06</b><u>12</u>"),
        ("PRÖ:KC26HTMATO1B00X", "MATO1B00X", "KC26HT<b>MATO1B00X</b>"),
        ("PRÖ:KC26HTMATO1B00X2", "MATO1B00X", "KC26HT<b>MATO1B00X</b><u>2</u>"),
        ("PRÖ:KC26HTBIO01", "", "KC26HT<b>BIO01</b>"),
        ("PRÖ:KC26HTBIO01", "MATMAT03b", "KC26HT<b>BIO01</b>"),
    ],
)
def test_a_group_name_is_shown_in_parts(name: str, course: str, shown: str) -> None:
    html = markup.group_name(name, course)
    assert html == f'<span class="gname"><i>PRÖ:</i>{shown}</span>'


def test_a_name_that_cannot_be_read_is_shown_whole_and_harmless() -> None:
    assert markup.group_name("<b>X</b>") == '<span class="gname">&lt;b&gt;X&lt;/b&gt;</span>'


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("draft", "utkast"),
        ("proposed", "föreslaget"),
        ("decided", "beslutat"),
        ("replaced", "ersatt"),
    ],
)
def test_a_grade_says_how_final_it_is(state: str, word: str) -> None:
    html = markup.grade("C", state)
    assert html == f'<span class="grade" data-s="{state}">C<span class="vh">, {word}</span></span>'


def test_no_grade_is_said_in_words() -> None:
    assert "Inget betyg" in markup.grade("")


def test_days_are_iso_and_times_are_swedish() -> None:
    assert markup.day(date(2026, 11, 12)) == '<time datetime="2026-11-12">2026-11-12</time>'
    moment = datetime(2026, 10, 20, 7, 12, tzinfo=UTC)
    assert ">2026-10-20 09.12</time>" in markup.day(moment)
    assert markup.day(None) == "–"


def test_a_person_is_shown_by_name_and_number() -> None:
    assert markup.person_name(Somebody()) == "Bergqvist, Alva"
    assert markup.person_number(Somebody()) == '<span class="pnr">20031220-2385</span>'


def test_a_hidden_identity_shows_its_case_number_and_nothing_else() -> None:
    hidden = Somebody(number_display="SK-26-0412", protected=True, masked=True)
    assert markup.person_name(hidden) == '<span class="protected">Skyddad identitet</span>'
    assert markup.person_number(hidden) == '<span class="nowrap">Ärende SK-26-0412</span>'


def test_who_may_see_a_protected_person_is_reminded_of_the_protection() -> None:
    html = markup.person_name(Somebody(protected=True))
    assert html.startswith("Bergqvist, Alva ")
    assert "Skyddad identitet" in html


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Begäran till Vuxenutbildningscentrum", "Begäran till Vuxenutbildnings\u00adcentrum"),
        ("Ny prövningsgrupp", "Ny prövningsgrupp"),
        ("Betygskatalog VT 2026, version 1", "Betygskatalog VT\u00a02026, version 1"),
    ],
)
def test_only_long_compounds_of_a_heading_may_be_divided(heading: str, shown: str) -> None:
    assert markup.divisible(heading) == shown
    assert isinstance(markup.divisible(SafeString(heading)), SafeString)
