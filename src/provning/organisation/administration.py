"""Reading the organisation for who manages it: everything that there is, with what is to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.audit.conflicts import version_of
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.organisation import events
from provning.organisation.models import Organiser, Policy, Provider, TermCalendar, UnitInitials
from provning.organisation.policies_data import (
    ALL_POLICIES,
    PolicyKey,
    PolicyKind,
    PolicyValue,
    policy_mark,
)
from provning.organisation.queries import organiser_scope, provider_scope, unit_scope
from provning.organisation.rows import ProviderRow, provider_row

MANAGE = Permission.MANAGE_ORGANISATION


@dataclass(frozen=True, slots=True)
class OrganiserRow:
    """Huvudman with its home municipality."""

    id: UUID
    name: str
    municipality_code: str
    municipality_name: str
    organisation_number: str


@dataclass(frozen=True, slots=True)
class Period:
    """Some letters from a day to a day, both inclusive; no last day is until further notice."""

    initials: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A provider's own first and last day of a term."""

    term: Term
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Decided:
    """A policy's value from a day to a day, and the decision it stands in."""

    value: PolicyValue
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy as it stands with an organiser: what holds today, what comes, and all there was.

    `now` is None while the default holds.
    """

    kind: PolicyKind
    now: Decided | None
    coming: Decided | None
    earlier: tuple[Decided, ...]

    @property
    def value(self) -> PolicyValue:
        """Return what holds today."""
        return self.kind.default if self.now is None else self.now.value


def organisers_managed(actor: Actor) -> list[OrganiserRow]:
    """Return the organisers that the actor manages, in Swedish order; one query."""
    found = Organiser.objects.filter(organiser_scope(actor, MANAGE, ""))
    return sorted(map(_organiser, found), key=lambda row: sort_key(row.name))


def organiser_managed(actor: Actor, organiser_id: UUID) -> OrganiserRow:
    """Return one organiser; raises `NotFoundError` when it is missing or out of scope."""
    found = Organiser.objects.filter(organiser_scope(actor, MANAGE, ""), pk=organiser_id).first()
    if found is None:
        raise NotFoundError
    return _organiser(found)


def provider_managed(actor: Actor, provider_id: UUID) -> ProviderRow:
    """Return one provider; raises `NotFoundError` when it is missing or out of scope."""
    found = Provider.objects.select_related("organiser").filter(provider_scope(actor, MANAGE, ""))
    provider = found.filter(pk=provider_id).first()
    if provider is None:
        raise NotFoundError
    return provider_row(provider)


def initials_over_time(actor: Actor) -> dict[UUID, list[Period]]:
    """Return every unit's initials, the newest first, by unit; one query."""
    found = UnitInitials.objects.filter(unit_scope(actor, MANAGE)).order_by("-valid_from")
    periods: dict[UUID, list[Period]] = {}
    for each in found:
        period = Period(each.initials, each.valid_from, each.valid_to)
        periods.setdefault(each.unit_id, []).append(period)
    return periods


def initials_at(periods: Iterable[Period], day: date) -> str:
    """Return the letters that hold on the day, "" for none."""
    held = (p.initials for p in periods if p.valid_from <= day <= (p.valid_to or date.max))
    return next(held, "")


def calendars_of(actor: Actor, provider_id: UUID) -> list[CalendarRow]:
    """Return the terms that the provider has set, the latest first; one query."""
    found = TermCalendar.objects.filter(provider_scope(actor, MANAGE), provider_id=provider_id)
    rows = [
        CalendarRow(Term(each.year, Season(each.season)), each.first_day, each.last_day)
        for each in found.distinct()
    ]
    return sorted(rows, key=lambda row: row.term, reverse=True)


def policies_of(actor: Actor, organiser_id: UUID, today: date) -> list[PolicyRow]:
    """Return every policy there is with what the organiser has decided; one query."""
    found = Policy.objects.filter(organiser_scope(actor, MANAGE), organiser_id=organiser_id)
    decided: dict[str, list[Decided]] = {}
    for each in found.order_by("-valid_from"):
        row = Decided(each.value, each.valid_from, each.valid_to, each.source)
        decided.setdefault(each.key, []).append(row)
    return [_policy(kind, decided.get(kind.key, []), today) for kind in ALL_POLICIES]


def policy_version(organiser_id: UUID, key: PolicyKey) -> int:
    """Return the version of an organiser's policy, for who is about to change it."""
    mark = policy_mark(key)
    return version_of("organiser", organiser_id, events.OF_POLICIES, holding=mark)


def _organiser(each: Organiser) -> OrganiserRow:
    return OrganiserRow(
        each.pk, each.name, each.municipality_code, each.municipality_name, each.organisation_number
    )


def _policy(kind: PolicyKind, decided: list[Decided], today: date) -> PolicyRow:
    """Sort what has been decided, the newest first, into what comes, holds and has been."""
    coming = [each for each in decided if each.valid_from > today]
    begun = [each for each in decided if each.valid_from <= today]
    now = next((each for each in begun if today <= (each.valid_to or date.max)), None)
    earlier = tuple(each for each in begun if each is not now)
    return PolicyRow(kind, now, coming[-1] if coming else None, earlier)
