"""Reading which catalogues are to be made, or made again.

Decisions are never removed, so a part lacks some exactly when it holds fewer than there are. A
person who has become protected changes both parts; a pass on a higher level marks a grade that an
older catalogue holds without the mark.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q

from provning.catalogues.models import GradeCatalogue
from provning.catalogues.rows import ToPrintRow
from provning.catalogues.rules import is_preliminary
from provning.courses.kinds import Curriculum
from provning.grading.models import GradeDecision
from provning.grading.queries.decisions import VALID_DECISION, standings_of
from provning.grading.replacement import covered
from provning.kernel.actors import Actor, Permission
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.organisation.models import TermCalendar
from provning.organisation.queries import unit_scope
from provning.people.models import Person

Place = tuple[UUID, int, str]
"""Unit, year and season."""
Series = tuple[Place, str, UUID | None]
"""A place, a part, and the teacher whose decisions alone a catalogue holds."""
GROUP = "placement__group"
PLACE = (f"{GROUP}__unit_id", f"{GROUP}__year", f"{GROUP}__season")
NOBODY = UUID(int=0)
HIDDEN = ExpressionWrapper(
    ~Q(placement__person__protection=Person.Protection.NONE), output_field=BooleanField()
)


@dataclass(frozen=True, slots=True)
class Area:
    """Where to look: where the actor may have catalogues made, or there in one unit alone."""

    actor: Actor
    unit_id: UUID | None

    def within(self, prefix: str) -> Q:
        """Return the filter over a path to SchoolUnit."""
        scope = unit_scope(self.actor, Permission.MAKE_CATALOGUES, prefix)
        return scope & Q(**{f"{prefix}_id": self.unit_id}) if self.unit_id else scope


@dataclass(frozen=True, slots=True)
class Printed:
    """What the latest version of a series holds, and when it was made."""

    decisions: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Lower:
    """A grade on a level that a later decision in the subject may replace."""

    decision_id: UUID
    person_id: UUID
    series: tuple[Series, Series]


def catalogues_to_print(
    actor: Actor, today: date, *, unit_id: UUID | None = None
) -> list[ToPrintRow]:
    """Return the units and ended terms whose latest catalogue does not say what it should.

    Only where the actor may have it made, and only in one unit with `unit_id`; the oldest term
    first. Preliminary ones do not count. Six queries at most.
    """
    area = Area(actor, unit_id)
    names, decided = _decided(area)
    printed = _printed(area)
    held = _by_part(printed)
    replaced = _replaced(area, printed)
    ends = _ends(names)
    rows = [
        _row(place, name, decided[place], held[place], replaced[place])
        for place, name in names.items()
        if not is_preliminary(ends[place], today)
    ]
    waiting = [row for row in rows if row.waits]
    return sorted(waiting, key=lambda row: (row.term, sort_key(row.unit_name)))


def _row(
    place: Place, name: str, decided: Counter[str], printed: Counter[str], replaced: int
) -> ToPrintRow:
    """Compare what there is with what is printed, part by part."""
    return ToPrintRow(
        unit_id=place[0],
        unit_name=name,
        term=_term(place),
        decisions=decided.total(),
        printed=printed.total(),
        replaced=replaced,
        moved=any(number != printed[part] for part, number in decided.items()),
    )


def _decided(area: Area) -> tuple[dict[Place, str], defaultdict[Place, Counter[str]]]:
    """Return the unit's name and the decisions by part, where the actor may have them printed."""
    counted = (
        GradeDecision.objects.filter(area.within(f"{GROUP}__unit"))
        .order_by()
        .annotate(hidden=HIDDEN)
        .values_list(*PLACE, f"{GROUP}__unit__name", "hidden")
        .annotate(number=Count("pk"))
    )
    names: dict[Place, str] = {}
    decisions: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for unit_id, year, season, name, hidden, number in counted:
        names[unit_id, year, season] = name
        decisions[unit_id, year, season][_part(hidden=hidden)] += number
    return names, decisions


def _printed(area: Area) -> dict[Series, Printed]:
    """Return what the latest version of each series holds."""
    catalogues = GradeCatalogue.objects.filter(area.within("unit"), preliminary=False)
    fields = ("unit_id", "year", "season", "part", "teacher_id", "decisions", "made_at")
    return {
        ((unit_id, year, season), part, teacher): Printed(decisions, made_at)
        for unit_id, year, season, part, teacher, decisions, made_at in catalogues.order_by(
            "version"
        ).values_list(*fields)
    }


def _by_part(printed: dict[Series, Printed]) -> defaultdict[Place, Counter[str]]:
    """Return how many decisions are printed in each part of a place, all teachers together."""
    counts: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for (place, part, _teacher), each in printed.items():
        counts[place][part] += each.decisions
    return counts


def _replaced(area: Area, printed: dict[Series, Printed]) -> Counter[Place]:
    """Count the printed grades that a pass decided after the print replaces, by place."""
    lowers = _lowers(area)
    higher = {
        key: standing.decision_id
        for standings in standings_of(each.person_id for each in lowers).values()
        for key, standing in covered(standings).items()
    }
    wanted = {higher[each.decision_id] for each in lowers if each.decision_id in higher}
    moments = dict(GradeDecision.objects.filter(pk__in=wanted).values_list("pk", "decided_at"))
    found: Counter[Place] = Counter()
    for each in lowers:
        decided_at = moments.get(higher.get(each.decision_id, NOBODY))
        made = next((printed[key] for key in each.series if key in printed), None)
        if decided_at and made and decided_at > made.made_at:
            found[each.series[0][0]] += 1
    return found


def _lowers(area: Area) -> list[Lower]:
    """Return the grades on levels of Gy25 after which something was decided in the subject."""
    course = f"{GROUP}__course"
    later = GradeDecision.objects.filter(
        **{
            "placement__person_id": OuterRef("placement__person_id"),
            f"{course}__curriculum": Curriculum.GY25,
            f"{course}__subject_code": OuterRef(f"{course}__subject_code"),
            "decided_at__gt": OuterRef("decided_at"),
        }
    )
    levels = GradeDecision.objects.filter(
        area.within(f"{GROUP}__unit"),
        VALID_DECISION,
        Exists(later),
        **{f"{course}__curriculum": Curriculum.GY25},
    ).annotate(hidden=HIDDEN, person=F("placement__person_id"))
    fields = ("pk", "person", "decided_by_id", "hidden", *PLACE)
    return [
        Lower(
            key, person, ((place, _part(hidden=hidden), None), (place, _part(hidden=hidden), who))
        )
        for key, person, who, hidden, *rest in levels.values_list(*fields)
        for place in [(rest[0], rest[1], rest[2])]
    ]


def _part(*, hidden: bool) -> str:
    """Return the part that speaks of a person."""
    parts = GradeCatalogue.Part
    return (parts.PROTECTED if hidden else parts.ORDINARY).value


def _ends(places: Iterable[Place]) -> dict[Place, date]:
    """Return the last day of each place's term, by the provider's own calendar where it has one."""
    wanted = set(places)
    calendars = TermCalendar.objects.filter(provider__units__in={each[0] for each in wanted})
    own = {
        (unit_id, year, season): last_day
        for unit_id, year, season, last_day in calendars.values_list(
            "provider__units", "year", "season", "last_day"
        )
    }
    return {place: own.get(place, _term(place).last_day) for place in wanted}


def _term(place: Place) -> Term:
    """Return the term of a place."""
    return Term(place[1], Season(place[2]))
