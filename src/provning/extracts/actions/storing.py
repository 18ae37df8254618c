"""Keeping an issued extract: the person's grades are held still, read again, and then stored."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.catalogues.actions.documents import store_document
from provning.exams.models import Placement
from provning.extracts import events, rules
from provning.extracts.content import ExtractContent
from provning.extracts.models import Extract, ExtractDecision, ExtractOrderLine
from provning.extracts.queries.drafts import Draft
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError

MEDIA_TYPE = "application/pdf"
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed extract that is to be stored: the form it came from and what it stands beside.

    `redraft` reads the draft once more, so that nothing that has changed meanwhile is issued.
    """

    extract_id: UUID
    content: ExtractContent
    document: bytes
    submission: UUID
    today: date
    redraft: Callable[[], Draft]
    replaces: Extract | None = None
    copy_of: Extract | None = None
    reason: str = ""
    line: ExtractOrderLine | None = None


@transaction.atomic
def store(actor: Actor, paper: Paper, draft: Draft) -> Extract:
    """Keep the extract with its selection and its document, and tell the trail once.

    Raises `ConflictError` when a grade of the person has changed since the extract was drafted.
    """
    _hold_still(draft.person.id)
    moment = datetime.now(UTC)
    if paper.redraft().content != draft.content:
        raise ConflictError([rules.changed_meanwhile()])
    with refused_as(rules.changed_meanwhile()):
        extract = _create(actor, paper, draft, moment)
    ExtractDecision.objects.bulk_create(
        ExtractDecision(extract=extract, decision_id=row.id, replaced=row.covered_by is not None)
        for row in draft.decisions
    )
    if paper.line:
        paper.line.extract, paper.line.status = extract, ExtractOrderLine.Status.ISSUED
        paper.line.message = ""
        paper.line.save(update_fields=["extract", "status", "message"])
    _record(actor, extract, draft)
    return extract


def _hold_still(person_id: UUID) -> None:
    """Wait for whoever decides a grade of the person, and let nobody begin until we are done."""
    placements = Placement.objects.select_for_update(no_key=True).filter(person_id=person_id)
    list(placements.order_by("pk").values_list("pk"))


def _create(actor: Actor, paper: Paper, draft: Draft, moment: datetime) -> Extract:
    issuer, content = draft.issuer, paper.content
    return Extract.objects.create(
        id=paper.extract_id,
        person_id=draft.person.id,
        organiser_id=issuer.organiser_id,
        unit_id=paper.copy_of.unit_id if paper.copy_of else issuer.unit_id,
        document_id=content.document_id,
        content=content.to_json(),
        content_sha256=content.content_sha256,
        stored=store_document(paper.document, MEDIA_TYPE),
        pages=_pages(paper.document),
        english=content.english,
        principal_name=content.principal_name,
        issued_on=paper.today,
        issued_at=moment,
        issued_by_account=actor.id,
        issued_by_name=actor.name,
        issued_by_role=actor.role,
        submission=paper.submission,
        replaces=paper.replaces,
        copy_of=paper.copy_of,
        reason=paper.reason,
    )


def _pages(document: bytes) -> int:
    """Return the number of pages, as the document's own page tree says."""
    return max(int(number) for number in PAGE_COUNT.findall(document))


def _record(actor: Actor, extract: Extract, draft: Draft) -> None:
    """Tell the trail what was issued; the digests can be checked against the paper."""
    name = events.EXTRACT_ISSUED
    if extract.copy_of:
        name = events.EXTRACT_COPIED
    elif extract.replaces:
        name = events.EXTRACT_REISSUED
    record(
        name,
        actor=actor,
        subjects=[
            ("extract", extract.id),
            ("person", extract.person_id),
            *(("grade", row.placement_id) for row in draft.decisions),
        ],
        after={
            "document_id": extract.document_id,
            "issuer": draft.issuer.name,
            "delegated_by": draft.issuer.delegated_by,
            "replaces": extract.replaces.document_id if extract.replaces else "",
            "copy_of": extract.copy_of.document_id if extract.copy_of else "",
            "decisions": [row.id for row in draft.decisions],
            "english": extract.english,
            "sha256": extract.stored_id,
            "content_sha256": extract.content_sha256,
        },
        reason=extract.reason,
    )
