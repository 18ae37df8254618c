"""What the database refuses for papers: a stored document and a catalogue version stay as made."""

from provning.audit.guards import insert_only, remember

GUARDS = remember(
    [
        *insert_only("catalogues_storeddocument", "sha256 = NEW.sha256"),
        *insert_only(
            "catalogues_gradecatalogue",
            "id = NEW.id",
            "document_id = NEW.document_id",
            "unit_id = NEW.unit_id AND year = NEW.year AND season = NEW.season"
            " AND part = NEW.part AND preliminary = NEW.preliminary AND version = NEW.version",
        ),
    ]
)
