"""Initials, term calendars and policy: what holds from a day until something else holds."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_newer, refused_as
from provning.kernel.actors import Actor
from provning.kernel.course_codes import upper_code
from provning.kernel.problems import Problem, refuse_if
from provning.kernel.terms import Term
from provning.organisation import events, policies, rules
from provning.organisation.models import Organiser, Policy, SchoolUnit, TermCalendar, UnitInitials
from provning.organisation.policies_data import PolicyValue, policy_mark

ONE_DAY = timedelta(days=1)


@transaction.atomic
def set_initials(
    *,
    actor: Actor,
    unit_id: UUID,
    initials: str,
    valid_from: date,
    today: date | None = None,
    expected_version: int | None = None,
) -> UnitInitials:
    """Give a unit its initials from a day on; the earlier ones end the day before.

    Groups keep the names they have. With `today`, what replaces others does not begin earlier.
    """
    unit = policies.managed_unit(actor, unit_id)
    initials = upper_code(initials)
    latest = unit.initials.order_by("-valid_from").first()
    if latest and latest.initials == initials and latest.valid_from <= valid_from:
        return latest
    seen = (events.INITIALS_SET,)
    refuse_if_newer("unit", unit.pk, seen, expected=expected_version)
    refuse_if(
        rules.initials_rule(
            initials,
            valid_from,
            latest_start=latest.valid_from if latest else None,
            taken_by=_units_with(initials, unit, valid_from),
        )
        + rules.past_problems(valid_from, today if latest else None)
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
    *,
    actor: Actor,
    provider_id: UUID,
    term: Term,
    first_day: date,
    last_day: date,
    expected_version: int | None = None,
) -> TermCalendar:
    """Set the first and last day of a provider's term; new groups start from them."""
    provider = policies.managed_provider(actor, provider_id)
    key = {"provider": provider, "year": term.year, "season": term.season}
    calendar = TermCalendar.objects.filter(**key).first()
    before = _days(calendar) if calendar else None
    days = {"first_day": first_day, "last_day": last_day}
    if calendar and before == days:
        return calendar
    seen = (events.CALENDAR_SET,)
    refuse_if_newer("provider", provider.pk, seen, expected=expected_version)
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
    today: date | None = None,
    expected_version: int | None = None,
) -> Policy:
    """Decide a policy's value from a day on; the earlier value ends the day before.

    With `today`, nothing begins earlier: what has been decided since then followed another value.
    """
    organiser = policies.managed_organiser(actor, organiser_id)
    latest = organiser.policies.filter(key=key).order_by("-valid_from").first()
    if latest and latest.value == value and latest.valid_from <= valid_from:
        return latest
    _refuse_if_set(organiser, key, expected_version)
    latest_start = latest.valid_from if latest else None
    refuse_if(
        rules.policy_problems(key, value, valid_from, latest_start)
        + rules.past_problems(valid_from, today)
    )
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


@transaction.atomic
def withdraw_policy(
    *,
    actor: Actor,
    organiser_id: UUID,
    key: str,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Take back a value that has not begun; what holds until then goes on."""
    organiser = policies.managed_organiser(actor, organiser_id)
    coming = organiser.policies.filter(key=key, valid_from__gt=today).order_by("-valid_from")
    row = coming.first()
    if row is None:
        return
    _refuse_if_set(organiser, key, expected_version)
    facts = {"key": key, "value": row.value, "valid_from": row.valid_from}
    row.delete()
    earlier = organiser.policies.filter(key=key).order_by("-valid_from").first()
    if earlier is not None:
        earlier.valid_to = None
        earlier.save(update_fields=["valid_to"])
    subjects = [("organiser", organiser.pk)]
    record(events.POLICY_WITHDRAWN, actor=actor, subjects=subjects, after=facts)


def _refuse_if_set(organiser: Organiser, key: str, expected_version: int | None) -> None:
    """Refuse to go over what somebody else has decided of the same policy in the meantime."""
    refuse_if_newer(
        "organiser",
        organiser.pk,
        events.OF_POLICIES,
        expected=expected_version,
        holding=policy_mark(key),
    )


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
