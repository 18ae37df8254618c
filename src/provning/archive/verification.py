"""Whether the stored contents of delivery lists are what was printed."""

import hashlib
from collections.abc import Iterator

from provning.archive.models import DeliveryList
from provning.catalogues.verification import Checked

BATCH = 200


def verify_lists() -> Iterator[Checked]:
    """Compare every delivery list's content with its digest; for programs."""
    lists = DeliveryList.objects.select_related("step__delivery").order_by("step__taken_at", "pk")
    for each in lists.iterator(chunk_size=BATCH):
        name = f"följesedeln till {each.step.delivery.document_id}"
        same = hashlib.sha256(each.content.encode()).hexdigest() == each.content_sha256
        fault = "innehållet (JSON) har en annan kontrollsumma än den som är lagrad"
        yield Checked(name, "" if same else fault)
