"""The names of what is done for somebody's privacy; the sentences name nobody."""

from provning.audit.registry import register_event

IDENTITY_PROPOSED = register_event(
    "identity_proposed", "En ändring av personens identitet föreslogs."
)
IDENTITY_APPROVED = register_event(
    "identity_approved", "Ändringen av personens identitet godkändes av en annan."
)
IDENTITY_REFUSED = register_event(
    "identity_proposal_refused", "Förslaget om personens identitet avslogs."
)
IDENTITY_UNDONE = register_event("identity_undone", "Sammanföringen av två poster ångrades.")
OWN_EXTRACT_MADE = register_event(
    "own_extract_made", "Ett registerutdrag gjordes för personen ({format})."
)
CARRIERS_LISTED = register_event(
    "carriers_listed", "{count} handlingar och mottagare med personen listades för uppföljning."
)
CARRIERS_HANDLED = register_event(
    "carriers_handled", "{count} handlingar eller mottagare med personen åtgärdades."
)
