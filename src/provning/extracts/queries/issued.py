"""Reading extracts that have been issued: a person's, one document, and those out of date."""

import hashlib
from uuid import UUID

from provning.catalogues.queries import DamagedDocumentError
from provning.extracts.models import Extract
from provning.extracts.policies import extract_scope
from provning.extracts.queries.standing import extract_rows, live_originals, touched
from provning.extracts.rows import ExtractDocument, ExtractRow, ExtractState, OutdatedRow
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.people.queries import of_person, person_for, person_rows

SEE = Permission.VIEW_CATALOGUES


def issued_to(actor: Actor, person_id: UUID) -> list[ExtractRow]:
    """Return the person's extracts in the actor's scope, the newest first.

    Raises `NotFoundError` when the person is out of scope. A masked person has none to show.
    """
    if person_for(actor, person_id).masked:
        return []
    extracts = Extract.objects.filter(extract_scope(actor, SEE), of_person(person_id))
    return extract_rows(extracts.order_by("-issued_at", "-document_id"))


def extract_for(actor: Actor, extract_id: UUID, permission: Permission = SEE) -> ExtractRow:
    """Return one extract.

    Raises `NotFoundError` when it is out of scope or speaks of somebody whom the actor sees masked.
    """
    rows = extract_rows(Extract.objects.filter(extract_scope(actor, permission), pk=extract_id))
    if not rows or _hidden(actor, rows[0].person_id):
        raise NotFoundError("extract")
    return rows[0]


def extract_document(actor: Actor, extract_id: UUID) -> ExtractDocument:
    """Return the stored document.

    Raises `NotFoundError` as `extract_for`, and `DamagedDocumentError` when the bytes are not those
    that were stored.
    """
    extracts = Extract.objects.filter(extract_scope(actor, SEE), pk=extract_id)
    extract = extracts.select_related("stored").first()
    if extract is None or _hidden(actor, extract.person_id):
        raise NotFoundError("extract")
    return document_of(extract)


def document_of(extract: Extract) -> ExtractDocument:
    """Return the bytes of an extract fetched with its stored document."""
    content = bytes(extract.stored.content)
    digest = hashlib.sha256(content).hexdigest()
    if digest != extract.stored_id:
        raise DamagedDocumentError(extract.document_id)
    name = f"utdrag-{extract.document_id}.pdf"
    return ExtractDocument(name, extract.stored.media_type, content, digest)


def outdated_extracts(actor: Actor) -> list[OutdatedRow]:
    """Return the extracts that no longer say what stands, where the actor issues, newest first.

    Copies stand under their originals. The same few queries for any number.
    """
    mine = live_originals().filter(extract_scope(actor, Permission.ISSUE_EXTRACTS))
    rows = [
        row
        for row in extract_rows(touched(mine).order_by("-issued_at", "-document_id"))
        if row.state is ExtractState.OUTDATED
    ]
    persons = person_rows(actor, {row.person_id for row in rows})
    return [OutdatedRow(row, persons[row.person_id]) for row in rows]


def _hidden(actor: Actor, person_id: UUID) -> bool:
    """Say whether the person's identity is kept from the actor."""
    return person_rows(actor, [person_id])[person_id].masked
