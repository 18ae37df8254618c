"""Text that a spreadsheet would run as a formula, made harmless and back again.

A cell that begins with = + - @ is a formula to Excel when it comes from a CSV file. An apostrophe
before it keeps it text; Excel shows the rest. Numbers and a lone dash are left as they are.
"""

import re
from typing import Final

MARK: Final = "'"
STARTS: Final = "=+-@\t\r\n＝＋－＠"
HARMLESS: Final = re.compile(r"[-+]?[0-9][0-9 .,]*|-")


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet runs."""
    bare = text.lstrip(MARK)
    if bare[:1] and bare[0] in STARTS and not HARMLESS.fullmatch(text):
        return MARK + text
    return text


def restored(text: str) -> str:
    """Return the text that `neutralised` was given."""
    bare = text.lstrip(MARK)
    return text[1:] if text.startswith(MARK) and bare[:1] and bare[0] in STARTS else text
