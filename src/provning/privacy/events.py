"""The names of what is done for somebody's privacy; the sentences name nobody."""

from provning.audit.registry import register_event

OWN_EXTRACT_MADE = register_event(
    "own_extract_made", "Ett registerutdrag gjordes för personen ({format})."
)
CARRIERS_LISTED = register_event(
    "carriers_listed", "{count} handlingar och mottagare med personen listades för uppföljning."
)
CARRIERS_HANDLED = register_event(
    "carriers_handled", "{count} handlingar eller mottagare med personen åtgärdades."
)
