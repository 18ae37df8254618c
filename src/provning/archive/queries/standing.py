"""How every unit's ended periods stand with their deliveries: for lists and the overview."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from provning.archive.models import Delivery
from provning.archive.policies import SIDES
from provning.archive.queries.deliveries import Known, known_deliveries
from provning.archive.rows import DeliveryState, StandingRow
from provning.archive.rules.periods import Period, last_day_to
from provning.archive.rules.steps import Step
from provning.catalogues.models import GradeCatalogue
from provning.exams.queries import either
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor, Permission
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.organisation.models import SchoolUnit, TermCalendar
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import PolicyBook, unit_scope
from provning.organisation.rows import UnitRow, unit_row

KEYS = (
    PolicyKey.DELIVERY_PERIOD,
    PolicyKey.DELIVER_WITHIN_DAYS,
    PolicyKey.RECEIVE_WITHIN_DAYS,
)
PlaceKey = tuple[UUID, Period]
Newest = Mapping[tuple[UUID, Term], datetime]


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that the standings are made of, read once.

    `news` is when the newest decision or final catalogue of a unit and term was made.
    """

    units: Mapping[UUID, UnitRow]
    news: Newest
    deliveries: Mapping[PlaceKey, list[Known]]
    ends: Mapping[tuple[UUID, Term], date]
    custom: PolicyBook


def standings(actor: Actor, permission: Permission, today: date) -> list[StandingRow]:
    """Return how each ended period in scope stands, the newest period first, then by unit.

    Periods in which nothing was decided have none. The same few queries for any number.
    """
    read = _read(unit_scope(actor, permission), unit_scope(actor, permission, ""))
    return _rows(read, today)


def deliveries_to_see(actor: Actor, today: date) -> list[StandingRow]:
    """Return the standings that the actor may see from either side, in the same order."""
    paths = {prefix: [unit_scope(actor, each, prefix) for each in SIDES] for prefix in ("unit", "")}
    return _rows(_read(either(*paths["unit"]), either(*paths[""])), today)


def _rows(read: Read, today: date) -> list[StandingRow]:
    places = {_place(read, unit_id, term) for unit_id, term in read.news}
    places |= set(read.deliveries)
    rows = [_row(read, place, today) for place in places if _end(read, place) < today]
    return sorted(
        rows, key=lambda row: (-row.period.last_term.ordinal, row.period, sort_key(row.unit_name))
    )


def _row(read: Read, place: PlaceKey, today: date) -> StandingRow:
    """Return how one unit and period stands."""
    unit, period = read.units[place[0]], place[1]
    known = read.deliveries.get(place, [])
    last = known[-1] if known else None
    state = _state(last, _news(read, place))
    supplementary = any(each.step is Step.RECEIVED for each in known)
    due = _due(read, place, state, last)
    current = last if state is not DeliveryState.MISSING else None
    return StandingRow(
        unit_id=unit.id,
        unit_name=unit.name,
        provider_name=unit.provider_name,
        period=period,
        state=state,
        due=due,
        late=state is not DeliveryState.RECEIVED and today > due,
        delivery_id=current.delivery.id if current else None,
        document_id=current.delivery.document_id if current else "",
        supplementary=supplementary,
    )


def _state(last: Known | None, news: datetime | None) -> DeliveryState:
    """Return how a period stands; what is newer than a received delivery is missing."""
    if last is None:
        return DeliveryState.MISSING
    if last.step is Step.RECEIVED and news and news > last.prepared.taken_at:
        return DeliveryState.MISSING
    return DeliveryState(last.step.value)


def _due(read: Read, place: PlaceKey, state: DeliveryState, last: Known | None) -> date:
    """Return the last day in time to send; of what is sent, to receive."""
    organiser_id = read.units[place[0]].organiser_id
    if last is not None and state in {DeliveryState.SENT, DeliveryState.RECEIVED}:
        sent = _sent_day(last)
        days = read.custom.value(organiser_id, PolicyKey.RECEIVE_WITHIN_DAYS, sent)
        return last_day_to(sent, int(days))
    # A supplementary delivery is counted from the day the news came, not from the period's end.
    end = _end(read, place)
    news = _news(read, place)
    if last is not None and last.step is Step.RECEIVED and news:
        end = max(end, news.date())
    days = read.custom.value(organiser_id, PolicyKey.DELIVER_WITHIN_DAYS, end)
    return last_day_to(end, int(days))


def _sent_day(known: Known) -> date:
    """Return the day a delivery was sent last."""
    sent = [each.day for each in known.delivery.steps.all() if each.kind == Step.SENT]
    return sent[-1] if sent else known.last.day


def _news(read: Read, place: PlaceKey) -> datetime | None:
    """Return when anything of the period was last decided or printed."""
    moments = [
        read.news[place[0], term] for term in place[1].terms if (place[0], term) in read.news
    ]
    return max(moments, default=None)


def _end(read: Read, place: PlaceKey) -> date:
    """Return the period's last day, by the provider's own calendar when it has one."""
    provider_id, term = read.units[place[0]].provider_id, place[1].last_term
    return read.ends.get((provider_id, term), term.last_day)


def _place(read: Read, unit_id: UUID, term: Term) -> PlaceKey:
    """Return the period that a unit's term is delivered with."""
    organiser_id = read.units[unit_id].organiser_id
    kind = read.custom.value(organiser_id, PolicyKey.DELIVERY_PERIOD, term.last_day)
    return (unit_id, Period.of(term, str(kind)))


def _read(in_scope: Q, units_in_scope: Q) -> Read:
    """Read everything: units, decisions, catalogues, deliveries, calendars and custom."""
    found = SchoolUnit.objects.filter(units_in_scope).select_related("provider__organiser")
    units = {unit.pk: unit_row(unit) for unit in found}
    deliveries: defaultdict[PlaceKey, list[Known]] = defaultdict(list)
    for known in known_deliveries(Delivery.objects.filter(in_scope)):
        deliveries[known.delivery.unit_id, known.period].append(known)
    calendars = TermCalendar.objects.filter(
        provider__in={unit.provider_id for unit in units.values()}
    )
    fields = ("provider_id", "year", "season", "last_day")
    return Read(
        units=units,
        news=_newest(units),
        deliveries=deliveries,
        ends={
            (provider, Term(year, Season(season))): last
            for provider, year, season, last in calendars.values_list(*fields)
        },
        custom=PolicyBook((unit.organiser_id for unit in units.values()), KEYS),
    )


def _newest(units: Iterable[UUID]) -> Newest:
    """Return when the newest decision or final catalogue of each unit and term was made.

    Only where something has been decided: a term without decisions has nothing to deliver.
    """
    group = "placement__group"
    decided = (
        GradeDecision.objects.filter(**{f"{group}__unit__in": list(units)})
        .order_by()
        .values_list(f"{group}__unit_id", f"{group}__year", f"{group}__season")
        .annotate(newest=Max("decided_at"))
    )
    found = {(unit, Term(year, Season(season))): newest for unit, year, season, newest in decided}
    printed = (
        GradeCatalogue.objects.filter(unit__in=list(units), preliminary=False, teacher__isnull=True)
        .order_by()
        .values_list("unit_id", "year", "season")
        .annotate(newest=Max("made_at"))
    )
    for unit, year, season, newest in printed:
        key = (unit, Term(year, Season(season)))
        found[key] = max(newest, found.get(key, newest))
    return found
