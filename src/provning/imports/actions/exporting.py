"""Telling the trail that somebody took a list out of the program."""

from collections.abc import Iterable

from django.db import transaction

from provning.audit.actions import record
from provning.imports import events
from provning.kernel.actors import Actor


@transaction.atomic
def note_export(
    *, actor: Actor, name: str, form: str, rows: int, subjects: Iterable[tuple[str, object]] = ()
) -> None:
    """Keep who took out which list, as which kind of file and how long; `subjects` say of what.

    `name` is the list's own name. What it was filtered by is not kept: it may name a person.
    """
    after = {"list": name, "format": form, "rows": rows}
    record(
        events.LIST_EXPORTED,
        actor=actor,
        subjects=[("account", actor.id), *subjects],
        after=after,
    )
