"""What the database refuses for extracts: what has been issued stays as it was issued."""

from provning.audit.guards import insert_only, remember

GUARDS = remember(
    [
        *insert_only(
            "extracts_extract",
            "id = NEW.id",
            "document_id = NEW.document_id",
            "submission = NEW.submission",
            "replaces_id = NEW.replaces_id",
        ),
        *insert_only(
            "extracts_extractdecision",
            "id = NEW.id",
            "extract_id = NEW.extract_id AND decision_id = NEW.decision_id",
        ),
    ]
)
