"""What the database refuses for the access log: every change, and removal before its day."""

from provning.audit.guards import Guard, no_replace, remember

TABLE = "access_accessentry"
STAYS = f"{TABLE} stays until its day"
GUARDS = remember(
    [
        Guard(f"{TABLE}_no_update", TABLE, "UPDATE", f"{TABLE} is insert-only"),
        Guard(f"{TABLE}_no_early_delete", TABLE, "DELETE", STAYS, "OLD.keep_until >= CURRENT_DATE"),
        Guard(f"{TABLE}_no_truncate", TABLE, "TRUNCATE", STAYS, vendors=("postgresql",)),
        no_replace(TABLE, "id = NEW.id"),
    ]
)
