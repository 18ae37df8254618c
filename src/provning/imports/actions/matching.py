"""Saying by hand what the columns of a file mean, and keeping it for the next such file."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.imports import events, rules
from provning.imports.actions.steps import held_import, now, set_going
from provning.imports.kinds import KINDS
from provning.imports.models import ColumnMapping, StagedImport
from provning.imports.policies import Place
from provning.imports.reading import as_file, headers_digest, look_at
from provning.imports.states import Step
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.tables import IGNORED


@transaction.atomic
def match_columns(
    *, actor: Actor, import_id: UUID, columns: Mapping[str, str], today: date
) -> StagedImport:
    """Say what each header means ("" when it is not used), and set the planning going.

    The answer is kept for the place's next file with the same headers. Raises `ProblemsFoundError`
    while a column that is needed has not been found, `ConflictError` when it is too late.
    """
    staged = held_import(actor, import_id)
    kind = KINDS[staged.kind]
    known = {IGNORED, *(each.key for each in kind.fields)}
    refuse_if(rules.field_unknown(name) for name in columns.values() if name not in known)
    chosen = {header: name for header, name in columns.items() if header in staged.headers}
    with as_file(bytes(staged.file.content)) as path:
        refuse_if(look_at(path, kind, chosen).problems)
    place = Place(staged.organiser_id, staged.provider_id, "")
    save_mapping(actor=actor, place=place, purpose=kind.key, headers=staged.headers, columns=chosen)
    set_going(staged, actor, Step.MATCH, today, columns=chosen)
    return staged


@transaction.atomic
def save_mapping(
    *,
    actor: Actor,
    place: Place,
    purpose: str,
    headers: Sequence[str],
    columns: Mapping[str, str],
) -> None:
    """Keep what the headers mean, in place of what was kept before; nothing when it is the same.

    The caller has asked whether the actor may. `columns` has headers as keys and fields as values.
    """
    digest = headers_digest(list(headers))
    where = {
        "organiser_id": place.organiser_id,
        "provider_id": place.provider_id,
        "purpose": purpose,
        "headers_sha256": digest,
    }
    held = ColumnMapping.objects.select_for_update(of=("self",)).filter(**where).first()
    if held and held.columns == dict(columns):
        return
    mapping = held or ColumnMapping(**where)
    before = {"columns": mapping.columns} if held else None
    mapping.columns = dict(columns)
    mapping.saved_at, mapping.saved_by_name = now(), actor.name
    mapping.save()
    record(
        events.MAPPING_SAVED,
        actor=actor,
        subjects=[("organiser", place.organiser_id)],
        before=before,
        after={"purpose": purpose, "columns": dict(columns)},
    )
