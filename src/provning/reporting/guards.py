"""What the database refuses for exports: what has been made or sent stays as it was."""

from provning.audit.guards import insert_only, remember

GUARDS = remember(
    [
        *insert_only("reporting_sentexport", "id = NEW.id", "submission = NEW.submission"),
        *insert_only(
            "reporting_sentdecision",
            "id = NEW.id",
            "export_id = NEW.export_id AND decision_id = NEW.decision_id",
        ),
    ]
)
