"""Reading decisions: which one is valid is a query, never a stored fact."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from provning.audit.asking import evened, worded_once
from provning.courses.models import Course
from provning.grading.models import GradeDecision, GradeParticulars
from provning.grading.replacement import Standing, covered
from provning.grading.rows import Decided, DecisionRow, Particulars, Previous, Successor
from provning.grading.rows.particulars import NAMES, VALUES
from provning.kernel.course_codes import level_variant
from provning.kernel.delegation import delegator_in
from provning.kernel.terms import Term
from provning.people.models import Person
from provning.people.queries import of_persons, root_of

_SAID = (
    *("placement_id", "value", "scale_id", "decided_by_name", "decider_role"),
    *("registered_by_name", "decided_at", "correction_type"),
    *NAMES,
)
_SAID_IN_FULL = (
    *("course_code", "course_name", "points", "decided_by_id"),
    *("ground", "reason", "hearing", "hearing_note"),
)
_BEFORE = ("supersedes__value", "supersedes__course_code", "supersedes__placement__exam_date")
_AFTER = (
    *("superseded_by__correction_type", "superseded_by__value", "superseded_by__course_code"),
    *("superseded_by__decided_by_name", "superseded_by__decided_at", "superseded_by__reason"),
    "superseded_by__placement__exam_date",
)
_PLACE = (
    *("placement__person_id", "placement__exam_date", "placement__group__name"),
    *("placement__group__number", "placement__group__course_id", "placement__group__year"),
    *("placement__group__season", "placement__group__unit__name"),
)
_OF_STANDING = (
    *("course_code", "value", "scale_id", "placement__exam_date"),
    *("placement__group__course__code", "placement__group__course__curriculum"),
    *("placement__group__course__subject_code", "placement__group__course__level"),
)
# What each row says: the tables that these stand in have four times as many columns.

VALID_DECISION = Q(superseded_by__isnull=True, placement__superseded_by__isnull=True)
"""The condition of a decision that stands: no correction has taken its place."""


def decided_counts(group_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many valid decisions each group has; groups without any are left out."""
    counted = (
        GradeDecision.objects.filter(VALID_DECISION, placement__group_id__in=set(group_ids))
        .values_list("placement__group_id")
        .annotate(number=Count("pk"))
    )
    return dict(counted)


def decided_by_placement(placement_ids: Iterable[UUID]) -> dict[UUID, Decided]:
    """Return each placement's valid decision, or its last when a correction stands elsewhere."""
    found: dict[UUID, Decided] = {}
    # Put in order here: the database's way asks Django about each column that is read.
    for decision in sorted(_decided_in(*evened(placement_ids)), key=attrgetter("decided_at", "pk")):
        row = _decided(decision)
        held = found.get(decision.placement_id)
        if held is None or held.replaced or not row.replaced:
            found[decision.placement_id] = row
    return found


@worded_once
def _decided_in(*placement_ids: UUID) -> QuerySet[GradeDecision]:
    return (
        GradeDecision.objects.filter(placement_id__in=placement_ids)
        .select_related("superseded_by", "placement__superseded_by", "supersedes__placement")
        .only(*_SAID, *_BEFORE, "superseded_by__id", "placement__superseded_by__id")
    )


def term_decisions(unit_id: UUID, term: Term) -> list[DecisionRow]:
    """Return every decision of a unit's groups in a term, by group and exam date.

    What a rättelse or ändring took the place of is there too, and says so. For programs: nobody's
    scope is asked and nobody is masked by it, since no name is in it. Three queries for any size.
    """
    decisions = _with_everything().filter(
        placement__group__unit_id=unit_id,
        placement__group__year=term.year,
        placement__group__season=term.season,
    )
    return _rows(decisions.order_by("placement__group__name", *_BY_DATE))


def person_decisions(
    person_ids: Iterable[UUID], within: Q | None = None
) -> dict[UUID, list[DecisionRow]]:
    """Return every decision about each person, in every unit, by exam date; for programs.

    `within` is a filter over GradeDecision that keeps what is in somebody's scope; what replaces a
    grade is told wherever it was decided. Persons without any are left out. Three queries for any
    number.
    """
    keys = evened(person_ids)
    rooted = _about(*keys) if within is None else _about_these(keys).filter(within)
    # As in `decided_by_placement`.
    ordered = sorted(rooted, key=attrgetter("placement.exam_date", "decided_at", "pk"))
    found: dict[UUID, list[DecisionRow]] = {}
    for decision, row in zip(ordered, _rows(ordered), strict=True):
        found.setdefault(decision.root, []).append(row)
    return found


@worded_once
def _about(*person_ids: UUID) -> QuerySet[Any, Any]:
    return _about_these(person_ids)


def _about_these(person_ids: Iterable[UUID]) -> QuerySet[Any, Any]:
    wanted = of_persons(person_ids, "placement__")
    return _with_everything().filter(wanted).annotate(root=root_of("placement__"))


