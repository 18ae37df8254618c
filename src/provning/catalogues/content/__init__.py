"""What a betygskatalog says: a frozen snapshot that is stored as JSON beside the document.

Fields as in Förordning (2011:1108) 4 kap. 11 § and the layouts that municipalities use. The
snapshot is pure: the same content always gives the same JSON, digest and document.
"""

from provning.catalogues.content.copies import CopyNote, SignedLine, copy_from_json
from provning.catalogues.content.parsing import from_json
from provning.catalogues.content.parts import (
    FORMAT,
    CatalogueContent,
    Mark,
    Row,
    Sheet,
    Signer,
    SignerRole,
    split_per_person,
)

__all__ = [
    "FORMAT",
    "CatalogueContent",
    "CopyNote",
    "Mark",
    "Row",
    "Sheet",
    "SignedLine",
    "Signer",
    "SignerRole",
    "copy_from_json",
    "from_json",
    "split_per_person",
]
