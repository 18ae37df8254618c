"""The only writes of lists to work off, extracts for persons and cases of identity."""

from provning.privacy.actions.following import (
    follow_protection,
    handle_carriers,
    make_own_extract,
)
from provning.privacy.actions.identity import (
    approve_case,
    propose_merge,
    propose_number,
    refuse_case,
    undo_merge,
)

__all__ = [
    "approve_case",
    "follow_protection",
    "handle_carriers",
    "make_own_extract",
    "propose_merge",
    "propose_number",
    "refuse_case",
    "undo_merge",
]
