"""Taking in a file: it is kept whole, and its columns are matched when they can be."""

from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from provning.imports import events, rules
from provning.imports.actions.steps import enqueue, now, tell
from provning.imports.kind import ImportKind
from provning.imports.kinds import KINDS
from provning.imports.models import ImportFile, StagedImport
from provning.imports.policies import Place, require_place
from provning.imports.queries.mappings import saved_mapping
from provning.imports.reading import as_file, look_at
from provning.imports.states import Status
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, refuse_if
from provning.tables import Match


def upload_file(
    *,
    actor: Actor,
    kind_key: str,
    place: str,
    file_name: str,
    content: bytes,
    submission: UUID,
    today: date,
) -> StagedImport:
    """Keep a file to be imported; a job then plans its rows, once its columns are matched.

    `place` is the id of the provider, or of the organiser, for whom it is. The same `submission`
    again is the same import. Raises `NotFoundError`, `NotAllowedError`, and `ProblemsFoundError`
    when the file cannot be read as a table.
    """
    kind = KINDS.get(kind_key)
    if kind is None:
        raise NotFoundError("import_kind")
    chosen = require_place(actor, kind, place)
    earlier = StagedImport.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if earlier.uploaded_by_account == actor.id else [rules.form_used()])
        return earlier
    match = _match(kind, chosen, content)
    return _store(actor, kind, chosen, file_name, content, match, submission, today)


def _match(kind: ImportKind, place: Place, content: bytes) -> Match | None:
    """Return how the columns are understood, with what was matched by hand for such a file before.

    None for a kind whose files have no columns.
    """
    if kind.read is not None:
        return None
    with as_file(content) as path:
        match = look_at(path, kind)
        if not match.problems:
            return match
        saved = saved_mapping(place, kind.key, list(match.header.cells))
        return look_at(path, kind, saved) if saved else match


@transaction.atomic
def _store(
    actor: Actor,
    kind: ImportKind,
    place: Place,
    file_name: str,
    content: bytes,
    match: Match | None,
    submission: UUID,
    today: date,
) -> StagedImport:
    """Keep the file and set the planning going, or let the columns wait for a person."""
    unmatched = match is not None and bool(match.problems)
    headers = list(match.header.cells) if match else []
    moment = now()
    staged = StagedImport.objects.create(
        kind=kind.key,
        organiser_id=place.organiser_id,
        provider_id=place.provider_id,
        status=Status.COLUMNS if unmatched else Status.STAGING,
        queued=not unmatched,
        submission=submission,
        file_name=file_name[: rules.LONGEST_NAME],
        sha256=sha256(content).hexdigest(),
        size=len(content),
        headers=headers,
        columns=saved_mapping(place, kind.key, headers) if match else {},
        uploaded_at=moment,
        uploaded_by_account=actor.id,
        uploaded_by_name=actor.name,
        uploaded_by_role=actor.role,
        asked_by_account=actor.id,
        asked_by_name=actor.name,
        progress_at=moment,
    )
    ImportFile.objects.create(staged=staged, content=content)
    tell(events.FILE_UPLOADED, actor, staged, {"kind": kind.label, "sha256": staged.sha256})
    if not unmatched:
        enqueue(staged, today)
    return staged
