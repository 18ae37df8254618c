"""What in a catalogue cannot be printed: characters without a shape, texts without room."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from provning.catalogues.content import CatalogueContent, Row, Sheet
from provning.catalogues.font_files import FONTS, font_characters
from provning.kernel.problems import Problem

SOURCE = "Förordning (2011:1108) 4 kap. 11 §"
# Control and format characters have no shape, turn text around or invite hyphenation.
SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# A row is never broken over two pages, so it must have room on one.
MOST = 200
MOST_REMARKS = 700
MOST_CHANGE = 1000
LONGEST = {"remarks": MOST_REMARKS, "changes": MOST_CHANGE}


@dataclass(frozen=True, slots=True)
class Printed:
    """One text that will stand on paper, and the place a person finds it by."""

    name: str
    place: str
    text: str


def print_problems(content: CatalogueContent) -> list[Problem]:
    """Say everything that keeps the catalogue from being printed whole."""
    return [*missing_glyphs(content), *overlong_texts(content)]


def missing_glyphs(content: CatalogueContent) -> list[Problem]:
    """Name every row and field that holds a character the fonts cannot print.

    A protected person is named by group and row, so that the message gives nothing away.
    """
    return [problem for printed in _texts(content) for problem in _glyph_problems(printed)]


def overlong_texts(content: CatalogueContent) -> list[Problem]:
    """Name every text that is too long for its place."""
    return [problem for printed in _texts(content) for problem in _length_problems(printed)]


def text_problems(texts: Iterable[Printed]) -> list[Problem]:
    """Say everything that keeps texts from being printed whole; for other documents too."""
    found = list(texts)
    glyphs = [problem for printed in found for problem in _glyph_problems(printed)]
    return [*glyphs, *(problem for printed in found for problem in _length_problems(printed))]


def unprintable(text: str) -> str:
    """Return the characters that cannot be printed, each once, in the order they stand."""
    printable = _printable()
    return "".join(dict.fromkeys(each for each in text if each not in printable))


@cache
def _printable() -> frozenset[str]:
    """Return the characters that have a shape in every bundled font."""
    covered = frozenset.intersection(*(font_characters(path) for path in FONTS.glob("*.ttf")))
    return frozenset(
        each for each in map(chr, covered) if unicodedata.category(each) not in SHAPELESS
    )


def _glyph_problems(printed: Printed) -> Iterator[Problem]:
    """Name the characters of one text, when there are any."""
    found = unprintable(printed.text)
    if found:
        message = (
            "{place}: {characters} kan inte skrivas ut. Skriv med latinska bokstäver;"
            " namn skrivs som i folkbokföringen."
        )
        params = {"place": printed.place, "characters": ", ".join(map(_shown, found))}
        yield Problem("catalogue-missing-glyph", printed.name, message, SOURCE, params)


def _length_problems(printed: Printed) -> Iterator[Problem]:
    """Say how much one text must be shortened, when it must."""
    most = LONGEST.get(printed.name, MOST)
    if len(printed.text) > most:
        message = "{place} har {length} tecken men får plats med {most}. Korta texten."
        params = {"place": printed.place, "length": len(printed.text), "most": most}
        yield Problem("catalogue-text-too-long", printed.name, message, SOURCE, params)


def _shown(character: str) -> str:
    """Return a character as a person can find it: itself, when it has a shape, and its number."""
    code = f"U+{ord(character):04X}"
    return code if unicodedata.category(character) in SHAPELESS else f"”{character}” ({code})"


def _texts(content: CatalogueContent) -> Iterator[Printed]:
    """Return every text of the catalogue, in the order of the pages."""
    for name, label, text in _head_texts(content):
        yield Printed(name, f"Katalogens huvud, {label}", text)
    for sheet in content.sheets:
        for name, label, text in _sheet_texts(sheet):
            yield Printed(name, f"{sheet.group_name}, {label}", text)
        for row in sheet.rows:
            for name, label, text in _row_texts(row):
                yield Printed(name, f"{sheet.group_name}, rad {row.number}, {label}", text)


def _head_texts(content: CatalogueContent) -> list[tuple[str, str, str]]:
    """Return the texts that stand on every page: field, what it is called, what it says."""
    return [
        ("document_id", "dokument-id", content.document_id),
        ("organiser", "huvudmannens namn", content.organiser),
        ("municipality", "kommunens namn", content.municipality),
        ("municipality_code", "kommunkoden", content.municipality_code),
        ("unit_name", "skolenhetens namn", content.unit_name),
        ("provider_name", "anordnarens namn", content.provider_name),
        ("unit_code", "skolenhetskoden", content.unit_code),
        ("term_label", "terminen", content.term_label),
        ("school_form", "skolformen", content.school_form),
        ("replaces", "dokumentet som ersätts", content.replaces),
        *(
            (name, "namnet på den som undertecknar", signer.name)
            for name, signer in (("teacher", content.teacher), ("attested_by", content.attested_by))
            if signer
        ),
        *(("changes", "vad som har ändrats", note) for note in content.notes),
    ]


def _sheet_texts(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Return the texts that stand on every page of a sheet."""
    return [
        ("group_name", "gruppens namn", sheet.group_name),
        ("course_name", "kursens namn", sheet.course_name),
        ("course_code", "kurskoden", sheet.course_code),
        ("level", "nivån", sheet.level),
        ("levels", "nivåerna som betyget omfattar", sheet.levels),
        ("scale_label", "betygsskalan", sheet.scale_label),
        ("decider", "beslutsfattarens namn", sheet.decider.name),
        ("decider", "namnet på rektor som har delegerat", sheet.decider.delegated_by),
        *(("co_signers", "medbeslutande lärarens namn", each.name) for each in sheet.co_signers),
        *(("changes", "vad som har ändrats", each) for each in sheet.changes),
    ]


def _row_texts(row: Row) -> list[tuple[str, str, str]]:
    """Return the texts of one decision."""
    return [
        ("identity_number", "personnumret", row.identity_number),
        ("last_name", "efternamnet", row.last_name),
        ("first_name", "förnamnet", row.first_name),
        ("grade", "betyget", row.grade),
        ("remarks", "övriga upplysningar", row.remarks),
    ]
