"""Reading what has happened to undecided grades: which were typed anew, by whom and when."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from provning.audit.queries import HistoryRow, histories_of
from provning.exams.rows import GroupRow
from provning.grading import policies
from provning.grading.events import GRADES_DRAFTED
from provning.grading.rows import DraftChange
from provning.kernel.actors import Actor

NEWEST = 1000
"""So many events are read; each saved row is one at most."""


def draft_changes(
    actor: Actor, group: GroupRow, placement_ids: Iterable[UUID]
) -> dict[UUID, list[DraftChange]]:
    """Return how the typed grades have been changed after they were first typed, by placement.

    The oldest change first; placements without any are left out, and everything is for who does not
    see drafts. Two queries for any number.
    """
    ids = {str(each) for each in placement_ids}
    if not ids or not policies.sees_drafts(actor, group):
        return {}
    found: dict[UUID, list[DraftChange]] = {}
    for event in reversed(histories_of("grade", ids, limit=NEWEST)):
        if event.name == GRADES_DRAFTED:
            for key, change in _changes(event, ids):
                found.setdefault(key, []).append(change)
    return found


def _changes(event: HistoryRow, ids: set[str]) -> Iterator[tuple[UUID, DraftChange]]:
    """Give the rows of one save whose grade was another before."""
    before, after = event.before.get("drafts"), event.after.get("drafts")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return
    for key in ids & before.keys() & after.keys():
        if before[key] and before[key] != after[key]:
            change = DraftChange(before[key], after[key], event.actor_name, event.recorded_at)
            yield UUID(key), change
