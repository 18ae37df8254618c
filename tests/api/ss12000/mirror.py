"""A client that fetches what has changed, as the page of the interface tells it to."""

from datetime import UTC, datetime, timedelta
from typing import Any

from provning.publishing.resources import RESOURCES
from tests.api.ss12000.world import Asker

LISTS = tuple(each for each in RESOURCES if each.name != "schoolUnitOfferings")
OVERLAP = timedelta(seconds=2)
FEW = 10  # So few that what has gone takes several pages.


class Mirror:
    """What a client holds that fetches as the page of the interface says."""

    def __init__(self, machine: Asker) -> None:
        """Hold nothing yet."""
        self.machine = machine
        self.held: dict[str, dict[str, Any]] = {each.name: {} for each in LISTS}
        self.seen = {each.name: "" for each in LISTS}
        self.asked = ""

    def pull(self) -> None:
        """Fetch what has changed, and what has gone."""
        began = (datetime.now(UTC) - OVERLAP).isoformat()
        for resource in LISTS:
            self._changed(resource.name)
        words = {"after": self.asked} if self.asked else {}
        for gone in self.machine.pages("deletedEntities", **words, limit=FEW):
            for resource in LISTS:
                for key in gone.get(resource.deleted_as, ()):
                    self.held[resource.name].pop(key, None)
        self.asked = began

    def _changed(self, path: str) -> None:
        seen = self.seen[path]
        words = {"meta.modified.after": seen} if seen else {}
        for each in self.machine.everything(path, **words, limit=50):
            self.held[path][each["id"]] = each
            self.seen[path] = max(self.seen[path], each["meta"]["modified"])

    def truth(self) -> dict[str, dict[str, Any]]:
        """Return what a client that fetches everything anew would hold."""
        return {
            each.name: {row["id"]: row for row in self.machine.everything(each.name)}
            for each in LISTS
        }
