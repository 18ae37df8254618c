"""The chain's end in words: `number:digest`, to be kept outside the database."""

import re

from provning.audit.queries import Noted

WRITTEN = re.compile(r"(?:(?P<number>[0-9]{1,18})\s*:\s*)?(?P<digest>[0-9a-f]{64})", re.IGNORECASE)


def read_head(text: str) -> Noted | None:
    """Return what somebody noted; a digest alone has number 0. None for what is no head."""
    found = WRITTEN.fullmatch(text.strip())
    return Noted(int(found["number"] or 0), found["digest"].lower()) if found else None
