"""Print an extract: the content with the words around it, in Swedish and, beside it, in English."""

import json
from collections.abc import Iterator
from pathlib import Path

from provning.catalogues.content import Mark
from provning.catalogues.press import Press
from provning.catalogues.printability import Printed, text_problems
from provning.extracts.content import ExtractContent, Line, Section
from provning.extracts.words import ENGLISH, SWEDISH, Words
from provning.kernel.problems import Problem

TEMPLATE = Path(__file__).parent / "templates_typst" / "extract.typ"
UNIT = ("unit", "unit_code")
MARKS = (Mark.TRIAL, Mark.REPLACED)


def extract_press() -> Press:
    """Return a press for extracts; `with` ends its process."""
    return Press(TEMPLATE)


def print_extract(press: Press, content: ExtractContent, *, preview: bool = False) -> bytes:
    """Return the extract as PDF/A-2a and PDF/UA-1: the same bytes for the same content.

    A preview says on every page that it has not been issued. Raises `RenderError`.
    """
    return press.print(payload(content, preview=preview))


def print_problems(content: ExtractContent) -> list[Problem]:
    """Say everything that keeps the extract from being printed whole."""
    return text_problems(_texts(content))


def payload(content: ExtractContent, *, preview: bool = False) -> str:
    """Return what the template sets: one part for each language, every cell as it is printed."""
    languages = (SWEDISH, ENGLISH) if content.english else (SWEDISH,)
    data = {
        "title": f"{SWEDISH.title} {content.document_id}".strip(),
        "author": content.provider_name or content.organiser,
        "issued_on": content.issued_on.isoformat(),
        "document_id": content.document_id,
        "principal": content.principal_name,
        "person": f"{content.first_name} {content.last_name}".strip(),
        "identity_number": content.identity_number,
        "is_copy": bool(content.copy_of),
        "preview": SWEDISH.watermark if preview else "",
        "parts": [_part(content, words, preview=preview) for words in languages],
    }
    return json.dumps(data, ensure_ascii=False)


def _part(content: ExtractContent, words: Words, *, preview: bool) -> dict[str, object]:
    """Return the pages of one language."""
    return {
        "lang": words.lang,
        "letterhead": [content.organiser, words.school_form],
        "title": words.title,
        "subtitle": words.subtitle,
        "translation": words.translation.format(document=content.document_id),
        "facts": _facts(content, words),
        "notes": [words.preview] if preview else list(_notes(content, words)),
        "sections": [_section(each, words) for each in content.sections],
        "legend_title": words.legend_title,
        "legends": list(_legends(content, words)),
        "page": words.page,
    }


def _facts(content: ExtractContent, words: Words) -> list[tuple[str, str]]:
    """Return the labels and values of the head."""
    unit = ", ".join(dict.fromkeys(filter(None, (content.unit_name, content.provider_name))))
    values = {
        "last_name": content.last_name,
        "first_name": content.first_name,
        "identity_number": content.identity_number,
        "unit": unit,
        "unit_code": content.unit_code,
        "issued_on": content.issued_on.isoformat(),
        "organiser": content.organiser,
        "municipality": f"{content.municipality} ({content.municipality_code})",
        "document_id": content.document_id,
    }
    # Where the home municipality issues there is no unit, and no empty place for one.
    left_out = () if unit else UNIT
    return [(label, values[key]) for key, label in words.facts.items() if key not in left_out]


def _notes(content: ExtractContent, words: Words) -> Iterator[str]:
    """Say that it is a copy, and which extract it takes the place of."""
    if content.copy_of and content.copied_on:
        day = content.copied_on.isoformat()
        yield words.copy.format(original=content.copy_of, day=day)
    if content.replaces:
        yield words.replaces.format(document=content.replaces)


def _section(section: Section, words: Words) -> dict[str, object]:
    """Return one table."""
    level = words.school_levels.get(section.school_level, section.school_level)
    title = words.levels if section.by_level else words.courses
    return {
        "title": title.format(level=f"{level[:1].upper()}{level[1:]}"),
        "by_level": section.by_level,
        "columns": words.level_columns if section.by_level else words.course_columns,
        "rows": [
            {
                "cells": _cells(line, words, by_level=section.by_level),
                "replaced": Mark.REPLACED in line.marks,
            }
            for line in section.lines
        ],
    }


def _cells(line: Line, words: Words, *, by_level: bool) -> list[str]:
    """Return the cells of one grade, in the order of the columns."""
    name = line.name_en if words is ENGLISH and line.name_en else line.name
    points = "" if line.points is None else str(line.points)
    return [
        name,
        line.code,
        *((line.levels,) if by_level else ()),
        points,
        line.grade,
        line.grade_date.isoformat(),
        ", ".join(words.marks.get(mark, mark.value) for mark in line.marks),
        ". ".join(words.remarks[each.kind].format(text=each.text) for each in line.remarks),
    ]


def _legends(content: ExtractContent, words: Words) -> Iterator[str]:
    """Return what the marks, grades and columns mean, each once."""
    marks = {mark for line in content.lines for mark in line.marks}
    yield from (words.mark_legends[mark] for mark in MARKS if mark in marks)
    scales = dict.fromkeys(line.scale_label for line in content.lines)
    yield from (words.scale_legends[each] for each in scales if each in words.scale_legends)
    yield words.points_legend
    if any(section.by_level for section in content.sections):
        yield words.levels_legend
    yield words.choice_legend


def _texts(content: ExtractContent) -> Iterator[Printed]:
    """Return every text that comes from the registers, in the order of the pages."""
    head = (
        ("organiser", "huvudmannens namn", content.organiser),
        ("municipality", "kommunens namn", content.municipality),
        ("unit_name", "skolenhetens namn", content.unit_name),
        ("provider_name", "anordnarens namn", content.provider_name),
        ("unit_code", "skolenhetskoden", content.unit_code),
        ("principal_name", "rektors namn", content.principal_name),
        ("last_name", "efternamnet", content.last_name),
        ("first_name", "förnamnet", content.first_name),
    )
    for name, label, text in head:
        yield Printed(name, f"Utdraget, {label}", text)
    for line in content.lines:
        yield Printed("name", f"{line.code}, namnet", line.name)
        for remark in line.remarks:
            yield Printed("remarks", f"{line.code}, övriga upplysningar", remark.text)
