"""Betygsdokument read: documents as rows, every fault with where it stands."""

from datetime import date

import pytest

from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import DocumentSubject, GradeDocument
from tests.betygxml.samples import document_file, faults, read_all
from tests.betygxml.test_reading import INTERVAL
from tests.support.shared import spec_file

ROW = GradeDocument(
    student="{e-1}", study_path="NANAT", issued=date(2026, 6, 10), school="{s-1}",
    school_unit_code="12345678", kind="VUX_KUNSKAPSINTYG", basic_eligibility=False,
    subjects=(DocumentSubject("M2", "DEU"),), courses=("MATMAT03b", "FYSFYS02"), number=1,
)  # fmt: skip


def test_a_file_is_its_interval_and_its_documents() -> None:
    assert read_all(document_file()) == [INTERVAL, ROW]


def test_the_publishers_example_is_read_though_it_begins_with_a_document_type() -> None:
    with spec_file("pingpong", "betygsdokument-exempel.xml").open("rb") as file:
        _, *documents = read_documents(file)
    assert [
        (each.kind, each.issued, each.basic_eligibility, each.courses)
        for each in documents
        if isinstance(each, GradeDocument)
    ] == [
        (
            "GY_EXAMENSBEVIS_HOGSKOLEFORBEREDANDE",
            date(2014, 12, 19),
            None,
            ("GYARES", "MODFRE01"),
        ),
        ("GY_EXAMENSBEVIS_YRKESFORBEREDANDE", date(2014, 12, 19), True, ("GYARES", "MODFRE01")),
    ]


def test_what_may_be_missing_is_empty() -> None:
    text = document_file(studievägskod="", grundläggandebehörighet="", ämnen="", kurser="")
    [_, row] = read_all(text)
    assert isinstance(row, GradeDocument)
    assert (row.study_path, row.basic_eligibility, row.subjects, row.courses) == ("", None, (), ())


@pytest.mark.parametrize(
    ("name", "element", "code"),
    [
        ("elev", "", "xml-missing"),
        ("utfärdat", "<utfärdat>2026-06-31</utfärdat>", "xml-date"),
        ("skolenhetskod", "<skolenhetskod>1234567</skolenhetskod>", "xml-unit-code"),
        ("typ", "<typ>UTDRAG</typ>", "xml-unknown"),
        (
            "grundläggandebehörighet",
            "<grundläggandebehörighet>nej</grundläggandebehörighet>",
            "xml-boolean",
        ),
        ("ämnen", "<ämnen><ämne><språk>DEU</språk></ämne></ämnen>", "xml-missing"),
        ("ämnen", "<ämnen><kurs>M2</kurs></ämnen>", "xml-element"),
        ("kurser", "<kurser><kurs/></kurser>", "xml-missing"),
        ("kurser", "<poäng>100</poäng>", "xml-element"),
    ],
)
def test_a_document_with_a_fault_is_refused(name: str, element: str, code: str) -> None:
    parts = read_all(document_file(**{name: element}))
    assert faults(parts) == [(code, "Dokument 1")]
    assert parts[0] == INTERVAL
    assert len(parts) == 2


def test_a_grade_file_is_another_format() -> None:
    text = '<betyg xmlns="http://pingpong.se/schemas/grades/v1.1" from="a" tom="b"/>'
    assert [code for code, _ in faults(read_all(text))] == ["xml-format"]
