"""What there is for the addresses of the reporting."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

from provning.catalogues.models import StoredDocument
from provning.reporting.models import AuthorityExtract, ReportOrder
from provning.web.reporting.words import COUNTS
from tests.builders import Town


def stored_reports(town: Town, unit: UUID) -> dict[str, UUID]:
    """Store a draft for SCB that nobody stands in, and an order of one."""
    stored = StoredDocument.objects.all()[0]
    moment = datetime.now(UTC)
    version = AuthorityExtract.objects.count() + 1
    extract = AuthorityExtract.objects.create(
        organiser_id=town.organiser,
        kind="scb",
        year=2026,
        season="HT",
        version=version,
        document_id=f"SCB-{unit}",
        stored=stored,
        rows=0,
        counts=json.dumps(dict.fromkeys(COUNTS, 0)),
        changes=json.dumps({"new": 0, "changed": 0, "gone": 0}),
        blanks="[]",
        holds_protected=False,
        made_at=moment,
        made_by_account="x",
        made_by_name="x",
    )
    order = ReportOrder.objects.create(
        organiser_id=town.organiser,
        kind="scb",
        year=2026,
        season="HT",
        sees_protected=False,
        submission=uuid4(),
        ordered_at=moment,
        ordered_by_account="x",
        ordered_by_name="x",
        progress_at=moment,
    )
    return {"report_id": extract.id, "report_order_id": order.id}
