"""The names of what happens on the way to the archive."""

from provning.audit.registry import register_event

DELIVERY_PREPARED = register_event(
    "delivery_prepared", "Leverans {document} för {unit} {period} förbereddes."
)
DELIVERY_SENT = register_event(
    "delivery_sent", "Leverans {document} skickades till Vuxenutbildningscentrum."
)
DELIVERY_RECEIVED = register_event(
    "delivery_received", "Leverans {document} togs emot av Vuxenutbildningscentrum {day}."
)
DELIVERY_RETURNED = register_event(
    "delivery_returned", "Leverans {document} återsändes av Vuxenutbildningscentrum."
)
DELIVERY_REMINDED = register_event(
    "delivery_reminded",
    "Påminnelse om leverans för {unit} {period}, senast {due}, skickades till {count} konton.",
)
PACKAGE_MADE = register_event(
    "archive_package_made", "E-arkivpaket för {unit} {term} gjordes: {packages}."
)
DISPOSAL_DONE = register_event("disposal_done", "Gallring gjordes: {total} rader togs bort.")
