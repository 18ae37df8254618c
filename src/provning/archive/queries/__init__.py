"""Reading what is on its way to the archive, within what the actor may see."""

from provning.archive.queries.compilation import with_deliveries
from provning.archive.queries.custom import period_of_unit
from provning.archive.queries.deliveries import delivery_for, list_document
from provning.archive.queries.disposal import (
    DisposalPreview,
    KindPreview,
    disposal_preview,
    disposal_previews,
    disposals_for,
)
from provning.archive.queries.packages import package_document, packages_for
from provning.archive.queries.preparation import preparation_for
from provning.archive.queries.standing import deliveries_to_see, standings
from provning.archive.rows import (
    DeliveryRow,
    DeliveryState,
    DisposalRow,
    PackageRow,
    PreparationRow,
    StandingRow,
)

__all__ = [
    "DeliveryRow",
    "DeliveryState",
    "DisposalPreview",
    "DisposalRow",
    "KindPreview",
    "PackageRow",
    "PreparationRow",
    "StandingRow",
    "deliveries_to_see",
    "delivery_for",
    "disposal_preview",
    "disposal_previews",
    "disposals_for",
    "list_document",
    "package_document",
    "packages_for",
    "period_of_unit",
    "preparation_for",
    "standings",
    "with_deliveries",
]
