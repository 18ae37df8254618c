"""Disposal of imports: the file, what stood in it and what became of each row."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.imports.disposal import old_imports
from provning.imports.models import ImportFile, StagedImport, StagedRow
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_imports(*, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]) -> int:
    """Remove those of the imports that may go; returns how many.

    Part of a run of disposal, which tells the trail. What was taken in stays.
    """
    require(actor, Permission.DISPOSE)
    ids = list(
        old_imports(organiser_id, before).filter(pk__in=list(keys)).values_list("pk", flat=True)
    )
    StagedRow.objects.filter(staged__in=ids).delete()
    ImportFile.objects.filter(staged__in=ids).delete()
    _count, by_model = StagedImport.objects.filter(pk__in=ids).delete()
    return by_model.get("imports.StagedImport", 0)
