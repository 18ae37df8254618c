"""Files of both formats as text, made of parts that a test changes."""

import io
from collections.abc import Iterable

from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import DocumentPart, GradePart
from provning.kernel.problems import Problem

BEGIN = (
    '<betyg xmlns="http://pingpong.se/schemas/grades/v1.1"'
    ' from="2026-01-01T00:00:00" tom="2026-06-30T23:59:00">'
)
DOCUMENTS_BEGIN = (
    '<betygsdokument xmlns="http://pingpong.se/schemas/betygsdokument/v2.0"'
    ' from="2026-01-01T00:00:00" tom="2026-06-30T23:59:00">'
)
COURSE = {
    "value": "<value>B</value>",
    "datum": "<datum>2026-03-12</datum>",
    "prövning": "<prövning>true</prövning>",
    "betygsgrupp": "<betygsgrupp>{g-1}</betygsgrupp>",
    "skola": "<skola>{s-1}</skola>",
    "beslutsfattare": '<beslutsfattare roll="LÄRARE"><person>{t-1}</person></beslutsfattare>',
    "skolform": "<skolform>VUX</skolform>",
    "kurskod": "<kurskod>MATMAT03b</kurskod>",
    "omdöme": "<omdöme>false</omdöme>",
}
SUBJECT = {
    **{name: COURSE[name] for name in list(COURSE)[:7]},
    "ämnesförkortning": "<ämnesförkortning>M2</ämnesförkortning>",
    "språk": "<språk>DEU</språk>",
    "termin": "<termin><typ>VT</typ><år>2026</år></termin>",
    "slutbetyg": "<slutbetyg>true</slutbetyg>",
}
DOCUMENT = {
    "elev": "<elev>{e-1}</elev>",
    "studievägskod": "<studievägskod>NANAT</studievägskod>",
    "utfärdat": "<utfärdat>2026-06-10</utfärdat>",
    "skola": "<skola>{s-1}</skola>",
    "skolenhetskod": "<skolenhetskod>12345678</skolenhetskod>",
    "typ": "<typ>VUX_KUNSKAPSINTYG</typ>",
    "grundläggandebehörighet": "<grundläggandebehörighet>false</grundläggandebehörighet>",
    "ämnen": "<ämnen><ämne><förkortning>M2</förkortning><språk>DEU</språk></ämne></ämnen>",
    "kurser": "<kurser><kurs>MATMAT03b</kurs><kurs>FYSFYS02</kurs></kurser>",
}


def course(**changes: str) -> str:
    """Return a grade on a course; a change replaces an element by another, "" leaves it out."""
    return f"<kursbetyg>{''.join((COURSE | changes).values())}</kursbetyg>"


def subject(**changes: str) -> str:
    """Return a grade on a subject, changed as `course` is."""
    return f"<ämnesbetyg>{''.join((SUBJECT | changes).values())}</ämnesbetyg>"


def student(*grades: str, number: int = 1) -> str:
    """Return a student with grades."""
    return f'<elev id="{{e-{number}}}">{"".join(grades)}</elev>'


def grade_file(*students: str, begin: str = BEGIN) -> str:
    """Return a whole Betyg XML."""
    return f"{begin}{''.join(students)}</betyg>"


def document_file(**changes: str) -> str:
    """Return a whole betygsdokument with one document, changed as `course` is."""
    inside = "".join((DOCUMENT | changes).values())
    return f"{DOCUMENTS_BEGIN}<dokument>{inside}</dokument></betygsdokument>"


def read(text: str | bytes) -> list[GradePart]:
    """Read a Betyg XML."""
    return list(read_grades(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def read_all(text: str | bytes) -> list[DocumentPart]:
    """Read a betygsdokument."""
    return list(read_documents(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def faults(parts: Iterable[object]) -> list[tuple[str, object]]:
    """Return each problem's code and where it is."""
    problems = [each for each in parts if isinstance(each, Problem)]
    return [(each.code, each.params.get("place") or each.params.get("line")) for each in problems]
