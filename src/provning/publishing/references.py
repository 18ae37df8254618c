"""References to other things: an id, and a name when names are asked for."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from provning.courses.models import Course
from provning.exams.models import ExamGroup
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.people.models import Duty, Person
from provning.people.names import spoken_name
from provning.publishing.ids import published_id
from provning.publishing.viewer import Viewer

Reference = dict[str, Any]


class References:
    """The names of a page's references, read once per kind; none at all when nobody asks."""

    def __init__(self, viewer: Viewer, *, names: bool) -> None:
        """Remember who looks, and whether names are wanted."""
        self.viewer, self.names = viewer, names
        self._known: dict[str, dict[UUID, Reference]] = {}

    def load(self, kind: str, keys: Iterable[UUID | None]) -> None:
        """Read the names of some things of a kind; one query, none without `names`."""
        known = self._known.setdefault(kind, {})
        wanted = {key for key in keys if key is not None and key not in known}
        if self.names and wanted:
            known.update(KINDS[kind](self.viewer, wanted))

    def to(self, kind: str, key: UUID) -> Reference:
        """Return the reference to a thing whose name has been loaded."""
        return {"id": str(published_id(kind, key)), **self._known.get(kind, {}).get(key, {})}


def _named(model: Any, field: str) -> Callable[[Viewer, set[UUID]], dict[UUID, Reference]]:
    def read(_viewer: Viewer, keys: set[UUID]) -> dict[UUID, Reference]:
        found = model.objects.filter(pk__in=keys).values_list("pk", field)
        return {key: {"displayName": name} for key, name in found}

    return read


def _persons(viewer: Viewer, keys: set[UUID]) -> dict[UUID, Reference]:
    """Return names, and of protected persons the marking alone unless the client sees them."""
    fields = ("pk", "given_name", "family_name", "protection")
    found = Person.objects.filter(viewer.shown(""), pk__in=keys).values_list(*fields)
    return {
        key: {"securityMarking": protection}
        if viewer.masks(protection) or not viewer.may_see("persons")
        else {"displayName": spoken_name(given, family), "securityMarking": protection}
        for key, given, family, protection in found
    }


KINDS: dict[str, Callable[[Viewer, set[UUID]], dict[UUID, Reference]]] = {
    "organisers": _named(Organiser, "name"),
    "providers": _named(Provider, "name"),
    "units": _named(SchoolUnit, "name"),
    "persons": _persons,
    "groups": _named(ExamGroup, "name"),
    "syllabuses": _named(Course, "name"),
    "duties": _named(Duty, "role"),
}
