"""What a betygskatalog says: a frozen snapshot that is stored as JSON beside the document.

Fields as in Förordning (2011:1108) 4 kap. 11 § and the layouts that municipalities use. The
snapshot is pure: the same content always gives the same JSON, digest and document.
"""

from provning.catalogues.content.copies import CopyNote, SignedLine, copy_from_json
from provning.catalogues.content.parsing import from_json
from provning.catalogues.content.parts import (
    CatalogueContent,
    Mark,
    Row,
    Sheet,
    Signer,
    SignerRole,
    split_per_person,
)
from provning.catalogues.content.snapshot import Snapshot, read_back

__all__ = [
    "CatalogueContent",
    "CopyNote",
    "Mark",
    "Row",
    "Sheet",
    "SignedLine",
    "Signer",
    "SignerRole",
    "Snapshot",
    "copy_from_json",
    "from_json",
    "read_back",
    "split_per_person",
]
