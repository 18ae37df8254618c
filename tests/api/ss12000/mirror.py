"""A client that fetches what has changed, as the page of the interface tells it to."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from provning.publishing.engine import page_of
from provning.publishing.resources import RESOURCES
from provning.publishing.resources.declaring import Resource
from provning.publishing.viewer import Viewer
from tests.api.ss12000.world import Asker
from tests.clients.making import row_of

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

    def begun(self) -> "Mirror":
        """Fetch everything, for clients that each go on from there with `again`."""
        self.follow()
        return self

    def again(self) -> "Mirror":
        """Return another that asks as the same client, and holds what this one holds."""
        made = Mirror(self.machine)
        made.held, made.seen, made.asked = deepcopy(self.held), dict(self.seen), self.asked
        return made

    def follow(self) -> None:
        """Fetch, and hold what the client then has against the truth."""
        self.pull()
        assert self.held == self.truth()

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
        """Return what a client that fetches everything anew would hold.

        It is read past the boundary: what the client holds has come through it.
        """
        viewer = Viewer(row_of(self.machine.made), frozenset(self.machine.data_classes))
        return {each.name: {row["id"]: row for row in _all(each, viewer)} for each in LISTS}


def _all(resource: Resource, viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Return every thing of a list as the client that sees it would read it."""
    words: dict[str, list[str]] = {}
    while True:
        found = page_of(resource, viewer, words)
        yield from json.loads(json.dumps(found.data))
        if found.token is None:
            return
        words = {"pageToken": [found.token]}
