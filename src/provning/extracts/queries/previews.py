"""An extract to look at before it is issued; nothing is stored."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from provning.extracts.printing import extract_press, print_extract, print_problems
from provning.extracts.queries.drafts import draft_extract
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if


def preview_extract(
    actor: Actor, person_id: UUID, decision_ids: Collection[UUID], *, english: bool, today: date
) -> bytes:
    """Return the document as it would be, marked on every page as not issued.

    Raises what `draft_extract` raises, and `ProblemsFoundError` for what cannot be printed.
    """
    draft = draft_extract(actor, person_id, decision_ids, english=english, today=today)
    refuse_if(print_problems(draft.content))
    with extract_press() as press:
        return print_extract(press, draft.content, preview=True)
