"""Matching columns by hand: each header of the file, and what it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from provning.imports.reading import columns_of
from provning.imports.rows import ImportRow
from provning.tables import IGNORED, Row, column_letters, match_columns

HEADER = "header-"


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One header with what it may be; `chosen` is what it is taken for now."""

    name: str
    text: str
    letters: str
    chosen: str


class ColumnsForm:
    """The headers of a file, each with a choice; what was typed stays."""

    def __init__(self, row: ImportRow, sent: Mapping[str, str] | None) -> None:
        """Begin with what the words of the headers say, or with what was sent."""
        found = match_columns(Row(1, row.headers), columns_of(row.kind), row.columns)
        guessed = {place: name for name, place in found.places.items()}
        self.missing = [_(each.label) for each in found.missing]
        self.choices = [(IGNORED, _("Används inte"))] + [
            (
                each.key,
                _("{label} (behövs)").format(label=_(each.label))
                if each.required
                else _(each.label),
            )
            for each in row.kind.fields
        ]
        self.lines = [
            HeaderLine(
                f"{HEADER}{place}",
                text,
                column_letters(place),
                sent.get(f"{HEADER}{place}", "") if sent else guessed.get(place, ""),
            )
            for place, text in enumerate(row.headers)
            if text
        ]
