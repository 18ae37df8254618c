"""Reading what is on its way to the archive, within what the actor may see."""

from provning.archive.queries.deliveries import delivery_for, list_document
from provning.archive.queries.preparation import preparation_for
from provning.archive.queries.standing import deliveries_to_see, standings
from provning.archive.rows import (
    DeliveryRow,
    DeliveryState,
    PackageRow,
    PreparationRow,
    StandingRow,
)

__all__ = [
    "DeliveryRow",
    "DeliveryState",
    "PackageRow",
    "PreparationRow",
    "StandingRow",
    "deliveries_to_see",
    "delivery_for",
    "list_document",
    "preparation_for",
    "standings",
]
