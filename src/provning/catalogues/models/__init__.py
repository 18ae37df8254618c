"""The tables of the catalogues: documents and versions, copies, orders, signatures."""

from provning.catalogues.models.copies import CatalogueCopy
from provning.catalogues.models.documents import CatalogueOrder, GradeCatalogue, StoredDocument
from provning.catalogues.models.electronic import SignatureCheck, SignedDocument, SigningOrder
from provning.catalogues.models.jobs import CatalogueJob
from provning.catalogues.models.signatures import CatalogueSignature, CatalogueSigner

__all__ = [
    "CatalogueCopy",
    "CatalogueJob",
    "CatalogueOrder",
    "CatalogueSignature",
    "CatalogueSigner",
    "GradeCatalogue",
    "SignatureCheck",
    "SignedDocument",
    "SigningOrder",
    "StoredDocument",
]
