"""Reading the organisation: units in scope, initials, calendars and policy on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.audit.asking import worded_once
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.course_codes import upper_code
from provning.kernel.group_names import NamingRule, naming_rule_for
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Term
from provning.organisation.models import (
    Organiser,
    Policy,
    Provider,
    SchoolUnit,
    TermCalendar,
    UnitInitials,
)
from provning.organisation.policies_data import POLICIES, PolicyKey, PolicyValue, SigningMode
from provning.organisation.rows import (
    UNIT_COLUMNS,
    ProviderRow,
    TermDates,
    UnitRow,
    provider_row,
    unit_row_of,
)

__all__ = ["ProviderRow", "TermDates", "UnitRow"]

NOWHERE = Q(pk__in=())


def unit_scope(actor: Actor, permission: Permission, prefix: str = "unit") -> Q:
    """Return the filter that keeps what lies in the actor's scope.

    `prefix` is the path to the SchoolUnit foreign key, "" for units themselves. A teacher's own
    groups reach their unit here; the room of the groups narrows them down.
    """
    return _units_within(actor.scopes(permission), prefix)


def _units_within(scopes: Iterable[Scope], prefix: str) -> Q:
    paths = {
        ScopeKind.ORGANISER: _path(prefix, "provider__organiser"),
        ScopeKind.PROVIDER: _path(prefix, "provider"),
        ScopeKind.UNIT: prefix or "pk",
        ScopeKind.OWN_GROUPS: prefix or "pk",
    }
    return _within(scopes, paths)


def provider_scope(actor: Actor, permission: Permission, prefix: str = "provider") -> Q:
    """Return the filter over a path to Provider; a right in a unit reaches the unit's provider."""
    unit = _path(prefix, "units")
    paths = {
        ScopeKind.ORGANISER: _path(prefix, "organiser"),
        ScopeKind.PROVIDER: prefix or "pk",
        ScopeKind.UNIT: unit,
    }
    return _within(actor.scopes(permission), paths)


def organiser_scope(actor: Actor, permission: Permission, prefix: str = "organiser") -> Q:
    """Return the filter over a path to Organiser; only rights that wide reach one."""
    return _within(actor.scopes(permission), {ScopeKind.ORGANISER: prefix or "pk"})


def units_for(actor: Actor, permission: Permission) -> list[UnitRow]:
    """Return the units in scope, in Swedish order of their names; one query."""
    rows = [unit_row_of(columns) for columns in _units_in(*_places(actor, permission))]
    return sorted(rows, key=lambda row: sort_key(row.name))


def unit_for(actor: Actor, unit_id: UUID, permission: Permission) -> UnitRow:
    """Return one unit; raises `NotFoundError` when it is missing or out of scope."""
    found = _unit_in(unit_id, *_places(actor, permission))
    if not found:
        raise NotFoundError
    return unit_row_of(found[0])


def providers_for(actor: Actor, permission: Permission) -> list[ProviderRow]:
    """Return the providers in scope, in Swedish order of their names; one query."""
    found = Provider.objects.select_related("organiser")
    rows = [
        provider_row(each)
        for each in found.filter(provider_scope(actor, permission, "")).distinct()
    ]
    return sorted(rows, key=lambda row: sort_key(row.name))


def organisers_for(actor: Actor, permission: Permission) -> list[tuple[UUID, str]]:
    """Return id and name of the organisers in scope, in Swedish order; one query."""
    found = Organiser.objects.filter(organiser_scope(actor, permission, ""))
    return sorted(found.values_list("pk", "name"), key=lambda pair: sort_key(pair[1]))


def initials_on(unit_id: UUID, day: date) -> str | None:
    """Return the unit's initials on the day, None when it has none; one query."""
    found = UnitInitials.objects.filter(_valid_on(day), unit_id=unit_id)
    return found.values_list("initials", flat=True).first()


def term_dates(provider_id: UUID, term: Term) -> TermDates:
    """Return the provider's own first and last day, else the half-year's; one query."""
    own = TermCalendar.objects.filter(provider_id=provider_id, year=term.year, season=term.season)
    calendar = own.first()
    if calendar is None:
        return TermDates(term.first_day, term.last_day, own=False)
    return TermDates(calendar.first_day, calendar.last_day, own=True)


def policy_value(organiser_id: UUID, key: PolicyKey, on: date) -> PolicyValue:
    """Return what the organiser has decided for the day, else the default; one query."""
    value = next((value for (value,) in _decided(organiser_id, key, on)), None)
    return POLICIES[key].default if value is None else value


