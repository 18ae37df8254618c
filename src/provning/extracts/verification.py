"""Whether the extracts' stored contents are what was issued; their documents are checked as all."""

import hashlib
from collections.abc import Iterator

from provning.catalogues.verification import Checked
from provning.extracts.content import from_json
from provning.extracts.models import Extract

BATCH = 200


def verify_extracts() -> Iterator[Checked]:
    """Compare every extract's content with its digest, and with whose it is; for programs."""
    for extract in Extract.objects.order_by("issued_at", "pk").iterator(chunk_size=BATCH):
        name = f"utdraget {extract.document_id}"
        if hashlib.sha256(extract.content.encode()).hexdigest() != extract.content_sha256:
            fault = "innehållet (JSON) har en annan kontrollsumma än den som är lagrad"
            yield Checked(name, fault)
            continue
        try:
            own = from_json(extract.content).document_id == extract.document_id
        except ValueError as error:
            yield Checked(name, f"innehållet (JSON) går inte att läsa: {error}")
            continue
        yield Checked(name, "" if own else "innehållet (JSON) hör till ett annat utdrag")
