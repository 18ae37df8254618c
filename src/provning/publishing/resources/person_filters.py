"""What persons can be asked for by: names, numbers, and how they belong to a place."""

from itertools import product
from typing import Any

from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
)

from provning.exams.models import Placement
from provning.people.models import Duty, Enrolment
from provning.publishing.asking import Parameter, read_a_day
from provning.publishing.resources.declaring import (
    UUID_,
    Filter,
    choice,
)
from provning.publishing.viewer import Viewer

MOST_FOLDED = 4
"""So many letters beyond ASCII are tried in both cases; SQLite folds none of them by itself."""
RELATIONS = (
    "enrolment",
    "duty",
    "placement.child",
    "placement.owner",
    "responsibleFor.enrolment",
    "responsibleFor.placement",
    "groupMembership",
)
RELATIONSHIP = "relationship."


def enrolments(viewer: Viewer) -> QuerySet[Enrolment]:
    """Return the enrolments in the client's places."""
    return Enrolment.objects.filter(
        viewer.within(organiser="provider__organiser", provider="provider", unit="unit")
    )


def name_contains(values: list[str], _viewer: Viewer) -> Q:
    """Return the condition that every value stands in one of the names, whatever its case."""
    found = Q()
    for value in values:
        own = Q()
        for variant in _variants(value):
            own |= Q(given__icontains=variant) | Q(family__icontains=variant)
        found &= own
    return found


def _variants(text: str) -> set[str]:
    """Return a text with its letters beyond ASCII in either case."""
    places = [i for i, letter in enumerate(text) if not letter.isascii()][:MOST_FOLDED]
    made = set()
    for choices in product(*(({text[i].lower(), text[i].upper()}) for i in places)):
        letters = list(text)
        for place, letter in zip(places, choices, strict=True):
            letters[place] = letter
        made.add("".join(letters))
    return made


def civic_no(values: list[str], _viewer: Viewer) -> Q:
    """Return the condition that a person has one of the numbers now, however it is written."""
    plain = {value.replace("-", "").replace("+", "").strip().upper() for value in values}
    return Q(civic__in=plain - {""})


def of_relations(name: str) -> Filter:
    """Return a filter that only has effect together with the others (`condition_of_relations`)."""
    reads = {
        "entity.type": choice(*RELATIONS),
        "organisation": UUID_,
    }
    return Filter(reads.get(name, Parameter(read_a_day)), lambda _value, _viewer: Q())


def related(values: dict[str, Any], viewer: Viewer) -> Q:
    """Return the condition that one relation of the kind meets everything asked of it."""
    asked = {
        name.removeprefix(RELATIONSHIP): value
        for name, value in values.items()
        if name.startswith(RELATIONSHIP)
    }
    if not asked:
        return Q()
    kind = asked.pop("entity.type", "")
    found = Q(pk__in=())
    for name, (rows, unit, start, end) in _relations(viewer).items():
        if kind in {"", name}:
            met = rows.filter(_of_relation(asked, name, unit, start, end))
            found |= Q(Exists(met.filter(person=OuterRef("pk"))))
            found |= Q(Exists(met.filter(person__merged_into=OuterRef("pk"))))
    return found


def _relations(viewer: Viewer) -> dict[str, tuple[QuerySet[Any], str, str, str]]:
    memberships = Placement.objects.filter(
        viewer.within_unit("group__unit"), superseded_by__isnull=True
    ).exclude(outcome="withdrawn")
    duties = Duty.objects.filter(viewer.within_unit("unit"))
    return {
        "enrolment": (enrolments(viewer), "unit", "start_date", "end_date"),
        "duty": (duties, "unit", "start_date", "end_date"),
        "groupMembership": (memberships, "group__unit", "exam_date", "exam_date"),
    }


def _of_relation(asked: dict[str, Any], name: str, unit: str, start: str, end: str) -> Q:
    found = Q()
    for word, value in asked.items():
        if word == "organisation":
            at = Q(**{unit: value})
            if name == "enrolment":
                at |= Q(provider=value, unit__isnull=True)
            found &= at
            continue
        field, _dot, sign = word.partition(".")
        path = start if field == "startDate" else end
        met = Q(**{f"{path}__{'lte' if sign == 'onOrBefore' else 'gte'}": value})
        found &= met | Q(**{f"{path}__isnull": True})
    return found
