"""One engine for every resource: filters, order, pages, ids, look-ups; few and fixed queries."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from provning.audit.asking import worded_once
from provning.publishing.asking import (
    AskedWronglyError,
    Parameter,
    Question,
    Words,
    question_of,
    read_a_moment,
)
from provning.publishing.ids import row_id
from provning.publishing.models import Stamp
from provning.publishing.moments import EPOCH
from provning.publishing.references import References
from provning.publishing.resources.declaring import (
    UUIDS,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    put_together,
)
from provning.publishing.stamps import stamps_of
from provning.publishing.tokens import Place, read_token, write_token
from provning.publishing.viewer import Viewer

MOST_LOOKED_UP = 1000
STEP_SECONDS = 0.001
MOMENT = Parameter(read_a_moment)
META = {
    f"meta.{name}.{word}": f"{name}__{sign}"
    for name in ("created", "modified")
    for word, sign in (("before", "lte"), ("after", "gt"))
}
SORTED, KEY = "sorted_by", "row_key"


@dataclass(frozen=True, slots=True)
class Found:
    """A page: the things as JSON, and the token of the next page, None after the last."""

    data: list[Written]
    token: str | None


class LookupTooLargeError(AskedWronglyError):
    """A look-up asks for more ids than one answer holds."""


def page_of(resource: Resource, viewer: Viewer, words: Words) -> Found:
    """Return the page that a call asks for; raises `AskedWronglyError`."""
    question, place = _question(resource, words)
    order = _order(resource, question)
    rows = _conditioned(resource, viewer, question)
    rows = _after(_ordered(resource, rows, order), resource, order, place)
    settle(resource.stamped_as)
    columns = (*resource.columns, *((SORTED,) if order else ()))
    found = list(_values(resource, rows, columns)[: question.limit + 1])
    shown = found[: question.limit]
    token = None
    if len(found) > question.limit:
        last = shown[-1]
        token = write_token(resource.name, question.words, Place(last.get(SORTED), last[KEY]))
    return Found(_written(resource, viewer, question, shown), token)


def one_of(resource: Resource, viewer: Viewer, key: UUID, words: Words) -> Written | None:
    """Return one thing, None when it does not exist or lies out of the client's reach."""
    question = question_of(words, {}, ())
    rows = put_together(resource.visible, viewer).filter(
        **{resource.key: row_id(resource.stamped_as, key)}
    )
    found = list(_values(resource, rows, resource.columns)[:1])
    return _written(resource, viewer, question, found)[0] if found else None


def looked_up(
    resource: Resource, viewer: Viewer, asked: Mapping[str, Sequence[str]], words: Words
) -> list[Written]:
    """Return the things that one of the lists names, without paging.

    Raises `AskedWronglyError`, `LookupTooLargeError`.
    """
    question = question_of(words, {}, ())
    lookups = {"ids": _ids(resource), **resource.lookups}
    condition = Q(pk__in=())
    for name, each in lookups.items():
        texts = asked.get(name) or ()
        if len(texts) > MOST_LOOKED_UP:
            raise LookupTooLargeError(f"Högst {MOST_LOOKED_UP} värden åt gången.")
        if texts:
            condition |= each.condition([each.parameter.read(text) for text in texts], viewer)
    rows = put_together(resource.visible, viewer).filter(condition).order_by(resource.key)
    found = list(_values(resource, rows, resource.columns)[: MOST_LOOKED_UP + 1])
    if len(found) > MOST_LOOKED_UP:
        raise LookupTooLargeError(f"Svaret har fler än {MOST_LOOKED_UP} poster.")
    return _written(resource, viewer, question, found)


def settle(resource: str) -> None:
    """Wait until no new stamp of a resource can be equal to one that is about to be read.

    SQLite's clock counts thousandths: who has seen a moment must have seen everything of it.
    """
    for (latest,) in _latest(resource):
        while connection.vendor == "sqlite" and _just_now(latest):
            time.sleep(STEP_SECONDS / 4)