def standings_of(person_ids: Iterable[UUID]) -> dict[UUID, list[Standing]]:
    """Return each person's valid decisions as the rules of replacement see them; one query.

    Two rows of one person have the decisions of both, under the kept row's id.
    """
    found: dict[UUID, list[Standing]] = {}
    for decision in _standing_of(*evened(person_ids)):
        found.setdefault(decision.root, []).append(_standing(decision))
    return found


@worded_once
def _standing_of(*person_ids: UUID) -> QuerySet[Any, Any]:
    wanted = Person.objects.filter(pk__in=person_ids).annotate(
        root=Coalesce(F("merged_into_id"), F("pk"))
    )
    return (
        GradeDecision.objects.annotate(root=root_of("placement__"))
        .filter(VALID_DECISION, root__in=wanted.values("root"))
        .select_related("placement__group__course")
        .only(*_OF_STANDING)
    )


_BY_DATE = ("placement__exam_date", "decided_at", "pk")


def _with_everything() -> QuerySet[GradeDecision]:
    """Return the decisions with everything that a row says of them, and nothing else."""
    related = GradeDecision.objects.select_related(
        "placement__group__unit", "supersedes__placement", "superseded_by__placement"
    )
    columns = (*_SAID, *_SAID_IN_FULL, *_BEFORE, *_AFTER, *_PLACE)
    return related.only(*columns).prefetch_related("joint_deciders")


def _rows(decisions: Iterable[GradeDecision]) -> list[DecisionRow]:
    """Return the decisions with what replaces them on higher levels."""
    found = list(decisions)
    replaced: dict[UUID, Standing] = {}
    for standings in standings_of(each.placement.person_id for each in found).values():
        replaced.update(covered(standings))
    return [_decision_row(each, replaced.get(each.id)) for each in found]


def _standing(decision: GradeDecision) -> Standing:
    course = decision.placement.group.course
    gy25 = course.curriculum == Course.Curriculum.GY25
    return Standing(
        decision_id=decision.id,
        course_id=course.id,
        course_code=decision.course_code,
        subject=f"{course.subject_code}{level_variant(course.code)}" if gy25 else "",
        level=course.level if gy25 else "",
        value=decision.value,
        scale_id=decision.scale_id,
        exam_date=decision.placement.exam_date,
    )


def _decided(decision: GradeDecision) -> Decided:
    """Return a stored decision as it is read."""
    return Decided(
        id=decision.id,
        value=decision.value,
        scale_id=decision.scale_id,
        decided_by=decision.decided_by_name,
        decider_role=decision.decider_role,
        registered_by=decision.registered_by_name,
        decided_at=decision.decided_at,
        correction_type=decision.correction_type,
        replaced=hasattr(decision, "superseded_by") or hasattr(decision.placement, "superseded_by"),
        particulars=particulars_of(decision),
        previous=_previous(decision.supersedes),
    )


def _decision_row(decision: GradeDecision, higher: Standing | None) -> DecisionRow:
    """Return a stored decision with its placement, its group and what stands around it."""
    placement = decision.placement
    return DecisionRow(
        id=decision.id,
        placement_id=placement.id,
        group_id=placement.group_id,
        group_name=placement.group.name,
        group_number=placement.group.number,
        unit_id=placement.group.unit_id,
        unit_name=placement.group.unit.name,
        course_id=placement.group.course_id,
        course_code=decision.course_code,
        course_name=decision.course_name,
        points=decision.points,
        person_id=placement.person_id,
        exam_date=placement.exam_date,
        value=decision.value,
        scale_id=decision.scale_id,
        decided_by_id=decision.decided_by_id,
        decided_by_name=decision.decided_by_name,
        decider_role=decision.decider_role,
        joint=tuple(sorted((each.person_id, each.name) for each in decision.joint_deciders.all())),
        registered_by_name=decision.registered_by_name,
        decided_at=decision.decided_at,
        correction_type=decision.correction_type,
        ground=decision.ground,
        reason=decision.reason,
        hearing=decision.hearing,
        particulars=particulars_of(decision),
        previous=_previous(decision.supersedes),
        successor=_successor(getattr(decision, "superseded_by", None)),
        covered_by=higher,
        hearing_note=decision.hearing_note,
        year=placement.group.year,
        season=placement.group.season,
    )


def particulars_of(stored: GradeParticulars) -> Particulars:
    """Return what stands beside the value of a draft or a decision."""
    return Particulars(*VALUES(stored))


def _previous(old: GradeDecision | None) -> Previous | None:
    return Previous(old.value, old.placement.exam_date, old.course_code) if old else None


def _successor(new: GradeDecision | None) -> Successor | None:
    if new is None:
        return None
    return Successor(
        new.id,
        new.correction_type,
        new.value,
        new.placement.exam_date,
        new.course_code,
        new.decided_by_name,
        new.decided_at,
        delegator_in(new.reason),
    )
