"""A snapshot read as a stream of rows, with what its own rules say against it.

Every membership speaks of a group and of members that the file has, and nothing ends before it
begins. Only the ids are kept in memory.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from provning.betygxml.elements import ANY, Shape, UnreadableError, local_name, records
from provning.betygxml.values import Fields
from provning.feeds.ims import rules
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPart, ImsPerson, Snapshot
from provning.kernel.problems import Problem

SHAPE: Final = Shape(
    ANY,
    {
        "enterprise": "",
        "properties": "enterprise",
        "person": "enterprise",
        "group": "enterprise",
        "membership": "enterprise",
        "member": "membership",
    },
    "IMS Enterprise 1.1",
)
NOUNS: Final = {"person": "Person", "group": "Grupp", "member": "Medlemskap"}
# The two ways that the time of a snapshot is written.
MOMENTS: Final = ("%Y%m%dT%H%M", "%m/%d/%Y %I:%M:%S %p")
DELETED, INACTIVE, GROUP = "3", "0", "2"


def read_snapshot(stream: BinaryIO) -> Iterator[ImsPart]:
    """Give the header and every row, with each fault where it is met.

    A row with a fault is not given. A file that breaks gives what was whole, then the problem.
    """
    reader = _Reader()
    try:
        for event, name, element in records(stream, SHAPE):
            yield from reader.parts(event, name, element)
    except UnreadableError as error:
        yield error.problem


class _Reader:
    """What has been met so far."""

    def __init__(self) -> None:
        """Begin before the first row."""
        self._counts = dict.fromkeys(NOUNS, 0)
        self._persons: set[str] = set()
        self._groups: set[str] = set()
        self._membership = ""

    def parts(self, event: str, name: str, element: Any) -> Iterator[ImsPart]:
        """Give what one event of the file completes."""
        match event, name:
            case "start", "membership":
                self._membership = ""
            case "start", "member":
                self._membership = self._membership or _id_in(element.getparent())
            case "end", "properties":
                yield _header(element)
            case "end", ("person" | "group" | "member"):
                yield from self._row(name, element)

    def _row(self, name: str, element: Any) -> Iterator[ImsPart]:
        """Give a row, or what is wrong with it."""
        self._counts[name] += 1
        fields = _Element(f"{NOUNS[name]} {self._counts[name]}", element)
        row = getattr(self, f"_{name}")(fields, self._counts[name])
        if fields.problems:
            yield from fields.problems
        else:
            yield row

    def _person(self, fields: "_Element", place: int) -> ImsPerson:
        """Return a person."""
        key = fields.required("sourcedid", "id")
        fields.problems += rules.repeated_problems(fields.place, key, self._persons)
        self._persons.add(key)
        numbers = [
            (each.text or "").strip()
            for each in fields.all("userid")
            if each.get("useridtype") == "PID"
        ]
        return ImsPerson(
            id=key,
            family_name=fields.text("name", "n", "family"),
            given_name=fields.text("name", "n", "given"),
            number=next(iter(numbers), ""),
            protected=fields.text("extension", "privacy").casefold() == "level1",
            deleted=fields.element.get("recstatus") == DELETED,
            place=place,
        )

    def _group(self, fields: "_Element", place: int) -> ImsGroup:
        """Return a group."""
        key = fields.required("sourcedid", "id")
        fields.problems += rules.repeated_problems(fields.place, key, self._groups)
        self._groups.add(key)
        begin, end = fields.timeframe("timeframe")
        extension = fields.find("extension")
        types = () if extension is None else tuple(extension)
        return ImsGroup(
            id=key,
            name=fields.required("description", "short"),
            kind=fields.text("grouptype", "typevalue"),
            begin=begin,
            end=end,
            school_types=tuple(
                (each.text or "").strip() for each in types if local_name(each) == "schooltype"
            ),
            school_unit_code=fields.text("extension", "schoolunitcode"),
            deleted=fields.element.get("recstatus") == DELETED,
            place=place,
        )

    def _member(self, fields: "_Element", place: int) -> ImsMember:
        """Return a membership; whom and what it speaks of has to stand before it."""
        key, is_group = fields.required("sourcedid", "id"), fields.text("idtype") == GROUP
        known = self._groups if is_group else self._persons
        fields.problems += rules.reference_problems(fields.place, self._membership, self._groups)
        fields.problems += rules.reference_problems(fields.place, key, known)
        begin, end = fields.timeframe("role", "timeframe")
        role = fields.find("role")
        status = {"recstatus": "", "roletype": ""} if role is None else role.attrib
        return ImsMember(
            group=self._membership,
            member=key,
            is_group=is_group,
            role=status.get("roletype", ""),
            active=fields.text("role", "status") != INACTIVE,
            begin=begin,
            end=end,
            course_code=fields.text("role", "extension", "activity", "coursecode"),
            deleted=status.get("recstatus") == DELETED,
            place=place,
        )


@dataclass(slots=True)
class _Element:
    """One element read by paths; what is missing is "", unless it has to be there."""

    place: str
    element: Any
    problems: list[Problem] = field(default_factory=list)

    def find(self, *path: str) -> Any:
        """Return the first element on a path of names, None where there is none."""
        at = self.element
        for name in path:
            at = next((each for each in at if local_name(each) == name), None)
            if at is None:
                return None
        return at

    def all(self, name: str) -> list[Any]:
        """Return the children of a name."""
        return [each for each in self.element if local_name(each) == name]

    def text(self, *path: str) -> str:
        """Return the text on a path, "" where there is none; one too long is a problem."""
        return self._checked(path, frozenset({path[-1]}))

    def required(self, *path: str) -> str:
        """Return a text that has to be there."""
        return self._checked(path, frozenset())

    def timeframe(self, *path: str) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and the last day, both included."""
        begin, end = self._day(*path, "begin"), self._day(*path, "end")
        self.problems += rules.order_problems(self.place, begin, end)
        return begin, end

    def _day(self, *path: str) -> dt.date | None:
        """Return a day, None where there is none."""
        found = self.find(*path)
        if found is None:
            return None
        fields = Fields(self.place, {path[-1]: found}, self.problems, frozenset({path[-1]}))
        day = fields.date(path[-1])
        return None if day == dt.date.min else day

    def _checked(self, path: tuple[str, ...], optional: frozenset[str]) -> str:
        """Return the text on a path, with what is wrong with it kept."""
        found = self.find(*path)
        fields = Fields(self.place, {}, self.problems, optional)
        return fields.text_of(path[-1], None if found is None else found.text)


def _header(element: Any) -> Snapshot:
    """Return the file's beginning."""
    fields = _Element("", element)
    return Snapshot(fields.text("datasource"), _moment(fields.text("datetime")))


def _moment(text: str) -> dt.datetime | None:
    """Return when a snapshot was taken, in either of the ways it is written."""
    for form in MOMENTS:
        try:
            return dt.datetime.strptime(text, form)  # noqa: DTZ007 (the sender's local time)
        except ValueError:
            continue
    return None


def _id_in(membership: Any) -> str:
    """Return the group that a membership is of."""
    return _Element("", membership).text("sourcedid", "id")
