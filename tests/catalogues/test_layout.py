"""Where the words stand: inside the margins, in their columns, the head alike on every page."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

import pytest

from tests.catalogues.papers import Paper
from tests.support.require import required

MILLIMETRE = 72 / 25.4
LEFT, RIGHT = 22 * MILLIMETRE, (297 - 15) * MILLIMETRE
TOP, BOTTOM = 10 * MILLIMETRE, (210 - 9) * MILLIMETRE
ROOM_TO_SIGN = 15 * MILLIMETRE
SAME_PLACE = ("BETYGSKATALOG", "Kurskod", "Utskriftsdatum", "Efternamn", "Underskrift,")
LAST_NAMES = 22 + 9 + 30
FIRST_NAMES = LAST_NAMES + 54
GRADES = FIRST_NAMES + 44
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@lru_cache
def words(pdf: bytes) -> list[list[Word]]:
    """Return the words of each page with their places, by poppler."""
    tool = shutil.which("pdftotext")
    required(tool, "pdftotext is missing: install poppler-utils")
    command = [str(tool), "-bbox", "-", "-"]
    answer = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return [[_word(*found) for found in WORD.findall(page)] for page in answer.split("<page ")[1:]]


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    """Read one word."""
    return Word(float(left), float(top), float(right), float(bottom), unescape(text))


def test_nothing_stands_in_the_margins(long_paper: Paper) -> None:
    for page in words(long_paper.pdf):
        assert min(word.left for word in page) > LEFT - 1
        assert max(word.right for word in page) < RIGHT + 1
        assert min(word.top for word in page) > TOP
        assert max(word.bottom for word in page) < BOTTOM


@pytest.mark.parametrize(
    ("field", "start", "end"),
    [("last_name", LAST_NAMES, FIRST_NAMES), ("first_name", FIRST_NAMES, GRADES)],
)
def test_names_stay_in_their_column(long_paper: Paper, field: str, start: int, end: int) -> None:
    decisions = [row for sheet in long_paper.content.sheets for row in sheet.rows]
    names = [word for row in decisions for word in str(getattr(row, field)).split()]
    column = [
        word
        for page in words(long_paper.pdf)
        for word in page
        if start * MILLIMETRE <= word.left < end * MILLIMETRE and word.text in set(names)
    ]
    assert sorted(word.text for word in column) == sorted(names)
    assert max(word.right for word in column) <= end * MILLIMETRE


def test_head_and_foot_stand_in_the_same_place_on_every_page(long_paper: Paper) -> None:
    pages = words(long_paper.pdf)
    for sheet in long_paper.content.sheets:
        seen = {_fixed(pages[place]) for place in long_paper.pages_of(sheet.group_name)}
        assert len(seen) == 1, sheet.group_name


def test_rows_leave_room_to_sign_on_every_page(uneven_paper: Paper) -> None:
    for page in words(uneven_paper.pdf):
        signature = min(word.top for word in page if word.text == "Underskrift,")
        last_row = max(word.bottom for word in page if word.top < signature)
        assert signature - last_row >= ROOM_TO_SIGN


def _fixed(page: list[Word]) -> tuple[tuple[str, float, float], ...]:
    """Return where the words that every page has stand on one."""
    fixed = (word for word in page if word.text in SAME_PLACE)
    return tuple(sorted((word.text, round(word.left, 1), round(word.top, 1)) for word in fixed))
