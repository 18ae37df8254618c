"""Course codes: compared without case, shown in their official form."""

import unicodedata

SUBJECT_LENGTH = 3


def course_key(code: str) -> str:
    """Return the form two codes are compared in, so that MATMAT02B finds MATMAT02b."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", code).strip().casefold())


def upper_code(code: str) -> str:
    """Return the code as it stands in a group name: NFC and upper case."""
    return unicodedata.normalize("NFC", code).strip().upper()


def last_part(code: str) -> str:
    """Return "sista delen av kurskoden": the code without its subject letters (Manual s. 1)."""
    return upper_code(code)[SUBJECT_LENGTH:]
