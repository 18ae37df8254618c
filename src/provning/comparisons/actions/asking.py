"""Asking for a comparison: the files are kept, and compared when their columns are understood."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.comparisons import events, rules
from provning.comparisons.actions.holding import (
    held_comparison,
    keep_pieces,
    now,
    order_removal,
    set_going,
)
from provning.comparisons.models import ComparedFile, Comparison
from provning.comparisons.policies import Place, require_place
from provning.imports.policies import Place as MappingPlace
from provning.imports.queries import saved_mapping
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, Problem, ProblemsFoundError, refuse_if
from provning.kernel.terms import Term
from provning.reconciliation import Side, Source, look_at

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes: its name, and its content in pieces that are read once."""

    file_name: str
    pieces: Iterable[bytes]


def ask_comparison(
    *,
    actor: Actor,
    provider_id: UUID,
    files: Mapping[Side, Upload],
    term: Term | None,
    submission: UUID,
    today: date,
) -> Comparison:
    """Keep the files and have them compared; columns that are not understood wait for a person.

    With a `term` the placements are those stored here, and `files` has none. The same `submission`
    again is the same comparison. Raises `NotFoundError`, `NotAllowedError`, and
    `ProblemsFoundError` with the side as field when a file cannot be read.
    """
    place = require_place(actor, provider_id)
    earlier = Comparison.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if earlier.asked_by_account == actor.id else [rules.form_used()])
        return earlier
    with tempfile.TemporaryDirectory() as folder:
        paths = {side: Path(folder, side.value) for side in files}
        kept, unmatched = _understood(place, files, paths)
        comparison = _store(actor, place, kept, paths, unmatched, term, submission, today)
    order_removal(comparison)
    return comparison


def purpose(side: Side) -> str:
    """Return what a mapping of a side's columns is saved as."""
    return f"reconcile-{side.value}"


def mapping_place(organiser_id: UUID, provider_id: UUID) -> MappingPlace:
    """Return a place as the saved mappings know it."""
    return MappingPlace(organiser_id, provider_id, "")


def _understood(
    place: Place, files: Mapping[Side, Upload], paths: Mapping[Side, Path]
) -> tuple[list[ComparedFile], bool]:
    """Return the files with their columns, and whether a person has to match some by hand."""
    kept, problems, unmatched = [], list[Problem](), False
    for side, upload in files.items():
        try:
            digest = _written(upload, paths[side])
            source, columns = _look(place, paths[side], side)
        except ProblemsFoundError as error:
            problems += [replace(each, field=side.value) for each in error.problems]
            continue
        unmatched = unmatched or bool(source.problems)
        kept.append(_file(side, upload.file_name, digest, source, columns))
    refuse_if(problems)
    return kept, unmatched


def _look(place: Place, path: Path, side: Side) -> tuple[Source, dict[str, str]]:
    """Return how a file is understood, with what was matched by hand for such a file before."""
    source = look_at(path, side)
    if not source.problems or source.match is None:
        return source, {}
    where = mapping_place(place.organiser_id, place.provider_id)
    saved = saved_mapping(where, purpose(side), list(source.match.header.cells))
    return (look_at(path, side, saved), saved) if saved else (source, {})


def _written(upload: Upload, path: Path) -> str:
    """Put a file on disk as it comes, and return its SHA-256."""
    digest = sha256()
    with path.open("wb") as written:
        for piece in upload.pieces:
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()


def _file(
    side: Side, file_name: str, digest: str, source: Source, columns: dict[str, str]
) -> ComparedFile:
    return ComparedFile(
        side=side.value,
        file_name=file_name[:LONGEST_NAME],
        sha256=digest,
        headers=list(source.match.header.cells) if source.match else [],
        columns=columns,
    )


@transaction.atomic
def _store(
    actor: Actor,
    place: Place,
    files: list[ComparedFile],
    paths: Mapping[Side, Path],
    unmatched: bool,  # noqa: FBT001 - one fact among the others
    term: Term | None,
    submission: UUID,
    today: date,
) -> Comparison:
    """Keep everything and set the job going; what has expired goes at the same time."""
    Comparison.objects.filter(asked_by_account=actor.id, expires_on__lte=today).delete()
    moment = now()
    comparison = Comparison.objects.create(
        organiser_id=place.organiser_id,
        provider_id=place.provider_id,
        stored=term is not None,
        term=term.code if term else "",
        status=Comparison.Status.COLUMNS,
        submission=submission,
        asked_at=moment,
        asked_by_account=actor.id,
        asked_by_name=actor.name,
        progress_at=moment,
        expires_on=rules.expiry(today),
    )
    for file in files:
        file.comparison = comparison
        file.save()
        keep_pieces(file, paths[Side(file.side)])
    record(
        events.COMPARISON_ASKED,
        actor=actor,
        subjects=[("comparison", comparison.id), ("provider", place.provider_id)],
        after={"files": ", ".join(each.file_name for each in files)},
    )
    if not unmatched:
        set_going(comparison, today)
    return comparison


@transaction.atomic
def resume_comparison(*, actor: Actor, comparison_id: UUID, today: date) -> Comparison:
    """Begin again with a comparison whose job has died; raises `ConflictError` when it has not."""
    comparison = held_comparison(actor, comparison_id, today)
    stalled = rules.is_stalled(comparison.progress_at, now())
    if comparison.status != Comparison.Status.RUNNING or not stalled:
        raise ConflictError([rules.not_now()])
    set_going(comparison, today)
    return comparison


@transaction.atomic
def put_back_comparison(*, lost_id: UUID) -> None:
    """Let another job claim a comparison whose job is known to be gone.

    One that waits already, or is locked (`OperationalError`), is left alone.
    """
    found = Comparison.objects.select_for_update(of=("self",), nowait=True)
    for comparison in found.filter(pk=lost_id, status=Comparison.Status.RUNNING, queued=False):
        comparison.queued, comparison.progress_at = True, now()
        comparison.save(update_fields=["queued", "progress_at"])
