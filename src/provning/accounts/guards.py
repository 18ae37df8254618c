"""What the database refuses for roles: decided proposals and reviews stay as they were written."""

from provning.audit.guards import Guard, insert_only, no_replace, remember

TABLE = "accounts_roleproposal"
PLACE = ("user_id", "role", "scope_kind", "scope_id")
ASKED = (*PLACE, "valid_from", "proposed_by_id", "proposed_at")
NO_DAY = "'0001-01-01'"

_SAME_PLACE = " AND ".join(f"{column} = NEW.{column}" for column in PLACE)
_ASKS_ELSE = " OR ".join(
    [
        *(f"NEW.{column} <> OLD.{column}" for column in ("id", *ASKED)),
        f"COALESCE(NEW.valid_to, {NO_DAY}) <> COALESCE(OLD.valid_to, {NO_DAY})",
    ]
)

GUARDS = remember(
    [
        Guard(
            f"{TABLE}_decided",
            TABLE,
            "UPDATE",
            f"{TABLE} is decided",
            "OLD.state <> 'proposed'",
        ),
        # What is approved is what was proposed.
        Guard(f"{TABLE}_as_proposed", TABLE, "UPDATE", f"{TABLE} asks what it asked", _ASKS_ELSE),
        Guard(f"{TABLE}_no_delete", TABLE, "DELETE", f"{TABLE} is never removed"),
        no_replace(
            TABLE,
            "id = NEW.id",
            f"{_SAME_PLACE} AND state = 'proposed' AND NEW.state = 'proposed'",
        ),
        *insert_only(
            "accounts_rolereview",
            "id = NEW.id",
            "assignment_id = NEW.assignment_id AND reviewed_on = NEW.reviewed_on",
        ),
    ]
)
