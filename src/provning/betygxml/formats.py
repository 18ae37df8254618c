"""The two formats as data: namespaces, elements in the schema's order, allowed values."""

from typing import Final

from provning.betygxml.elements import Shape

GRADES: Final = "http://pingpong.se/schemas/grades/v1.1"
DOCUMENTS: Final = "http://pingpong.se/schemas/betygsdokument/v2.0"
GRADES_NAME: Final = "Betyg XML 1.1.1"
DOCUMENTS_NAME: Final = "betygsdokument 2.0"

GRADES_SHAPE: Final = Shape(
    GRADES,
    {"betyg": "", "elev": "betyg", "ämnesbetyg": "elev", "kursbetyg": "elev"},
    GRADES_NAME,
)
DOCUMENTS_SHAPE: Final = Shape(
    DOCUMENTS, {"betygsdokument": "", "dokument": "betygsdokument"}, DOCUMENTS_NAME
)

VALUES: Final = frozenset({"A", "B", "C", "D", "E", "F", "-", "***", "VG", "G", "IG", "1"})
SCHOOL_TYPES: Final = frozenset({"GR", "GRSAR", "GY", "GYSAR", "SFI", "SARVUX", "VUX", "YH"})
SEASONS: Final = frozenset({"VT", "HT"})
DOCUMENT_KINDS: Final = frozenset(
    {
        "GY_EXAMENSBEVIS_HOGSKOLEFORBEREDANDE",
        "GY_EXAMENSBEVIS_INGENJOR",
        "GY_EXAMENSBEVIS_YRKESFORBEREDANDE",
        "GY_GYMNASIEINTYG",
        "GY_SLUTBETYG",
        "GY_STUDIEBEVIS",
        "GYSAR02_SLUTBETYG",
        "GYSAR_STUDIEBEVIS_FOR_INDIVIDUELLT",
        "GYSAR_STUDIEBEVIS_FOR_NATIONELLT",
        "VUX_EXAMENSBEVIS_HOGSKOLEFORBEREDANDE",
        "VUX_EXAMENSBEVIS_YRKESFORBEREDANDE",
        "VUX_KUNSKAPSINTYG",
        "VUX_SLUTBETYG",
        "VUX_SLUTBETYG_GY",
    }
)

_GRADE: Final = (
    "value", "datum", "prövning", "betygsgrupp", "skola", "beslutsfattare", "skolform",
)  # fmt: skip
COURSE_GRADE: Final = (*_GRADE, "kurskod", "omdöme")
SUBJECT_GRADE: Final = (*_GRADE, "ämnesförkortning", "språk", "termin", "slutbetyg")
DOCUMENT: Final = (
    "elev", "studievägskod", "utfärdat", "skola", "skolenhetskod", "typ",
    "grundläggandebehörighet", "ämnen", "kurser",
)  # fmt: skip
DECIDERS: Final = ("person",)
TERM: Final = ("typ", "år")
SUBJECTS: Final = ("ämne",)
SUBJECT: Final = ("förkortning", "språk")
COURSES: Final = ("kurs",)
OPTIONAL: Final = frozenset(
    {
        "betygsgrupp",
        "språk",
        "termin",
        "studievägskod",
        "grundläggandebehörighet",
        "ämnen",
        "kurser",
    }
)