@worded_once
def _decided(organiser_id: UUID, key: PolicyKey, on: date) -> QuerySet[Policy, Any]:
    decided = Policy.objects.filter(_valid_on(on), organiser_id=organiser_id, key=key)
    return decided.order_by("pk").values_list("value")


class PolicyBook:
    """What several organisers have decided over time, read once, to be asked for many days."""

    def __init__(self, organiser_ids: Iterable[UUID], keys: Iterable[PolicyKey]) -> None:
        """Read every value of the keys; one query."""
        found = Policy.objects.filter(
            organiser_id__in=set(organiser_ids), key__in=[each.value for each in keys]
        )
        self._values: dict[tuple[UUID, str], list[Policy]] = {}
        for each in found.order_by("valid_from"):
            self._values.setdefault((each.organiser_id, each.key), []).append(each)

    def value(self, organiser_id: UUID, key: PolicyKey, on: date) -> PolicyValue:
        """Return what the organiser has decided for the day, else the default."""
        for each in self._values.get((organiser_id, key.value), ()):
            if each.valid_from <= on <= (each.valid_to or date.max):
                value: PolicyValue = each.value
                return value
        return POLICIES[key].default


def gy25_naming(organiser_id: UUID, on: date) -> NamingRule:
    """Return how groups of Gy25 levels are named."""
    return NamingRule(str(policy_value(organiser_id, PolicyKey.GY25_NAMING, on)))


def naming_rule(organiser_id: UUID, course_code: str, on: date) -> NamingRule:
    """Return how groups of a course are named: the manual's rule for all but Gy25 levels."""
    by_code = naming_rule_for(upper_code(course_code))
    return by_code if by_code is NamingRule.LAST_PART else gy25_naming(organiser_id, on)


def register_within_days(organiser_id: UUID, on: date) -> int:
    """Return how many days after the exam a grade is late."""
    return int(policy_value(organiser_id, PolicyKey.REGISTER_WITHIN_DAYS, on))


def principal_signs_all(organiser_id: UUID, on: date) -> bool:
    """Say whether rektor signs every catalogue, not only what rektor has decided."""
    return policy_value(organiser_id, PolicyKey.CATALOGUE_PRINCIPAL, on) == "all"


def signing_mode(organiser_id: UUID, on: date) -> SigningMode:
    """Return how the organiser's catalogues are signed."""
    return SigningMode(str(policy_value(organiser_id, PolicyKey.CATALOGUE_SIGNING, on)))


def requests_mail_to(organiser_id: UUID, on: date) -> str:
    """Return where notices of requests go, "" when nobody wants them."""
    return str(policy_value(organiser_id, PolicyKey.REQUESTS_MAIL_TO, on))


def grading_right_on(provider: ProviderRow | UnitRow, day: date) -> bool:
    """Say whether the provider has betygsrätt, or needs none, on the day."""
    return provider.grading_right_on(day)


def _within(scopes: Iterable[Scope], paths: dict[ScopeKind, str]) -> Q:
    """Join scopes to one filter; no scope gives nothing."""
    found = NOWHERE
    for scope in scopes:
        if scope.kind is ScopeKind.EVERYTHING:
            return Q()
        if scope.kind in paths:
            found |= Q(**{paths[scope.kind]: scope.id})
    return found


def _path(prefix: str, rest: str) -> str:
    return f"{prefix}__{rest}" if prefix else rest


Places = tuple[tuple[ScopeKind, ...], *tuple[UUID | None, ...]]


def _places(actor: Actor, permission: Permission) -> Places:
    """Return the kinds of the actor's scopes, and the id of each."""
    scopes = sorted(actor.scopes(permission), key=lambda scope: scope.kind)
    return (tuple(scope.kind for scope in scopes), *(scope.id for scope in scopes))


@worded_once
def _units_in(kinds: tuple[ScopeKind, ...], *ids: UUID | None) -> QuerySet[SchoolUnit, Any]:
    scopes = map(Scope, kinds, ids)
    return SchoolUnit.objects.filter(_units_within(scopes, "")).values_list(*UNIT_COLUMNS)


@worded_once
def _unit_in(
    unit_id: UUID, kinds: tuple[ScopeKind, ...], *ids: UUID | None
) -> QuerySet[SchoolUnit, Any]:
    within = _units_within(map(Scope, kinds, ids), "")
    return SchoolUnit.objects.filter(within, pk=unit_id).values_list(*UNIT_COLUMNS)


def _valid_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
