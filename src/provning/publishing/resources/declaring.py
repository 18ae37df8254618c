"""How a resource is declared: what may be asked for, in which order, and how a row is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable

from provning.publishing.asking import (
    Parameter,
    one_of,
    read_a_day,
    read_text,
    read_uuid,
)
from provning.publishing.ids import published_id
from provning.publishing.references import References
from provning.publishing.viewer import Viewer

Row = dict[str, Any]
Written = dict[str, Any]
Condition = Callable[[Any, Viewer], Q]
NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: how its values are read, and the condition they make."""

    parameter: Parameter
    condition: Condition


@dataclass(frozen=True, slots=True)
class Order:
    """One sort order: what it goes by (never NULL), and whether it falls."""

    by: Combinable | str
    falling: bool = False


@dataclass(frozen=True)
class Resource:
    """One resource of SS 12000, whole; the engine does the rest.

    `scope` is everything in the client's places, `visible` what of it is there to be seen now: what
    lies in the first and not in the second may be among the deleted. `write` turns a page of rows
    (of `columns`) into JSON at once, so that what belongs to them is read in one query. A row has
    its own id as `row_key`, from the field `key`. `together` is a condition of several filters at
    once. `references` are the columns whose names `expandReferenceNames` asks for, by kind.
    """

    name: str
    entity: str
    deleted_as: str
    data_class: str
    scope: Callable[[Viewer], QuerySet[Any]]
    visible: Callable[[Viewer], QuerySet[Any]]
    columns: tuple[str, ...]
    write: Callable[[Sequence[Row], "Page"], list[Written]]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)
    lookups: Mapping[str, Filter] = field(default_factory=dict)
    references: tuple[tuple[str, str], ...] = ()
    stamp: str = ""
    key: str = "pk"
    has_lookup: bool = True
    together: Callable[[dict[str, Any], Viewer], Q] | None = None

    @property
    def stamped_as(self) -> str:
        """Return the name its stamps have."""
        return self.stamp or self.name


def put_together(question: Callable[[Viewer], QuerySet[Any]], viewer: Viewer) -> QuerySet[Any]:
    """Return a resource's `scope` or `visible`, put together once for whoever sees the same.

    It is a copy that has never been asked: what one call is answered is nobody else's.
    """
    return _kept(question, viewer).all()


@lru_cache(maxsize=64)
def _kept(question: Callable[[Viewer], QuerySet[Any]], viewer: Viewer) -> QuerySet[Any]:
    return question(viewer)


@dataclass(frozen=True)
class Page:
    """What writing a page needs: who looks, what is to come along, names of what is referred to."""

    viewer: Viewer
    expand: frozenset[str]
    references: References
    stamps: Mapping[Any, Written]

    def head(self, resource: str, key: Any) -> Written:
        """Begin a thing with its id and meta."""
        return {"id": str(published_id(resource, key)), "meta": self.stamps[key]}


def has(path: str) -> Condition:
    """Return the condition that the field at a path has the value."""
    return lambda value, _viewer: Q(**{path: value})


def among(path: str) -> Condition:
    """Return the condition that the field at a path has one of the values."""
    return lambda values, _viewer: Q(**{f"{path}__in": values})


def nothing(_value: Any, _viewer: Viewer) -> Q:
    """Return the condition that nothing meets: we hold no such data."""
    return NOBODY


def anything(_value: Any, _viewer: Viewer) -> Q:
    """Return no condition: what is asked about is not set here, and such rows always come."""
    return Q()


def day_filters(start: str, end: str, *, ends: bool = True) -> dict[str, Filter]:
    """Return the four filters of a start and an end; a row without an end always comes."""
    found = {}
    for word, sign in (("onOrBefore", "lte"), ("onOrAfter", "gte")):
        found[f"startDate.{word}"] = Filter(Parameter(read_a_day), has(f"{start}__{sign}"))
        found[f"endDate.{word}"] = Filter(Parameter(read_a_day), _ends(end, sign, ends=ends))
    return found


def organisation_path(unit: str) -> Condition:
    """Return the condition that a unit at a path is the organisation or lies under it."""
    return lambda value, _viewer: (
        Q(**{unit: value})
        | Q(**{f"{unit}__provider": value})
        | Q(**{f"{unit}__provider__organiser": value})
    )


UUID_ = Parameter(read_uuid)
UUIDS = Parameter(read_uuid, many=True)
TEXT = Parameter(read_text)
TEXTS = Parameter(read_text, many=True)
IDS = Filter(UUIDS, among("pk"))


def choice(*choices: str, many: bool = False) -> Parameter:
    """Return a parameter of one of the choices."""
    return Parameter(one_of(*choices), many=many)


def leave_out(written: Mapping[str, Any]) -> Written:
    """Return what is known: optional things are left out, never null or empty."""
    return {key: value for key, value in written.items() if value is not None and value != ""}


def rising(by: str) -> Order:
    """Return a rising order by a field."""
    return Order(F(by))


def falling(by: str) -> Order:
    """Return a falling order by a field."""
    return Order(F(by), falling=True)


def both_ways(name: str, by: str) -> dict[str, Order]:
    """Return the rising and the falling order of a sort key."""
    return {f"{name}Asc": rising(by), f"{name}Desc": falling(by)}


def _ends(end: str, sign: str, *, ends: bool) -> Condition:
    if ends:
        return has(f"{end}__{sign}")
    return lambda value, _viewer: Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__{sign}": value})


SCHOOL_TYPES = [
    "FS",
    "FKLASS",
    "FTH",
    "OPPFTH",
    "GR",
    "GRS",
    "TR",
    "SP",
    "SAM",
    "GY",
    "GYS",
    "VUX",
    "VUXSFI",
    "VUXGR",
    "VUXGY",
    "VUXSARGR",
    "VUXSARTR",
    "VUXSARGY",
    "SFI",
    "SARVUX",
    "SARVUXGR",
    "SARVUXGY",
    "KU",
    "YH",
    "FHS",
    "STF",
    "KKU",
    "HS",
    "ABU",
    "AU",
]
