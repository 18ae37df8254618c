"""Catalogues to test with: official test numbers, names of the name lists, invented units."""

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import NAMESPACE_OID, UUID, uuid5

from provning.catalogues.content import (
    CatalogueContent,
    Mark,
    Row,
    Sheet,
    Signer,
    SignerRole,
)
from provning.catalogues.printability import unprintable
from tests.support.official import official_test_numbers
from tests.support.shared import shared_file

EXAM = date(2026, 5, 12)
ISSUED = date(2026, 7, 1)
GRADES = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Name:
    """A last name and a first name."""

    last: str
    first: str


# What a template language, a layout engine or a font might stumble over.
DIFFICULT = (
    Name("*Stjärna* #let x = 1", "[Hake] _Under_"),
    Name("$Dollar$ @snabel", r"C:\Bakåt <b>fet</b>"),
    Name("O'Neill “Citat”", "Anna--Lena..."),
    Name("Reinholdsson-Rosengren-Danckwardt-Lillieström", "Christopher-Robin-Maximilian"),
    Name("Reinholdsson-Rosengren Danckwardt-Lillieström af Carlheim-Gyllenskiöld", "Eva-Lo"),
    Name("Reinholdsson Gustafsson-Lillieström", "Alexander-Maximilian Karl-Christoffer"),
    Name("Nguyễn Thị Ngọc Ánh", "Łukasz Şafak"),
    Name("Παπαδοπούλου", "Ελένη"),
    Name("Достоевский", "Фёдор Михайлович"),
    Name("Ђорђевић", "Љиљана"),
    Name("Şahin-Öztürk", "Ğüneş İı"),
    Name("Ólafsdóttir Þórðarson", "Æðelþryð"),
    Name("fiffla Office", "Sofia ffi"),
)  # fmt: skip


def signer(name: str, role: SignerRole = SignerRole.TEACHER) -> Signer:
    """Return who signs; the name decides the id."""
    return Signer(str(uuid5(NAMESPACE_OID, name)), name, role)


TEACHER = signer("Karin Wallgren")


@cache
def numbers() -> tuple[str, ...]:
    """Return the official test numbers in the form that is printed."""
    found = [row.number for row in official_test_numbers() if row.kind == "personnummer"]
    return tuple(f"{number[:8]}-{number[8:]}" for number in found)


@cache
def longest_names(count: int) -> tuple[Name, ...]:
    """Return the longest names of the lists, Swedish and international by turns."""
    lasts = _longest("last_names.csv") + _international("last")
    firsts = _longest("first_names.csv") + _international("first")
    lasts.sort(key=len, reverse=True)
    firsts.sort(key=len, reverse=True)
    return tuple(map(Name, lasts[:count], firsts[:count]))


def row(
    number: int,
    name: Name,
    grade: str = "",
    *,
    marks: tuple[Mark, ...] = (Mark.TRIAL,),
    remarks: str = "",
) -> Row:
    """Return one decision; the number decides whose it is."""
    return Row(
        number=number,
        decision=str(UUID(int=number)),
        identity_number=numbers()[number],
        last_name=name.last,
        first_name=name.first,
        grade=grade or GRADES[number % len(GRADES)],
        grade_date=EXAM,
        marks=marks,
        remarks=remarks,
    )


def rows(names: Sequence[Name]) -> tuple[Row, ...]:
    """Return a decision for each name."""
    return tuple(row(number, name) for number, name in enumerate(names, start=1))


def sheet(
    decisions: Sequence[Row],
    *,
    group_name: str = "PRÖ:KC26VTMAT03B",
    scale_label: str = "A–F",
    joint: Sequence[str] = (),
    decider: Signer = TEACHER,
    changes: Sequence[str] = (),
) -> Sheet:
    """Return one teacher's sheet for one course."""
    return Sheet(
        group_name=group_name,
        course_name="Matematik 3b",
        course_code="MATMAT03b",
        points=100,
        level="gymnasial nivå",
        levels="",
        scale_label=scale_label,
        decider=decider,
        co_signers=tuple(signer(name, SignerRole.JOINT) for name in joint),
        rows=tuple(decisions),
        changes=tuple(changes),
    )


def catalogue(
    *sheets: Sheet, preliminary: bool = False, protected: bool = False, organiser: str = "Sjöstad"
) -> CatalogueContent:
    """Return a catalogue of an invented unit."""
    return CatalogueContent(
        document_id="BK-KC-26VT-0001",
        version=2,
        preliminary=preliminary,
        protected=protected,
        organiser=organiser,
        municipality="Sjöstad",
        municipality_code="0199",
        unit_name="Komvux Centrum",
        provider_name="Sjöstads vuxenutbildning",
        unit_code="12345678",
        term_label="VT 2026",
        school_form="Kommunal vuxenutbildning",
        issued_on=ISSUED,
        sheets=sheets,
    )


def _longest(file_name: str) -> list[str]:
    """Return the longest names of a Swedish list."""
    with shared_file(file_name).open(encoding="utf-8") as file:
        return sorted((row["name"] for row in csv.DictReader(file)), key=len, reverse=True)[:150]


def _international(part: str) -> list[str]:
    """Return the longest international names that can be printed, without loose accents."""
    with shared_file("international_names.csv").open(encoding="utf-8") as file:
        found = {row["name"] for row in csv.DictReader(file) if row["part"] == part}
    return sorted(filter(_plain, found), key=lambda name: (-len(name), name))[:150]


def _plain(name: str) -> bool:
    """Say whether a name can be printed with one glyph for each character."""
    composed = unicodedata.normalize("NFC", name)
    return not unprintable(name) and not any(map(unicodedata.combining, composed))
