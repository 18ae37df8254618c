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
        *insert_only(
            "reporting_authorityextract",
            "id = NEW.id",
            "organiser_id = NEW.organiser_id AND kind = NEW.kind AND year = NEW.year"
            " AND season = NEW.season AND version = NEW.version",
            "follows_id = NEW.follows_id",
        ),
        *insert_only(
            "reporting_authorityline",
            "id = NEW.id",
            "extract_id = NEW.extract_id AND placement_id = NEW.placement_id",
            "extract_id = NEW.extract_id AND number = NEW.number",
        ),
    ]
)

SELECTION_GUARDS = remember(
    [
        *insert_only("reporting_sentselection", "export_id = NEW.export_id"),
        *insert_only(
            "reporting_sentperson",
            "id = NEW.id",
            "export_id = NEW.export_id AND person_id = NEW.person_id",
        ),
    ]
)
