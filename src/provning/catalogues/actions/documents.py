"""Keeping the bytes of a document under their digest."""

import hashlib
from datetime import UTC, datetime

from provning.catalogues.models import StoredDocument


def store_document(content: bytes, media_type: str) -> StoredDocument:
    """Store the bytes once and return them as they are kept; inside the caller's transaction."""
    digest = hashlib.sha256(content).hexdigest()
    kept, _new = StoredDocument.objects.get_or_create(
        sha256=digest,
        defaults={
            "media_type": media_type,
            "content": content,
            "size": len(content),
            "stored_at": datetime.now(UTC),
        },
    )
    return kept
