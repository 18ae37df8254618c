"""Providers and units that end: nothing is removed, and nothing new begins after the last day."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_newer
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.organisation import events, policies, rules
from provning.organisation.above import standing_in
from provning.organisation.models import Provider, SchoolUnit


@transaction.atomic
def end_unit(
    *,
    actor: Actor,
    unit_id: UUID,
    last_day: date | None,
    today: date,
    expected_version: int | None = None,
) -> SchoolUnit:
    """Let a unit end with a day, that day included; None lets it go on.

    Refused while something stands in it after the day.
    """
    unit = policies.managed_unit(actor, unit_id)
    before = {"last_day": unit.last_day}
    if unit.last_day == last_day:
        return unit
    refuse_if_newer("unit", unit.pk, events.OF_UNITS, expected=expected_version)
    standing = standing_in([unit.pk], last_day, today) if last_day else []
    refuse_if(rules.last_day_problems(last_day, today, standing))
    unit.last_day = last_day
    unit.save(update_fields=["last_day"])
    after = {"name": unit.name, "last_day": last_day}
    name = events.UNIT_ENDED if last_day else events.UNIT_GOES_ON
    record(name, actor=actor, subjects=[("unit", unit.pk)], before=before, after=after)
    return unit


@transaction.atomic
def end_provider(
    *,
    actor: Actor,
    provider_id: UUID,
    last_day: date | None,
    today: date,
    expected_version: int | None = None,
) -> Provider:
    """Let a provider end with a day, and its units with it; None lets it go on."""
    provider = policies.managed_provider(actor, provider_id)
    before = {"last_day": provider.last_day}
    if provider.last_day == last_day:
        return provider
    refuse_if_newer("provider", provider.pk, events.OF_PROVIDERS, expected=expected_version)
    units = list(provider.units.values_list("pk", flat=True))
    standing = standing_in(units, last_day, today) if last_day else []
    refuse_if(rules.last_day_problems(last_day, today, standing))
    provider.last_day = last_day
    provider.save(update_fields=["last_day"])
    after = {"name": provider.name, "last_day": last_day}
    name = events.PROVIDER_ENDED if last_day else events.PROVIDER_GOES_ON
    record(name, actor=actor, subjects=[("provider", provider.pk)], before=before, after=after)
    return provider
