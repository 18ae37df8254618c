"""Which files that left carried a person: for everything about one person."""

from dataclasses import replace

from provning.extracts.rows import HeldExport, PersonCompilation
from provning.kernel.actors import Actor
from provning.reporting.queries import carried


def with_sent(actor: Actor, found: PersonCompilation) -> PersonCompilation:
    """Return the compilation with the files that carried the person, in the actor's scope."""
    codes = {each.row.id: each.row.course_code for each in found.decisions}
    exports = tuple(
        HeldExport(
            kind=row.kind_label,
            document_id=row.document_id,
            receiver=row.receiver,
            sent_on=row.sent_on,
            decisions=row.decisions,
            courses=tuple(sorted({codes[key] for key in row.decisions if key in codes})),
        )
        for row in carried(actor, found.details.row.id)
    )
    return replace(found, exports=exports)
