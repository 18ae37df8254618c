"""What waits of who somebody is: a new number, or two rows that are one person."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.privacy.rows import CaseRow
from provning.web.pieces import Task


def case_tasks(rows: Sequence[CaseRow]) -> list[Task]:
    """Tell of identity cases that another has proposed, the oldest first; of nobody by name."""
    if not rows:
        return []
    title = ngettext("Identitetsärende att godkänna", "Identitetsärenden att godkänna", len(rows))
    text = _("{who} har föreslagit en ändring, som gäller först när du har godkänt den.").format(
        who=rows[0].proposed_by_name
    )
    return [Task(len(rows), title, text, "open", reverse("privacy:cases"), _("Läs förslaget"))]
