"""What the database refuses for the trail: every change and every removal."""

from provning.audit.guards import insert_only, remember

GUARDS = remember(
    [
        *insert_only(
            "audit_auditevent", "id = NEW.id", "number = NEW.number", "digest = NEW.digest"
        ),
        *insert_only(
            "audit_auditsubject",
            "id = NEW.id",
            "kind = NEW.kind AND key = NEW.key AND event_id = NEW.event_id",
        ),
    ]
)
ANCHOR_GUARDS = remember(insert_only("audit_chainanchor", "id = NEW.id", "day = NEW.day"))
