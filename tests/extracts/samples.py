"""Extracts to print without a database: every kind of grade, difficult names."""

from collections.abc import Sequence
from datetime import date

from provning.catalogues.content import Mark
from provning.extracts.content import ExtractContent, Line, Remark, RemarkKind, Section
from tests.catalogues.builders import Name, numbers

ISSUED = date(2026, 11, 25)
EXAM = date(2026, 5, 12)
PROJECT = (
    "Vattenrening i kalla klimat. " + "Hur vatten renas när det är kallt, och vad det kostar " * 4
)


def line(name: str, code: str, value: str = "C", **changes: object) -> Line:
    """Return one grade; `changes` are other fields of the line."""
    facts: dict[str, object] = {
        "decision_id": "00000000-0000-0000-0000-000000000001",
        "name": name,
        "name_en": "",
        "code": code,
        "levels": "",
        "points": 100,
        "grade": value,
        "grade_date": EXAM,
        "scale_label": "A–F",
        "marks": (Mark.TRIAL,),
        "remarks": (),
    }
    return Line(**(facts | changes))  # type: ignore[arg-type] # a test gives each its own type


def extract(
    sections: Sequence[Section] = (),
    *,
    name: Name | None = None,
    english: bool = False,
    **changes: object,
) -> ExtractContent:
    """Return an extract of an invented unit; one of everything unless sections are given."""
    who = name or Name("Danckwardt-Lillieström", "Christopher-Robin")
    facts: dict[str, object] = {
        "document_id": "UT26-7K3QX-9M2PA",
        "copy_of": "",
        "copied_on": None,
        "replaces": "",
        "english": english,
        "organiser": "Sjöstads kommun",
        "municipality": "Sjöstad",
        "municipality_code": "0199",
        "unit_name": "Komvux Centrum",
        "provider_name": "Sjöstads vuxenutbildning",
        "unit_code": "12345678",
        "principal_name": "Anders Hellqvist",
        "school_form": "Kommunal vuxenutbildning",
        "issued_on": ISSUED,
        "identity_number": numbers()[0],
        "last_name": who.last,
        "first_name": who.first,
        "sections": tuple(sections) or everything(),
    }
    return ExtractContent(**(facts | changes))  # type: ignore[arg-type] # as above


def everything() -> tuple[Section, ...]:
    """Return a section of each kind with every kind of grade and remark."""
    replaced = Remark(RemarkKind.REPLACED, "MATO2000X")
    swedish = Remark(RemarkKind.QUALIFICATION, "2")
    special = Remark(RemarkKind.SPECIALISATION, "Löneadministration i småföretag")
    return (
        Section(
            "svenska för invandrare",
            by_level=False,
            lines=(
                line(
                    "Svenska för invandrare, kurs D",
                    "SFIKUD9",
                    "A",
                    points=None,
                    remarks=(swedish,),
                ),
            ),
        ),
        Section(
            "gymnasial nivå",
            by_level=False,
            lines=(
                line("Administration – specialisering", "ADMADM00S", "A", remarks=(special,)),
                line("Engelska 6", "ENGENG06", "F", name_en="English 6"),
                line(
                    "Komvuxarbete, barn- och fritidsprogrammet",
                    "KVARBF",
                    "E",
                    scale_label="E/F",
                    remarks=(Remark(RemarkKind.PROJECT, PROJECT.strip()),),
                ),
                line("Arabiska 3", "MODARA03", remarks=(Remark(RemarkKind.LANGUAGE, "Arabiska"),)),
            ),
        ),
        Section(
            "gymnasial nivå",
            by_level=True,
            lines=(
                line(
                    "Matematik – fortsättning",
                    "MATO1B00X",
                    levels="1b",
                    marks=(Mark.TRIAL, Mark.REPLACED),
                    remarks=(replaced,),
                ),
                line("Matematik – fortsättning", "MATO2000X", levels="1–2", points=200),
            ),
        ),
    )
