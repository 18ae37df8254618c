"""What the database refuses for clients: to see more than was settled, or to come back."""

from provning.audit.guards import Guard, remember

SETTLED = (
    "id",
    "name",
    "data_classes",
    "protected_persons",
    "certificate",
    "certificate_alone",
    "issuer",
    "subject",
    "calls_per_minute",
    "created_at",
    "submission",
)
CLIENT, REACH = "clients_apiclient", "clients_clientreach"
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in SETTLED)
OTHER_DAY = (
    "COALESCE(CAST(NEW.expires_on AS TEXT), '') <> COALESCE(CAST(OLD.expires_on AS TEXT), '')"
)
GUARDS = remember(
    [
        Guard(
            f"{CLIENT}_settled",
            CLIENT,
            "UPDATE",
            f"{CLIENT} is settled",
            f"{CHANGED} OR {OTHER_DAY}",
        ),
        Guard(
            f"{CLIENT}_stays_revoked",
            CLIENT,
            "UPDATE",
            f"{CLIENT} stays revoked",
            "OLD.revoked_at IS NOT NULL",
        ),
        Guard(f"{CLIENT}_no_delete", CLIENT, "DELETE", f"{CLIENT} stays"),
        Guard(f"{REACH}_no_update", REACH, "UPDATE", f"{REACH} is settled"),
        Guard(f"{REACH}_no_delete", REACH, "DELETE", f"{REACH} is settled"),
    ]
)
