"""What was typed on a grade sheet: read from the form, and kept for showing again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from provning.grading.queries import GradeSheet
from provning.grading.rows import DraftEntry, Particulars
from provning.web.grades.beside import read_beside

LONGEST: Final = 8
MOST_DIGITS: Final = 9
UUID_NAME: Final = re.compile(r"grade-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class TypedGrade:
    """One row of the form: what stands in the input, and the version it was typed over.

    `seen` is the version that a conflict has shown; choosing one's own value is typed over it.
    `over` says that the conflict has been read and the own value chosen. `beside` is what an undo
    brings back beside the value, None leaves what is there.
    """

    value: str
    version: int
    seen: int
    over: bool = False
    beside: Particulars | None = None


def typed_rows(data: Mapping[str, str]) -> dict[UUID, TypedGrade]:
    """Return what was typed in every row that the form names, also one that is not shown."""
    named = (UUID_NAME.fullmatch(name) for name in data)
    keys = [UUID(found[1]) for found in named if found]
    return {key: _typed(data, key) for key in keys}


def typed_grades(data: Mapping[str, str], sheet: GradeSheet) -> dict[UUID, TypedGrade]:
    """Return what was typed, by placement; rows that the sheet does not show are not read."""
    return {
        row.placement.id: _typed(data, row.placement.id)
        for row in sheet.rows
        if f"grade-{row.placement.id}" in data
    }


def entries(data: Mapping[str, str], typed: Mapping[UUID, TypedGrade]) -> list[DraftEntry]:
    """Return what is to be saved, after the choice that a conflict asked for.

    `keep` names the row whose stored value stays, `mine` the row whose typed value goes over it.
    """
    keep = data.get("keep", "")
    return [
        DraftEntry(
            key,
            each.value,
            each.seen if each.over else each.version,
            particulars=each.beside,
            over_other=each.over,
        )
        for key, each in typed.items()
        if str(key) != keep
    ]


def short(text: str) -> str:
    """Return the text; one that is too long for any grade is cut so that it never is one."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _typed(data: Mapping[str, str], key: UUID) -> TypedGrade:
    version = _number(data.get(f"version-{key}", ""))
    return TypedGrade(
        short(data[f"grade-{key}"].strip()),
        version,
        _number(data.get(f"seen-{key}", "")) or version,
        over=data.get("mine", "") == str(key) or f"over-{key}" in data,
        beside=read_beside(data.get(f"before-{key}", ""), key),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
