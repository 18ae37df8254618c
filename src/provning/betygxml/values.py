"""Texts of a record read as values; every fault becomes a problem that says where it stands."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from provning.betygxml.elements import SOURCE, local_name
from provning.betygxml.formats import OPTIONAL
from provning.kernel.problems import Problem

LONGEST: Final = 200
BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII
)
YEAR: Final = re.compile(r"\d{4}", re.ASCII)


@dataclass(slots=True)
class Fields:
    """One record's children by name, and every problem met while they are read.

    `place` is where the record stands, in words ("Elev 3, betyg 2"). A value that cannot be read
    comes back empty; whoever reads looks at `problems` before using any. What is `optional` may be
    missing.
    """

    place: str
    children: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    optional: frozenset[str] = OPTIONAL

    def take(self, element: Any, names: Collection[str]) -> "Fields":
        """Sort an element's children by name; one that is unknown or stands twice is a problem."""
        for child in element:
            name = local_name(child)
            if name not in names:
                self.problems.append(unknown_element(self.place, name))
            elif name in self.children:
                self.problems.append(self._repeated(name))
            else:
                self.children[name] = child
        return self

    def nested(self, element: Any, names: Collection[str]) -> "Fields":
        """Return the children of an element inside this record; its problems are this record's."""
        return Fields(self.place, {}, self.problems, self.optional).take(element, names)

    def inside(self, name: str, child: str) -> list[Any]:
        """Return the elements in a list that holds one kind of child; none where it is missing."""
        found = list(self.children.get(name, ()))
        self.problems += [
            unknown_element(self.place, local_name(each))
            for each in found
            if local_name(each) != child
        ]
        return [each for each in found if local_name(each) == child]

    def required(self, name: str) -> Any:
        """Return an element that has to be there, None (and a problem) where it is not."""
        if name not in self.children:
            self.problems.append(self._missing(name))
        return self.children.get(name)

    def text(self, name: str) -> str:
        """Return a text without the space around it, "" where an optional one is missing."""
        element = self.children.get(name)
        return self.text_of(name, "" if element is None else element.text)

    def text_of(self, name: str, raw: str | None) -> str:
        """Return a text as `text` does, from what stands in an element or an attribute."""
        text = (raw or "").strip()
        if not text and name not in self.optional:
            self.problems.append(self._missing(name))
        if len(text) > LONGEST:
            self.problems.append(self._long(name))
        return text

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        """Return a text that is one of the allowed values."""
        return self.allowed(name, self.text(name), allowed)

    def allowed(self, name: str, text: str, allowed: Collection[str]) -> str:
        """Return the text; it is a problem when it is not one of the allowed values."""
        if text and text not in allowed:
            self.problems.append(self._unknown(name, text))
        return text

    def date(self, name: str) -> dt.date:
        """Return a day; a time zone after it says nothing about a day and is left out."""
        text = self.text(name)
        found = DATE.fullmatch(text)
        try:
            return dt.date.fromisoformat(found[1]) if found else self._no_date(name, text)
        except ValueError:
            return self._no_date(name, text)

    def boolean(self, name: str) -> bool:
        """Return true or false."""
        text = self.text(name)
        if text and text not in BOOLEANS:
            self.problems.append(self._no_boolean(name, text))
        return BOOLEANS.get(text, False)

    def year(self, name: str) -> int:
        """Return a year of four digits."""
        text = self.text(name)
        if text and not YEAR.fullmatch(text):
            self.problems.append(self._no_year(name, text))
        return int(text) if YEAR.fullmatch(text) else 0

    def _no_date(self, name: str, text: str) -> dt.date:
        """Say that a text is no day, unless it is missing and that is said already."""
        message = "{place}: {field} är ”{text}”, som inte är ett datum. Skriv det som 2026-01-15."
        if text:
            self.problems.append(self._record_problem("xml-date", name, message, text))
        return dt.date.min

    def _missing(self, name: str) -> Problem:
        """Say that a value is missing."""
        message = "{place}: {field} saknas. Rätta posten i systemet som filen kommer från."
        return self._record_problem("xml-missing", name, message)

    def _long(self, name: str) -> Problem:
        """Say that a text is longer than any such value."""
        message = "{place}: {field} är längre än 200 tecken. Rätta posten i filen."
        return self._record_problem("xml-long", name, message)

    def _unknown(self, name: str, text: str) -> Problem:
        """Say that a value is not one of the format's."""
        message = (
            "{place}: {field} är ”{text}”, som inte finns i formatet. Rätta posten i systemet som"
            " filen kommer från."
        )
        return self._record_problem("xml-unknown", name, message, text)

    def _no_boolean(self, name: str, text: str) -> Problem:
        """Say that a text is neither true nor false."""
        message = "{place}: {field} är ”{text}” men ska vara true eller false. Rätta posten."
        return self._record_problem("xml-boolean", name, message, text)

    def _no_year(self, name: str, text: str) -> Problem:
        """Say that a text is no year."""
        message = "{place}: {field} är ”{text}” men ska vara ett år med fyra siffror. Rätta posten."
        return self._record_problem("xml-year", name, message, text)

    def _repeated(self, name: str) -> Problem:
        """Say that an element stands twice in a record."""
        message = "{place}: {field} står flera gånger. Ta bort alla utom det rätta."
        return self._record_problem("xml-repeated", name, message)

    def _record_problem(self, code: str, name: str, message: str, text: str = "") -> Problem:
        """Make a problem of this record."""
        params = {"place": self.place, "field": name, "text": text[:LONGEST]}
        return Problem(code, name, message, SOURCE, params)


def moment(text: str) -> dt.datetime | None:
    """Return the moment an xs:dateTime names, None where it is none."""
    try:
        return dt.datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def unknown_element(place: str, name: str) -> Problem:
    """Say that the format lacks an element."""
    message = (
        "{place}: elementet {field} finns inte i formatet. Kontrollera att filen har rätt version."
    )
    params = {"place": place, "field": name[:LONGEST]}
    return Problem("xml-element", "", message, SOURCE, params)
