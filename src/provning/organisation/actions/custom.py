"""Initials, term calendars and policy: what holds from a day until something else holds."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.kernel.actors import Actor
from provning.kernel.course_codes import upper_code
from provning.kernel.problems import Problem, refuse_if
from provning.kernel.terms import Term
from provning.organisation import events, policies, rules
from provning.organisation.models import Policy, SchoolUnit, TermCalendar, UnitInitials
from provning.organisation.policies_data import PolicyValue

ONE_DAY = timedelta(days=1)


@transaction.atomic
def set_initials(*, actor: Actor, unit_id: UUID, initials: str, valid_from: date) -> UnitInitials:
    """Give a unit its initials from a day on; the earlier ones end the day before.

    Groups keep the names they have.
    """
    unit = policies.managed_unit(actor, unit_id)
    initials = upper_code(initials)
    latest = unit.initials.order_by("-valid_from").first()
    if latest and latest.initials == initials and latest.valid_from <= valid_from:
        return latest
    refuse_if(
        rules.initials_rule(
            initials,
            valid_from,
            latest_start=latest.valid_from if latest else None,
            taken_by=_units_with(initials, unit, valid_from),
        )
    )
    before = {"initials": latest.initials, "valid_from": latest.valid_from} if latest else None
    after = {"name": unit.name, "initials": initials, "valid_from": valid_from}
    row = latest
    with refused_as(_set_meanwhile()):
        if row is None or row.valid_from < valid_from:
            _end(row, valid_from)
            row = UnitInitials(unit=unit, valid_from=valid_from)
        row.initials = initials
        row.save()
    subjects = [("unit", unit.pk)]
    record(events.INITIALS_SET, actor=actor, subjects=subjects, before=before, after=after)
    return row


@transaction.atomic
def set_term_calendar(
    *, actor: Actor, provider_id: UUID, term: Term, first_day: date, last_day: date
) -> TermCalendar:
    """Set the first and last day of a provider's term; new groups start from them."""
    provider = policies.managed_provider(actor, provider_id)
    key = {"provider": provider, "year": term.year, "season": term.season}
    calendar = TermCalendar.objects.filter(**key).first()
    before = _days(calendar) if calendar else None
    days = {"first_day": first_day, "last_day": last_day}
    if calendar and before == days:
        return calendar
    refuse_if(rules.calendar_problems(term, first_day, last_day))
    calendar = calendar or TermCalendar(**key)
    calendar.first_day, calendar.last_day = first_day, last_day
    with refused_as(_set_meanwhile()):
        calendar.save()
    record(
        events.CALENDAR_SET,
        actor=actor,
        subjects=[("provider", provider.pk)],
        before=before,
        after={"name": provider.name, "term": term.label, **days},
    )
    return calendar


@transaction.atomic
def set_policy(
    *,
    actor: Actor,
    organiser_id: UUID,
    key: str,
    value: PolicyValue,
    valid_from: date,
    source: str = "",
) -> Policy:
    """Decide a policy's value from a day on; the earlier value ends the day before."""
    organiser = policies.managed_organiser(actor, organiser_id)
    latest = organiser.policies.filter(key=key).order_by("-valid_from").first()
    if latest and latest.value == value and latest.valid_from <= valid_from:
        return latest
    latest_start = latest.valid_from if latest else None
    refuse_if(rules.policy_problems(key, value, valid_from, latest_start))
    before = {"value": latest.value, "valid_from": latest.valid_from} if latest else None
    row = latest
    with refused_as(_set_meanwhile()):
        if row is None or row.valid_from < valid_from:
            _end(row, valid_from)
            row = Policy(organiser=organiser, key=key, valid_from=valid_from)
        row.value, row.source = value, source
        row.save()
    record(
        events.POLICY_SET,
        actor=actor,
        subjects=[("organiser", organiser.pk)],
        before=before,
        after={"key": key, "value": value, "valid_from": valid_from, "source": source},
    )
    return row


def _end(row: UnitInitials | Policy | None, next_first_day: date) -> None:
    """Let a period end the day before the next one begins."""
    if row is not None:
        row.valid_to = next_first_day - ONE_DAY
        row.save(update_fields=["valid_to"])


def _units_with(initials: str, unit: SchoolUnit, valid_from: date) -> list[str]:
    """Name the organiser's other units that have the letters on or after the day."""
    others = UnitInitials.objects.exclude(unit=unit).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from),
        initials=initials,
        unit__provider__organiser_id=unit.provider.organiser_id,
    )
    return list(others.order_by("unit__name").values_list("unit__name", flat=True).distinct())


def _days(calendar: TermCalendar) -> dict[str, date]:
    return {"first_day": calendar.first_day, "last_day": calendar.last_day}


def _set_meanwhile() -> Problem:
    message = "Någon annan sparade samma uppgift nyss. Ladda om sidan."
    return Problem("custom-saved-meanwhile", "", message)