@worded_once
def _latest(resource: str) -> QuerySet[Stamp, Any]:
    stamps = Stamp.objects.filter(resource=resource)
    return stamps.order_by("-modified").values_list("modified")[:1]


def _just_now(moment: datetime) -> bool:
    return (datetime.now(UTC) - moment).total_seconds() < STEP_SECONDS


def parameters_of(resource: Resource) -> dict[str, Parameter]:
    """Return everything that filters the resource."""
    own = {name: each.parameter for name, each in resource.filters.items()}
    return {**own, **dict.fromkeys(META, MOMENT)}


def _question(resource: Resource, words: Words) -> tuple[Question, Place | None]:
    """Read the question; with a page token it is the question that the token was given for."""
    parameters, sortkeys = parameters_of(resource), tuple(resource.orders)
    question = question_of(words, parameters, sortkeys)
    token = (words.get("pageToken") or [""])[-1]
    if not token:
        return question, None
    asked, place = read_token(resource.name, token, question.words)
    limit = {"limit": words["limit"]} if "limit" in words else {}
    return question_of({**asked, **limit}, parameters, sortkeys), place


def _conditioned(resource: Resource, viewer: Viewer, question: Question) -> QuerySet[Any]:
    rows = put_together(resource.visible, viewer)
    stamps = Stamp.objects.filter(resource=resource.stamped_as)
    times = {META[name]: value for name, value in question.values.items() if name in META}
    for name, value in question.values.items():
        if name not in META:
            rows = rows.filter(resource.filters[name].condition(value, viewer))
    if resource.together:
        rows = rows.filter(resource.together(dict(question.values), viewer))
    if not times:
        return rows
    inside: QuerySet[Any] = rows.filter(
        **{f"{resource.key}__in": stamps.filter(**times).values("key")}
    )
    return inside


def _order(resource: Resource, question: Question) -> Order | None:
    if question.sortkey != "ModifiedDesc":
        return resource.orders.get(question.sortkey)
    stamps = Stamp.objects.filter(resource=resource.stamped_as, key=OuterRef(resource.key))
    known = Coalesce(
        Subquery(stamps.values("modified")[:1]),
        Value(EPOCH, output_field=DateTimeField()),
        output_field=DateTimeField(),
    )
    return Order(known, falling=True)


def _ordered(resource: Resource, rows: QuerySet[Any], order: Order | None) -> QuerySet[Any]:
    if order is None:
        return rows.order_by(resource.key)
    by = F(order.by) if isinstance(order.by, str) else order.by
    sign = "-" if order.falling else ""
    ordered: QuerySet[Any] = rows.annotate(**{SORTED: by})
    return ordered.order_by(f"{sign}{SORTED}", resource.key)


def _after(
    rows: QuerySet[Any], resource: Resource, order: Order | None, place: Place | None
) -> QuerySet[Any]:
    """Keep what comes after a place, by value and id: writes between pages move nothing."""
    if place is None:
        return rows
    later = {f"{resource.key}__gt": place.key}
    if order is None:
        return rows.filter(**later)
    beyond = f"{SORTED}__lt" if order.falling else f"{SORTED}__gt"
    return rows.filter(Q(**{beyond: place.value}) | Q(**{SORTED: place.value, **later}))


def _values(resource: Resource, rows: QuerySet[Any], columns: Iterable[str]) -> QuerySet[Any]:
    return rows.values(*columns, **{KEY: F(resource.key)})


def _ids(resource: Resource) -> Filter:
    def named(keys: list[UUID], _viewer: Viewer) -> Q:
        return Q(**{f"{resource.key}__in": [row_id(resource.stamped_as, key) for key in keys]})

    return Filter(UUIDS, named)


def _written(
    resource: Resource, viewer: Viewer, question: Question, rows: list[Row]
) -> list[Written]:
    if not rows:
        return []
    references = References(viewer, names=question.names)
    for kind, column in resource.references:
        references.load(kind, (row[column] for row in rows))
    stamps = stamps_of(resource.stamped_as, [row[KEY] for row in rows])
    return resource.write(rows, Page(viewer, question.expand, references, stamps))
