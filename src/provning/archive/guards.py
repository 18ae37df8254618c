"""What the database refuses for the archive: deliveries, packages and runs stay as they were."""

from provning.audit.guards import insert_only, remember

_PLACE = "unit_id = NEW.unit_id AND year = NEW.year AND season = NEW.season"

GUARDS = remember(
    [
        *insert_only(
            "archive_delivery",
            "id = NEW.id",
            "document_id = NEW.document_id",
            f"{_PLACE} AND number = NEW.number",
        ),
        *insert_only(
            "archive_deliverystep",
            "id = NEW.id",
            "submission = NEW.submission",
            "delivery_id = NEW.delivery_id AND number = NEW.number",
        ),
        *insert_only(
            "archive_deliveryitem",
            "id = NEW.id",
            "step_id = NEW.step_id AND catalogue_id = NEW.catalogue_id",
        ),
        *insert_only(
            "archive_deliverylist", "id = NEW.id", "step_id = NEW.step_id AND part = NEW.part"
        ),
        *insert_only(
            "archive_archivepackage",
            "id = NEW.id",
            "package_id = NEW.package_id",
            f"{_PLACE} AND part = NEW.part AND number = NEW.number",
        ),
        *insert_only("archive_disposal", "id = NEW.id", "submission = NEW.submission"),
    ]
)

REMINDER_GUARDS = remember(
    [
        *insert_only(
            "archive_deliveryreminder",
            "id = NEW.id",
            f"{_PLACE} AND side = NEW.side AND due = NEW.due",
        ),
    ]
)
