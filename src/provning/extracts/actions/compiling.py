"""Handing out everything about a person as a file: a read that the trail is told of."""

from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.extracts import events
from provning.extracts.queries.compilation import compile_person
from provning.extracts.rows import PersonCompilation
from provning.kernel.actors import Actor


@transaction.atomic
def hand_out_compilation(*, actor: Actor, person_id: UUID, form: str) -> PersonCompilation:
    """Return everything that the actor may see of a person, and tell the trail of it.

    `form` is the kind of file it leaves the program in, json or pdf. Raises `NotFoundError`.
    """
    compilation = compile_person(actor, person_id)
    record(
        events.PERSON_COMPILED,
        actor=actor,
        subjects=[("person", person_id)],
        after={"format": form, "decisions": len(compilation.decisions)},
    )
    return compilation
