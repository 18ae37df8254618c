"""Reading catalogues, their documents, orders and signatures, within what the actor may see."""

from provning.catalogues.queries.electronic import (
    catalogues_to_sign,
    check_report,
    document_to_sign,
    electronic_row,
    signing_order_for,
)
from provning.catalogues.queries.orders import deciders_for, latest_order, order_for, order_row
from provning.catalogues.queries.records import catalogue_record, signature_detail, signature_scan
from provning.catalogues.queries.signatures import (
    fully_signed,
    is_fully_signed,
    signature_counts,
    signature_rows,
)
from provning.catalogues.queries.unsigned import unsigned_catalogues
from provning.catalogues.queries.versions import (
    DamagedDocumentError,
    catalogue_content,
    catalogue_document,
    catalogues_for,
    copy_document,
)
from provning.catalogues.queries.waiting import catalogues_to_print

__all__ = [
    "DamagedDocumentError",
    "catalogue_content",
    "catalogue_document",
    "catalogue_record",
    "catalogues_for",
    "catalogues_to_print",
    "catalogues_to_sign",
    "check_report",
    "copy_document",
    "deciders_for",
    "document_to_sign",
    "electronic_row",
    "fully_signed",
    "is_fully_signed",
    "latest_order",
    "order_for",
    "order_row",
    "signature_counts",
    "signature_detail",
    "signature_rows",
    "signature_scan",
    "signing_order_for",
    "unsigned_catalogues",
]
