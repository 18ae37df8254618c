"""The bundled fonts: unchanged, small, alike, and truly able to print what they claim."""

import hashlib
import sys

import pytest

from provning.catalogues.font_files import FONTS, font_characters
from provning.catalogues.printability import unprintable
from provning.catalogues.rendering import RenderError, render_in_process
from tests.catalogues.builders import Name, catalogue, row, sheet

FILES = sorted(FONTS.glob("*.ttf"))
LIMIT = 2_500_000


def test_fonts_are_the_files_that_the_note_beside_them_names() -> None:
    note = (FONTS / "README.md").read_text(encoding="utf-8")
    named = [line.split("`")[1::2] for line in note.splitlines() if line.startswith("| `")]
    there = [[file.name, hashlib.sha256(file.read_bytes()).hexdigest()] for file in FILES]
    assert sorted(named) == there


def test_licence_lies_beside_the_fonts() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence


def test_fonts_stay_small() -> None:
    assert sum(file.stat().st_size for file in FILES) < LIMIT


def test_fonts_cover_the_same_characters() -> None:
    assert {font_characters(file) for file in FILES} == {font_characters(FILES[0])}


@pytest.mark.parametrize("character", "åäöÅÄÖéüßñçłŞșțễẶđĐİıƏþðαΩжЯЂїґ–—’”§")
def test_letters_of_european_and_vietnamese_names_are_covered(character: str) -> None:
    assert unprintable(character) == ""


def test_every_character_that_is_called_printable_prints() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    refused = set(unprintable(every))
    printable = [each for each in every if each not in refused]
    pieces = ["".join(printable[at : at + 100]) for at in range(0, len(printable), 100)]
    decisions = [
        row(place, Name("Öberg", "Åsa"), remarks=each) for place, each in enumerate(pieces)
    ]
    # In this standard a character without a glyph is an error of the printing program itself.
    assert render_in_process(catalogue(sheet(decisions))).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("character", "李مדก한ა")
def test_printing_program_refuses_a_character_without_a_glyph_too(character: str) -> None:
    with pytest.raises(RenderError, match="could not be displayed"):
        render_in_process(catalogue(sheet([row(1, Name(character, "Li"))])))
