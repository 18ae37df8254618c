"""What the things of a drawn municipality are made with: words that nothing else holds."""

from hashlib import sha256
from itertools import count
from uuid import uuid4

from provning.catalogues.models import StoredDocument
from tests.grading import world
from tests.scope.drawn import SENT

WORDS = count(1)
TERM = {"year": world.HT26.year, "season": world.HT26.season}


def word() -> str:
    """Return a word that has not been used."""
    return f"ORD{next(WORDS)}x"


def document(content: str) -> StoredDocument:
    """Store bytes that are the word and nothing else."""
    stored = content.encode()
    return StoredDocument.objects.create(
        sha256=sha256(stored).hexdigest(),
        media_type="application/pdf",
        content=stored,
        size=len(stored),
        stored_at=SENT,
    )


def ordered() -> dict[str, object]:
    """Return what is kept of who has ordered something."""
    return {
        "submission": uuid4(),
        "ordered_at": SENT,
        "ordered_by_account": "någon",
        "ordered_by_name": "Någon",
    }
