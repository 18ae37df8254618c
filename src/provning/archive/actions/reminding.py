"""Reminding those whose turn it is before a delivery's last day: once for each day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from provning.accounts.queries import reachable_accounts
from provning.archive import events
from provning.archive.models import DeliveryReminder
from provning.archive.queries.standing import standings
from provning.archive.rows import DeliveryState, StandingRow
from provning.audit.actions import record
from provning.kernel.actors import Actor, Permission
from provning.organisation.models import SchoolUnit
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import PolicyBook, UnitRow, units_for

Side = DeliveryReminder.Side
RIGHTS = {Side.PROVIDER: Permission.SEND_DELIVERIES, Side.CENTRE: Permission.RECEIVE_DELIVERIES}


def remind_of_deliveries(*, actor: Actor, today: date) -> list[DeliveryReminder]:
    """Mail everybody whose turn it is with a delivery that is due soon, or overdue.

    Soon is the organiser's number of days before the last day. The same last day is reminded of
    once, however often this is called; where nobody can be reached nothing is kept, so that the
    next call tries again. The mail holds a day and a link. Returns the reminders that were made.
    """
    units = {unit.id: unit for unit in units_for(actor, Permission.SEND_DELIVERIES)}
    custom = PolicyBook({each.organiser_id for each in units.values()}, [PolicyKey.REMIND_DAYS])
    rows = standings(actor, Permission.SEND_DELIVERIES, today)
    found = [
        _remind(actor, units[row.unit_id], row, today)
        for row in rows
        if _is_due(row, units[row.unit_id], custom, today)
    ]
    return [each for each in found if each is not None]


def _is_due(row: StandingRow, unit: UnitRow, custom: PolicyBook, today: date) -> bool:
    """Say whether somebody is to be reminded by today."""
    if row.state is DeliveryState.RECEIVED:
        return False
    days = int(custom.value(unit.organiser_id, PolicyKey.REMIND_DAYS, today))
    return row.due - timedelta(days=days) <= today


@transaction.atomic
def _remind(actor: Actor, unit: UnitRow, row: StandingRow, today: date) -> DeliveryReminder | None:
    """Keep one reminder and queue its mails; None when it was made before, or reaches nobody."""
    side = Side.CENTRE if row.state is DeliveryState.SENT else Side.PROVIDER
    # Two who remind at once take turns here, so that the second finds the first one's.
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=unit.id)
    season = row.period.season.value if row.period.season else ""
    same = {"unit_id": unit.id, "year": row.period.year, "season": season}
    if DeliveryReminder.objects.filter(**same, side=side, due=row.due).exists():
        return None
    places = {unit.id, unit.provider_id, unit.organiser_id}
    accounts = reachable_accounts(RIGHTS[side], places, today)
    if not accounts:
        return None
    reminder = DeliveryReminder.objects.create(
        **same, side=side, due=row.due, recipients=len(accounts), made_at=datetime.now(UTC)
    )
    _record(actor, unit, row, reminder)
    transaction.on_commit(partial(_enqueue, reminder.id, accounts))
    return reminder


def _enqueue(reminder_id: UUID, accounts: Iterable[UUID]) -> None:
    """Queue a mail for each account by itself: nobody sees the others' addresses."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.archive.tasks import send_reminder

    for account_id in accounts:
        send_reminder.enqueue(str(reminder_id), str(account_id))


def _record(actor: Actor, unit: UnitRow, row: StandingRow, reminder: DeliveryReminder) -> None:
    """Tell the trail what was reminded of, and how many were."""
    delivery = [("delivery", row.delivery_id)] if row.delivery_id else []
    record(
        events.DELIVERY_REMINDED,
        actor=actor,
        subjects=[("unit", unit.id), *delivery],
        after={
            "unit": unit.name,
            "period": row.period.label,
            "side": reminder.side,
            "due": reminder.due,
            "count": reminder.recipients,
        },
    )
