"""What waits among the deliveries: for the provider that sends and the centre that receives."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.archive.queries import DeliveryState, StandingRow
from provning.web.deliveries.listing import period_url
from provning.web.pieces import Task

AT_PROVIDER = {DeliveryState.MISSING, DeliveryState.PREPARED, DeliveryState.RETURNED}


def delivery_tasks(to_send: Sequence[StandingRow], to_receive: Sequence[StandingRow]) -> list[Task]:
    """Return the tasks: what has come back, what is to be sent, to be received, and who is late."""
    returned = [row for row in to_send if row.state is DeliveryState.RETURNED]
    unsent = [row for row in to_send if row.state in AT_PROVIDER and row not in returned]
    sent = [row for row in to_receive if row.state is DeliveryState.SENT]
    overdue = [row for row in to_receive if row.state in AT_PROVIDER and row.late]
    found = [
        _returned(returned) if returned else None,
        _unsent(unsent) if unsent else None,
        _sent(sent) if sent else None,
        _overdue(overdue) if overdue else None,
    ]
    return [task for task in found if task is not None]


def _returned(rows: Sequence[StandingRow]) -> Task:
    """Tell of deliveries that have come back with what is missing."""
    title = ngettext("Leverans som har återsänts", "Leveranser som har återsänts", len(rows))
    text = _("Vuxenutbildningscentrum har skrivit vad som saknas.")
    return Task(len(rows), title, text, "soon", _url(rows), _("Rätta"))


def _unsent(rows: Sequence[StandingRow]) -> Task:
    """Tell of periods whose catalogues are still at the provider, the first day to send them by."""
    title = ngettext(
        "Leverans till Vuxenutbildningscentrum",
        "Leveranser till Vuxenutbildningscentrum",
        len(rows),
    )
    first = min(rows, key=lambda row: row.due)
    text = _("{unit}, {period}: katalogerna ska skickas undertecknade i original.").format(
        unit=first.unit_name, period=first.period.label
    )
    state = "late" if first.late else "open"
    return Task(len(rows), title, text, state, _url(rows), _("Förbered"), last_day=first.due)


def _sent(rows: Sequence[StandingRow]) -> Task:
    """Tell of deliveries on their way to the centre."""
    title = ngettext("Leverans att ta emot", "Leveranser att ta emot", len(rows))
    first = min(rows, key=lambda row: row.due)
    text = _("Bocka av papperen mot följesedeln och registrera dem som mottagna.")
    state = "late" if first.late else "open"
    return Task(len(rows), title, text, state, _url(rows), _("Ta emot"), last_day=first.due)


def _overdue(rows: Sequence[StandingRow]) -> Task:
    """Tell the centre of units that have not sent in time."""
    title = ngettext("Leverans som dröjer", "Leveranser som dröjer", len(rows))
    first = min(rows, key=lambda row: row.due)
    text = _("{unit} skulle ha skickat {period} senast {day}.").format(
        unit=first.unit_name, period=first.period.label, day=first.due
    )
    url = f"{reverse('deliveries:list')}?state=late"
    return Task(len(rows), title, text, "late", url, _("Visa leveranserna"))


def _url(rows: Sequence[StandingRow]) -> str:
    """Return the one delivery or the place to prepare it, else the list of those not done."""
    if len(rows) > 1:
        return f"{reverse('deliveries:list')}?state=not-done"
    (row,) = rows
    if row.delivery_id:
        return reverse("deliveries:detail", args=[row.delivery_id])
    return period_url(row)
