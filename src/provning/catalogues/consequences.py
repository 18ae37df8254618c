"""Which catalogues hold a grade that a rättelse or ändring has taken the place of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_noop

from provning.catalogues.models import GradeCatalogue
from provning.grading.consequences import Changed, Consequence
from provning.grading.models import GradeDecision
from provning.grading.rows import DecisionRow
from provning.kernel.actors import Permission
from provning.kernel.terms import Season, Term
from provning.organisation.queries import unit_scope

KIND = "catalogue"
OLD = gettext_noop(
    "Betygskatalogen för {unit}, {term}, har det gamla betyget i version {version}. Gör en ny"
    " version, som undertecknas på nytt."
)
LACKS = gettext_noop(
    "Betygskatalogen för {unit}, {term}, saknar det nya betyget i version {version}. Gör en ny"
    " version, som undertecknas på nytt."
)
MADE = gettext_noop("Betygskatalogen för {unit}, {term}, är gjord på nytt: version {version}.")
NOT_YET = gettext_noop(
    "Betygskatalogen för {unit}, {term}, är inte gjord än. Det nya betyget kommer med, och det"
    " gamla står kvar bredvid."
)


@dataclass(frozen=True, slots=True)
class Version:
    """The latest final version of one series in a unit and term; `held` that some version did."""

    version: int
    made_at: datetime
    held: bool


def catalogue_consequences(changed: Changed) -> list[Consequence]:
    """Tell of the final catalogues where the decisions lie, in the actor's scope; two queries.

    A version made after the last decision says what stands, and what stood beside it.
    """
    decisions = (*changed.earlier, changed.standing)
    places = _places(decisions)
    seen = unit_scope(changed.actor, Permission.VIEW_CATALOGUES, "placement__group__unit")
    in_scope = GradeDecision.objects.filter(seen, pk__in=[each.id for each in decisions])
    units = set(in_scope.values_list("placement__group__unit_id", flat=True))
    latest = _latest(changed, {place for place in places if place[0] in units})
    return [
        _consequence(changed, names, latest.get(place, []))
        for place, names in places.items()
        if place[0] in units
    ]


Place = tuple[UUID, Term]


def _places(decisions: Iterable[DecisionRow]) -> dict[Place, tuple[UUID, str, str]]:
    """Return where the decisions lie, each with what it is called, in the order of the chain."""
    return {
        (each.unit_id, each.term): (each.unit_id, each.unit_name, each.term.label)
        for each in decisions
    }


def _latest(changed: Changed, places: set[Place]) -> dict[Place, list[Version]]:
    """Return the latest version of every series in the places, without reading the contents."""
    holds = Q(pk__in=())
    for each in changed.earlier:
        holds |= Q(content__contains=str(each.id))
    catalogues = (
        GradeCatalogue.objects.filter(unit__in={unit for unit, _ in places}, preliminary=False)
        .annotate(holds=ExpressionWrapper(holds, output_field=BooleanField()))
        .order_by("version")
        .values_list(
            "unit_id", "year", "season", "part", "teacher_id", "version", "made_at", "holds"
        )
    )
    series: dict[tuple[Place, str, UUID | None], Version] = {}
    for unit, year, season, part, teacher, version, made_at, held in catalogues:
        key = ((unit, Term(year, Season(season))), part, teacher)
        before = key in series and series[key].held
        series[key] = Version(version, made_at, bool(held) or before)
    found: dict[Place, list[Version]] = {}
    for (place, _part, _teacher), latest in series.items():
        if place in places:
            found.setdefault(place, []).append(latest)
    return found


def _consequence(
    changed: Changed, names: tuple[UUID, str, str], versions: list[Version]
) -> Consequence:
    """Say how the catalogues of one unit and term stand to the new decision."""
    unit_id, unit, term = names
    held = [each for each in versions if each.held]
    old = [each for each in held or versions if each.made_at <= changed.standing.decided_at]
    shown = max(old or held or versions, key=lambda each: each.version, default=None)
    if shown is None:
        message = NOT_YET
    elif old:
        message = OLD if held else LACKS
    else:
        message = MADE
    params = {"unit": unit, "term": term, "version": shown.version if shown else 0}
    return Consequence(message, not old, KIND, unit_id, params)
