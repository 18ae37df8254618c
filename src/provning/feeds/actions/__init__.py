"""The room's writes: what others have told, and that a file was taken out."""

from provning.feeds.actions.external import (
    Reading,
    learn_identities,
    take_in_external_grades,
    withdraw_external_grades,
)
from provning.feeds.actions.taking_out import (
    Asked,
    Handing,
    note_documents_out,
    note_grades_out,
    note_snapshot_out,
)

__all__ = [
    "Asked",
    "Handing",
    "Reading",
    "learn_identities",
    "note_documents_out",
    "note_grades_out",
    "note_snapshot_out",
    "take_in_external_grades",
    "withdraw_external_grades",
]
