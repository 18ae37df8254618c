"""Betygsdokument 2.0 read as a stream of documents, in constant memory."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from provning.betygxml.elements import SOURCE, UnreadableError, records
from provning.betygxml.formats import (
    DOCUMENT,
    DOCUMENT_KINDS,
    DOCUMENTS_SHAPE,
    SUBJECT,
)
from provning.betygxml.intervals import read_interval
from provning.betygxml.rows import DocumentPart, DocumentSubject, GradeDocument
from provning.betygxml.values import Fields, unknown_element
from provning.kernel.problems import Problem

UNIT_CODE: Final = re.compile(r"\d{8}", re.ASCII)


def read_documents(stream: BinaryIO) -> Iterator[DocumentPart]:
    """Give the interval, then each document or every fault in it.

    A file that breaks gives what was whole before, then the problem.
    """
    number = 0
    try:
        for event, name, element in records(stream, DOCUMENTS_SHAPE):
            if event == "unknown":
                yield unknown_element(f"Vid dokument {number or 1}", name)
            elif event == "start" and name == "betygsdokument":
                yield from read_interval(element)
            elif event == "end" and name == "dokument":
                number += 1
                yield from _document(element, number)
    except UnreadableError as error:
        yield error.problem


def _document(element: Any, number: int) -> Iterator[GradeDocument | Problem]:
    """Give one document, or what is wrong with it."""
    fields = Fields(f"Dokument {number}").take(element, DOCUMENT)
    row = GradeDocument(
        student=fields.text("elev"),
        study_path=fields.text("studievägskod"),
        issued=fields.date("utfärdat"),
        school=fields.text("skola"),
        school_unit_code=_unit_code(fields),
        kind=fields.one_of("typ", DOCUMENT_KINDS),
        basic_eligibility=_eligibility(fields),
        subjects=_subjects(fields),
        courses=_courses(fields),
        number=number,
    )
    if fields.problems:
        yield from fields.problems
    else:
        yield row


def _unit_code(fields: Fields) -> str:
    """Return the school unit's code of eight digits."""
    code = fields.text("skolenhetskod")
    if code and not UNIT_CODE.fullmatch(code):
        fields.problems.append(_no_unit_code(fields.place, code))
    return code


def _eligibility(fields: Fields) -> bool | None:
    """Return whether a diploma gives basic eligibility, None where it does not say."""
    return fields.boolean(name) if (name := "grundläggandebehörighet") in fields.children else None


def _subjects(fields: Fields) -> tuple[DocumentSubject, ...]:
    """Return the subjects on a document."""
    inside = [fields.nested(each, SUBJECT) for each in fields.inside("ämnen", "ämne")]
    return tuple(DocumentSubject(each.text("förkortning"), each.text("språk")) for each in inside)


def _courses(fields: Fields) -> tuple[str, ...]:
    """Return the course codes on a document."""
    return tuple(fields.text_of("kurs", each.text) for each in fields.inside("kurser", "kurs"))


def _no_unit_code(place: str, code: str) -> Problem:
    """Say that a text is no school unit's code."""
    message = "{place}: skolenhetskod är ”{text}” men ska vara åtta siffror. Rätta posten."
    params = {"place": place, "text": code[:50]}
    return Problem("xml-unit-code", "skolenhetskod", message, SOURCE, params)
