"""The readers by name, each with sound samples that damage begins from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.betygxml.samples import course, document_file, grade_file, student, subject
from tests.feeds.test_ims_files import WHOLE
from tests.fuzz import files, texts


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: `read` raises nothing for any bytes; `share` of a run's inputs go to it."""

    read: Callable[[bytes], None]
    samples: tuple[bytes, ...]
    share: int = 10


def _texts(*samples: str) -> tuple[bytes, ...]:
    return tuple(each.encode() for each in samples)


PLACEMENTS: Final = (
    "Personnummer;Namn;Kurskod;Grupp;Fr.o.m.;T.o.m.;Status\r\n"
    "189001189800;Östström Åsa;MATMAT03b;PRÖ:KC26HTMAT03B;2026-10-05;2026-10-05;Prövning\r\n"
)
GRADES: Final = (
    "Personnummer;Kurskod;Betyg;Betygsdatum;Prövning;Grupp;Lärare\n"
    '"189001189800";MATMAT03b;A;2026-10-05;Ja;PRÖ:KC26HTMAT03B;Berg Ada\n'
)
PERSONS: Final = "﻿personnummer,förnamn,efternamn,e-post\n2.0E+11,Åsa,Öström,a@example.se\n"

TARGETS: Final[dict[str, Target]] = {
    "identity-number": Target(
        texts.identity_number,
        _texts("18900118-9800", "900118+9800", "18900178-9800", "19900101TF10", "2.0E+11"),
        share=20,
    ),
    "group-name": Target(
        texts.group_name,
        _texts("PRÖ:KC23VTMAT03B", "PRÖ:KC22VTMAT03B2", "PRÖ:KC26HTMATO1B00X", "pro: kc 23 vt"),
        share=15,
    ),
    "term": Target(texts.term, _texts("VT23", "HT 2026", "vt2023")),
    "day": Target(
        texts.day, _texts("2026-11-25", "25/11 2026", "5 mars 2026", "20261125", "46351")
    ),
    "moment": Target(
        texts.moment, _texts("2026-11-25T10:00:00+01:00", "2026-11-25T10:00Z", "2026-11-25")
    ),
    "grade-value": Target(texts.grade_value, _texts("A", "f", "-", "IG", "Godkänd")),
    "course-code": Target(texts.course_code, _texts("MATMAT03b", "MATO1B00X", "Fr.o.m.")),
    "page-token": Target(texts.page_token, _texts("eyJhIjoxfQ~1sFKxE~abc", "a~b~c", ".a~b~c")),
    "pasted-column": Target(
        texts.pasted_column, _texts("A\nB\r\nF", "189001189800\tA\n", "Personnummer;Betyg\n;C")
    ),
    "csv": Target(files.csv_table, _texts(PLACEMENTS, GRADES, PERSONS), share=10),
    "xlsx-archive": Target(files.xlsx_archive, (files.workbook()[4:],), share=5),
    "xlsx-sheet": Target(files.xlsx_sheet, (files.workbook_parts()[files.SHEET],), share=5),
    "xlsx-strings": Target(files.xlsx_strings, (files.workbook_parts()[files.STRINGS],), share=3),
    "grades-xml": Target(
        files.grades_xml,
        _texts(grade_file(student(course(), subject()), student(subject(), number=2))),
    ),
    "documents-xml": Target(files.documents_xml, _texts(document_file())),
    "ims-xml": Target(files.ims_xml, _texts(WHOLE)),
    "import": Target(files.import_file, _texts(PLACEMENTS, GRADES, PERSONS), share=3),
    "reconciliation": Target(
        files.reconciled, _texts(PLACEMENTS, GRADES, grade_file(student(course()))), share=4
    ),
}
