"""Course codes: compared without case, shown in their official form."""

import unicodedata

SUBJECT_LENGTH = 3
LEVEL_LENGTH = 9
"""Four letters of the subject, four of the level, X."""


def course_key(code: str) -> str:
    """Return the form two codes are compared in, so that MATMAT02B finds MATMAT02b."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", code).strip().casefold())


def level_variant(code: str) -> str:
    """Return the language, instrument or direction at the end of a Gy25 code: FRA of MODY1000XFRA.

    Two variants are two subjects, although they share their subject code.
    """
    return upper_code(code)[LEVEL_LENGTH:]


def upper_code(code: str) -> str:
    """Return the code as it stands in a group name: NFC and upper case."""
    return unicodedata.normalize("NFC", code).strip().upper()


def last_part(code: str) -> str:
    """Return "sista delen av kurskoden": the code without its subject letters (Manual s. 1)."""
    return upper_code(code)[SUBJECT_LENGTH:]
