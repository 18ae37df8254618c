"""Organisations: huvudman, providers and school units, as one list."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.publishing.models import Stamp
from provning.publishing.resources.declaring import (
    SCHOOL_TYPES,
    TEXT,
    TEXTS,
    UUIDS,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    anything,
    choice,
    day_filters,
    leave_out,
    rising,
)
from provning.publishing.viewer import Viewer

TYPES = (
    "Huvudman",
    "Verksamhetsområde",
    "Förvaltning",
    "Rektorsområde",
    "Skola",
    "Skolenhet",
    "Varumärke",
    "Bolag",
    "Övrigt",
)
KINDS = {"internal": "Verksamhetsområde", "external": "Bolag"}
TYPE_OF_KIND = {word: kind for kind, word in KINDS.items()}
ADULT = "VUX"


def _everything(viewer: Viewer) -> QuerySet[Any]:
    """Return what lies in the client's places, and what it lies under, which it is named after.

    The rows are the stamps: one for each organisation of the three kinds.
    """
    units = SchoolUnit.objects.filter(viewer.within_unit(""))
    own = viewer.within(organiser="organiser", provider="", unit="units")
    providers = Provider.objects.filter(own)
    above = viewer.within(organiser="", provider="providers", unit="providers__units")
    organisers = Organiser.objects.filter(above)
    found = Stamp.objects.filter(resource="organisations").filter(
        Q(key__in=units.values("pk"))
        | Q(key__in=providers.values("pk"))
        | Q(key__in=organisers.values("pk"))
    )
    return found.annotate(**_fields())


@cache
def _fields() -> dict[str, Any]:
    unit = SchoolUnit.objects.filter(pk=OuterRef("key"))
    provider = Provider.objects.filter(pk=OuterRef("key"))
    organiser = Organiser.objects.filter(pk=OuterRef("key"))
    text, uuid = CharField(), UUIDField()
    none = Value("", output_field=text)

    def first(*columns: Any, field: Any = text, last: Any = None) -> Any:
        found = [Subquery(rows.values(column)[:1], output_field=field) for rows, column in columns]
        return Coalesce(*found, *(() if last is None else (last,)), output_field=field)

    return {
        "shown_name": first((unit, "name"), (provider, "name"), (organiser, "name"), last=none),
        "unit_code": first((unit, "code"), last=none),
        "is_unit": first((unit, "name"), last=none),
        "provider_kind": first((provider, "kind"), last=none),
        "number": first(
            (provider, "organisation_number"), (organiser, "organisation_number"), last=none
        ),
        "municipality": first(
            (unit, "provider__organiser__municipality_code"),
            (provider, "organiser__municipality_code"),
            (organiser, "municipality_code"),
            last=none,
        ),
        "parent": first(
            (unit, "provider"),
            (provider, "organiser"),
            field=uuid,
            last=Value(None, output_field=uuid),
        ),
    }


def _of_type(values: list[str], _viewer: Viewer) -> Q:
    found = Q(pk__in=())
    for value in values:
        if value == "Skolenhet":
            found |= ~Q(is_unit="")
        elif value == "Huvudman":
            found |= Q(is_unit="", provider_kind="")
        elif value in TYPE_OF_KIND:
            found |= Q(provider_kind=TYPE_OF_KIND[value])
    return found


def _of_school_type(values: list[str], _viewer: Viewer) -> Q:
    return ~Q(is_unit="") if ADULT in values else Q(pk__in=())


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    for kind in ("units", "providers", "organisers"):
        page.references.load(kind, (row["parent"] for row in rows))
    return [_one(row, page) for row in rows]


def _one(row: Row, page: Page) -> Written:
    is_unit = bool(row["is_unit"])
    kind = "Skolenhet" if is_unit else KINDS.get(row["provider_kind"], "Huvudman")
    return {
        **page.head("organisations", row["row_key"]),
        **leave_out(
            {
                "displayName": row["shown_name"],
                "organisationType": kind,
                "organisationNumber": row["number"],
                "parentOrganisation": _parent(row["parent"], kind, page),
                "schoolUnitCode": row["unit_code"],
                "schoolTypes": [ADULT] if is_unit else None,
                "municipalityCode": row["municipality"],
            }
        ),
    }


def _parent(parent: UUID | None, kind: str, page: Page) -> Written | None:
    if parent is None:
        return None
    return page.references.to("providers" if kind == "Skolenhet" else "organisers", parent)


FILTERS = {
    "parent": Filter(UUIDS, lambda values, _viewer: Q(parent__in=values)),
    "schoolUnitCode": Filter(TEXTS, lambda values, _viewer: Q(unit_code__in=set(values) - {""})),
    "organisationCode": Filter(TEXTS, lambda _values, _viewer: Q(pk__in=())),
    "municipalityCode": Filter(TEXT, lambda value, _viewer: Q(municipality=value)),
    "type": Filter(choice(*TYPES, many=True), _of_type),
    "schoolTypes": Filter(choice(*SCHOOL_TYPES, many=True), _of_school_type),
    **{
        name: Filter(each.parameter, anything) for name, each in day_filters("start", "end").items()
    },
}
ORGANISATIONS = Resource(
    name="organisations",
    entity="Organisation",
    deleted_as="organisations",
    data_class="organisations",
    scope=_everything,
    visible=_everything,
    columns=(
        "shown_name",
        "unit_code",
        "is_unit",
        "provider_kind",
        "number",
        "municipality",
        "parent",
    ),
    write=_write,
    key="key",
    filters=FILTERS,
    orders={
        "ModifiedDesc": Order("modified", falling=True),
        "DisplayNameAsc": rising("shown_name"),
    },
    lookups={
        "schoolUnitCodes": FILTERS["schoolUnitCode"],
        "organisationCodes": FILTERS["organisationCode"],
    },
)
