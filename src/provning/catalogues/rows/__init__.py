"""Catalogues, orders, documents and signatures as screens and higher rooms meet them."""

from provning.catalogues.rows.electronic import (
    CheckRow,
    ElectronicRow,
    SignedDocumentRow,
    SigningChoice,
    SigningOrderRow,
    ToSignRow,
)
from provning.catalogues.rows.records import CatalogueRecord, CopyRow
from provning.catalogues.rows.signing import (
    SignatureDetail,
    SignatureRow,
    Signed,
    Signing,
    TakenBackRow,
    UnsignedRow,
)
from provning.catalogues.rows.versions import CatalogueDocument, CatalogueRow, OrderRow, ToPrintRow

__all__ = [
    "CatalogueDocument",
    "CatalogueRecord",
    "CatalogueRow",
    "CheckRow",
    "CopyRow",
    "ElectronicRow",
    "OrderRow",
    "SignatureDetail",
    "SignatureRow",
    "Signed",
    "SignedDocumentRow",
    "Signing",
    "SigningChoice",
    "SigningOrderRow",
    "TakenBackRow",
    "ToPrintRow",
    "ToSignRow",
    "UnsignedRow",
]
