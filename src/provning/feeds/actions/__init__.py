"""The room's writes: what others have told, and that a file was taken out."""

from provning.feeds.actions.external import (
    Reading,
    learn_identities,
    take_in_external_grades,
    withdraw_external_grades,
)
from provning.feeds.actions.taking_out import note_taking_out

__all__ = [
    "Reading",
    "learn_identities",
    "note_taking_out",
    "take_in_external_grades",
    "withdraw_external_grades",
]
