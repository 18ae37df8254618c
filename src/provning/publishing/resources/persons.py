"""Persons: who is or was enrolled, placed or on duty in the client's places."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from provning.exams.models import Placement
from provning.kernel.identity import parse_identity_number
from provning.kernel.seen import note_read
from provning.people.models import Duty, Person, PersonNumber
from provning.people.queries.same import of_persons, root_of
from provning.publishing.resources.declaring import (
    TEXT,
    TEXTS,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    both_ways,
    leave_out,
    nothing,
    rising,
)
from provning.publishing.resources.duties import duties_of
from provning.publishing.resources.memberships import memberships_of
from provning.publishing.resources.person_filters import (
    RELATIONSHIP,
    civic_no,
    enrolments,
    name_contains,
    of_relations,
    related,
)
from provning.publishing.stamps import stamps_of
from provning.publishing.viewer import Viewer

NOTHING = Value("", output_field=CharField())


def _scope(viewer: Viewer) -> QuerySet[Person]:
    enrolled = enrolments(viewer).filter(person=OuterRef("pk"))
    on_duty = Duty.objects.filter(viewer.within_unit("unit"), person=OuterRef("pk"))
    placed = Placement.objects.filter(viewer.within_unit("group__unit"), person=OuterRef("pk"))
    found = Person.objects.all()
    if viewer.within_unit("unit"):
        here = Q(Exists(enrolled)) | Q(Exists(on_duty)) | Q(Exists(placed))
        found = found.filter(here | _of_merged(viewer))
    return found.annotate(**_shown(viewer))


def _of_merged(viewer: Viewer) -> Q:
    """Return the condition that a row merged into the person is in the client's places."""
    merged = Person.objects.filter(merged_into=OuterRef("pk"))
    enrolled = enrolments(viewer).filter(person=OuterRef("pk"))
    placed = Placement.objects.filter(viewer.within_unit("group__unit"), person=OuterRef("pk"))
    return Q(Exists(merged.filter(Q(Exists(enrolled)) | Q(Exists(placed)))))


def visible(viewer: Viewer) -> QuerySet[Person]:
    """Return the persons that a client may know of; a merged row is the kept one's."""
    return _scope(viewer).filter(viewer.shown(""), merged_into__isnull=True)


def _shown(viewer: Viewer) -> dict[str, Any]:
    """Return names and number as the client may see them, "" otherwise: also to sort and search by.

    Where a masked person stands in an order would tell of their name.
    """
    current = PersonNumber.objects.filter(person=OuterRef("pk"), valid_to__isnull=True)
    number = Coalesce(Subquery(current.values("number")[:1]), NOTHING)
    clear = Q() if viewer.client.sees_protected else Q(protection="Ingen")

    def seen(value: Any, data_class: str = "persons") -> Any:
        if not viewer.may_see(data_class):
            return NOTHING
        return Case(When(clear, then=value), default=NOTHING) if clear else value

    return {
        "given": seen(F("given_name")),
        "family": seen(F("family_name")),
        "order": seen(F("sort_key")),
        "civic": seen(number, "persons.civicno"),
        "mail": seen(F("email"), "persons.contact"),
    }


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    keys = [row["row_key"] for row in rows]
    note_read((row["row_key"], row["protection"] != "Ingen" and _in_clear(row)) for row in rows)
    enrolled = _enrolments(keys, page)
    written = [_one(row, enrolled.get(row["row_key"], []), page) for row in rows]
    if page.expand & set(EXPANDS):
        embedded = {name: read(keys, page) for name, read in EXPANDS.items() if name in page.expand}
        for key, person in zip(keys, written, strict=True):
            person["_embedded"] = {name: found.get(key, []) for name, found in embedded.items()}
    return written


def _in_clear(row: Row) -> bool:
    return bool(row["given"] or row["family"] or row["civic"])


def _one(row: Row, enrolled: list[Written], page: Page) -> Written:
    civic = row["civic"]
    born = _birth_date(civic)
    mail = row["mail"]
    return {
        **page.head("persons", row["row_key"]),
        "givenName": row["given"],
        "familyName": row["family"],
        "securityMarking": row["protection"],
        "personStatus": row["status"],
        **({"civicNo": {"value": civic, "nationality": "SE"}} if civic else {}),
        **leave_out({"birthDate": born}),
        **({"emails": [{"value": mail, "type": "Privat"}]} if mail else {}),
        **({"enrolments": enrolled} if enrolled else {}),
    }


def person_rows(keys: set[UUID], page: Page) -> dict[UUID, Written]:
    """Return persons by id, for those who refer to them; three queries."""
    rows = list(visible(page.viewer).filter(pk__in=keys).values(*COLUMNS, row_key=F("pk")))
    own = Page(page.viewer, frozenset(), page.references, stamps_of("persons", keys))
    return {row["row_key"]: each for row, each in zip(rows, _write(rows, own), strict=True)}


def _birth_date(civic: str) -> str | None:
    if not civic:
        return None
    born = parse_identity_number(civic, today=date.max).birth_date
    return born.isoformat() if born else None


def _enrolments(keys: list[UUID], page: Page) -> dict[UUID, list[Written]]:
    fields = ("provider_id", "unit_id", "start_date", "end_date")
    found = enrolments(page.viewer).filter(of_persons(keys)).order_by("start_date", "pk")
    rows = list(found.values_list(root_of(), *fields))
    page.references.load("units", (row[2] for row in rows))
    page.references.load("providers", (row[1] for row in rows if row[2] is None))
    made: dict[UUID, list[Written]] = {}
    for person, provider, unit, start, end in rows:
        at = page.references.to("units" if unit else "providers", unit or provider)
        each = {"enroledAt": at, "schoolType": "VUX", "startDate": start.isoformat()}
        made.setdefault(person, []).append(
            {**each, **leave_out({"endDate": end.isoformat() if end else None})}
        )
    return made


def _nothing(_keys: list[UUID], _page: Page) -> dict[UUID, list[Written]]:
    return {}


EXPANDS = {
    "duties": duties_of,
    "groupMemberships": memberships_of,
    "responsibleFor": _nothing,
    "placements": _nothing,
    "ownedPlacements": _nothing,
}
COLUMNS = ("given", "family", "civic", "mail", "protection", "status")
PERSONS = Resource(
    name="persons",
    entity="Person",
    deleted_as="persons",
    data_class="persons",
    scope=_scope,
    visible=visible,
    columns=COLUMNS,
    write=_write,
    filters={
        "nameContains": Filter(TEXTS, name_contains),
        "civicNo": Filter(TEXT, lambda value, viewer: civic_no([value], viewer)),
        "eduPersonPrincipalName": Filter(TEXT, nothing),
        "identifier.value": Filter(TEXT, nothing),
        "identifier.context": Filter(TEXT, nothing),
        **{
            f"{RELATIONSHIP}{name}": of_relations(name)
            for name in (
                "entity.type",
                "organisation",
                "startDate.onOrBefore",
                "startDate.onOrAfter",
                "endDate.onOrBefore",
                "endDate.onOrAfter",
            )
        },
    },
    together=related,
    orders={
        "DisplayNameAsc": rising("order"),
        **both_ways("GivenName", "given"),
        **both_ways("FamilyName", "family"),
        **both_ways("CivicNo", "civic"),
        "ModifiedDesc": Order("", falling=True),
    },
    lookups={"civicNos": Filter(TEXTS, civic_no)},
)
