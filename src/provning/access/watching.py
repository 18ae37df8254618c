"""From what an answer held to entries of the access log: the seam that every boundary uses."""

import re
from collections.abc import Iterator
from dataclasses import replace

from provning.access.actions import Access
from provning.access.models import AccessEntry
from provning.kernel.seen import Seen

Kind = AccessEntry.Kind
FILE_NAME = re.compile(r"filename\*?=(?:utf-8'')?\"?([^\";]+)", re.IGNORECASE)


def file_name(disposition: str) -> str:
    """Return the name of the file that an answer is, by its Content-Disposition; "" for a page."""
    found = FILE_NAME.search(disposition)
    return found[1] if found else ""


def accesses(seen: Seen, place: str, selection: str, file: str = "") -> Iterator[Access]:
    """Give the entries of one answer: one for the answer, one for each identity opened in a list.

    `file` is the name of the file that the answer is, if it is one. A list is one entry however
    long it is; see ADR 16.
    """
    subject = seen.subject or (next(iter(seen.persons)) if len(seen.persons) == 1 else None)
    name = seen.file or file
    opened = subject is not None and seen.persons.get(subject, False)
    if name:
        count = seen.rows or len(seen.persons)
        said = f"{name} {selection}"
        yield Access(Kind.FILE, place, subject, count, opened=opened, selection=said)
    elif subject:
        yield Access(Kind.PERSON, place, subject, opened=opened, selection=selection)
    elif seen.persons:
        yield Access(Kind.LIST, place, None, len(seen.persons), selection=selection)
    for person_id, shown in seen.persons.items():
        if shown and person_id != subject:
            yield Access(Kind.PERSON, place, person_id, opened=True, selection=selection)


def calls(seen: Seen, place: str, selection: str) -> Iterator[Access]:
    """Give the entries of an answer to a program: the same, told as a call."""
    for each in accesses(seen, place, selection):
        yield replace(each, kind=Kind.CALL)
