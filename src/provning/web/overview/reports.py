"""What waits among the files that have been handed over: those with a grade that is another now."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.reporting.rows import SentRow
from provning.web.pieces import Task


def report_tasks(rows: Sequence[SentRow]) -> list[Task]:
    """Tell of files that were handed over and are out of date, the latest first."""
    if not rows:
        return []
    title = ngettext("Lämnad fil som är inaktuell", "Lämnade filer som är inaktuella", len(rows))
    text = _("{document} till {receiver} har ett betyg som har rättats eller ändrats.").format(
        document=rows[0].document_id, receiver=rows[0].receiver
    )
    return [Task(len(rows), title, text, "soon", reverse("reporting:sent"), _("Visa filerna"))]
