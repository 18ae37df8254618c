"""The trail as people read it: whole sentences, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from provning.audit.queries import HistoryRow
from provning.audit.registry import event_name, is_registered
from provning.web.fact_words import fact_words
from provning.web.pieces import HistoryItem


class _Facts(dict[str, object]):
    """Facts to fill a sentence from; one that is not there shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(row: HistoryRow) -> str:
    """Return what happened, filled from the event's facts, its codes in words."""
    template = event_name(row.name).sentence if is_registered(row.name) else row.name
    return _(template).format_map(_Facts(row.before | row.after | fact_words(row)))


def history_item(row: HistoryRow, text: str = "", *, turn: bool = False) -> HistoryItem:
    """Return an event with who did it; `text` is a sentence of one's own in its place."""
    said = _("Av {who}. Skäl: {reason}") if row.reason else _("Av {who}.")
    note = said.format(who=row.actor_name, reason=row.reason)
    return HistoryItem(row.recorded_at, text or sentence(row), note, turn)


def history_items(rows: Iterable[HistoryRow]) -> list[HistoryItem]:
    """Return the events in the order given."""
    return [history_item(row) for row in rows]
