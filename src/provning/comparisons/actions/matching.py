"""Saying by hand what the columns of the files mean, and keeping it for the next such files."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.comparisons import rules
from provning.comparisons.actions.asking import mapping_place, purpose
from provning.comparisons.actions.holding import held_comparison, looked_at, set_going
from provning.comparisons.models import Comparison
from provning.imports.actions import save_mapping
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, refuse_if
from provning.reconciliation import COLUMNS, Side
from provning.tables import IGNORED


@transaction.atomic
def match_comparison(
    *, actor: Actor, comparison_id: UUID, columns: Mapping[Side, Mapping[str, str]], today: date
) -> Comparison:
    """Say what each heading of each file means ("" when it is not used), and compare.

    The answer is kept for the provider's next file with the same headings. Raises
    `ProblemsFoundError` while a column that is needed has not been found, `ConflictError` when it
    is too late.
    """
    comparison = held_comparison(actor, comparison_id, today)
    if comparison.status != Comparison.Status.COLUMNS:
        raise ConflictError([rules.not_now()])
    files = {Side(each.side): each for each in comparison.files.all()}
    for side, file in files.items():
        known = {IGNORED, *(column.name for column in COLUMNS[side])}
        chosen = columns.get(side, {})
        refuse_if(rules.column_unknown(name) for name in chosen.values() if name not in known)
        file.columns = {text: name for text, name in chosen.items() if text in file.headers}
    with looked_at(files) as sources:
        refuse_if(problem for source in sources.values() for problem in source.problems)
    where = mapping_place(comparison.organiser_id, comparison.provider_id)
    for side, file in files.items():
        file.save(update_fields=["columns"])
        if file.columns:
            save_mapping(
                actor=actor,
                place=where,
                purpose=purpose(side),
                headers=file.headers,
                columns=file.columns,
            )
    set_going(comparison, today)
    return comparison
