"""What the database refuses for what other systems have told: it stays as it was told."""

from provning.audit.guards import insert_only, remember

GUARDS = remember(
    [
        *insert_only("feeds_externalbatch", "id = NEW.id", "submission = NEW.submission"),
        *insert_only("feeds_externalwithdrawal", "id = NEW.id", "batch_id = NEW.batch_id"),
        *insert_only(
            "feeds_externallist",
            "number = NEW.number",
            "batch_id = NEW.batch_id AND student_key = NEW.student_key",
        ),
        *insert_only(
            "feeds_externaldecision",
            "id = NEW.id",
            "listed_id = NEW.listed_id AND position = NEW.position",
        ),
        *insert_only("feeds_externalidentity", "id = NEW.id"),
    ]
)
