"""Reading decisions: which one is valid is a query, never a stored fact."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from provning.audit.asking import evened, worded_once
from provning.courses.models import Course
from provning.grading.models import GradeDecision, GradeParticulars, JointDecider
from provning.grading.replacement import Standing, covered
from provning.grading.rows import Decided, DecisionRow, Particulars, Previous, Successor
from provning.grading.rows.particulars import NAMES, VALUES
from provning.kernel.course_codes import level_variant
from provning.kernel.delegation import delegator_in
from provning.kernel.terms import Term
from provning.people.queries import of_persons, of_the_same, root_of

_PREVIOUS = (*("supersedes__value", "supersedes__placement__exam_date", "supersedes__course_code"),)
_SUCCESSOR = (
    *("superseded_by__id", "superseded_by__correction_type", "superseded_by__value"),
    *("superseded_by__placement__exam_date", "superseded_by__course_code"),
    *("superseded_by__decided_by_name", "superseded_by__decided_at", "superseded_by__reason"),
)
_SAID = (
    *("id", "placement_id", "value", "scale_id", "decided_by_name", "decider_role"),
    *("registered_by_name", "decided_at", "correction_type", *NAMES, *_PREVIOUS),
)
_REPLACED = (*_SAID, "superseded_by", "placement__superseded_by")
_IN_FULL = (
    *_SAID,
    *("course_code", "course_name", "points", "decided_by_id"),
    *("ground", "reason", "hearing", "hearing_note", *_SUCCESSOR),
    *("placement__person_id", "placement__exam_date", "placement__group_id"),
    *("placement__group__name", "placement__group__number", "placement__group__course_id"),
    *("placement__group__year", "placement__group__season", "placement__group__unit_id"),
    "placement__group__unit__name",
)
_STANDING = (
    *("id", "course_code", "value", "scale_id", "placement__exam_date"),
    *("placement__group__course_id", "placement__group__course__code"),
    *("placement__group__course__curriculum", "placement__group__course__subject_code"),
    "placement__group__course__level",
)
# What each row says: the models that these stand in have four times as many columns.

Values = dict[str, Any]
# Each is sent twice, and a database takes some 32,000 values at once.
MOST_PERSONS = 8_000
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
    read = _named(_REPLACED, _decided_on(*evened(placement_ids)))
    found: dict[UUID, Decided] = {}
    for values in sorted(read, key=itemgetter("decided_at", "id")):
        row = _decided(values)
        held = found.get(values["placement_id"])
        if held is None or held.replaced or not row.replaced:
            found[values["placement_id"]] = row
    return found


@worded_once
def _decided_on(*placement_ids: UUID) -> QuerySet[GradeDecision, Any]:
    decisions = GradeDecision.objects.filter(placement_id__in=placement_ids)
    return decisions.values_list(*_REPLACED)


def term_decisions(unit_id: UUID, term: Term) -> list[DecisionRow]:
    """Return every decision of a unit's groups in a term, by group and exam date.

    What a rättelse or ändring took the place of is there too, and says so. For programs: nobody's
    scope is asked and nobody is masked by it, since no name is in it. Three queries for any size.
    """
    decisions = GradeDecision.objects.filter(
        placement__group__unit_id=unit_id,
        placement__group__year=term.year,
        placement__group__season=term.season,
    )
    ordered = decisions.order_by("placement__group__name", *_BY_DATE).values_list(*_IN_FULL)
    return _rows(_named(_IN_FULL, ordered))


def person_decisions(
    person_ids: Iterable[UUID], within: Q | None = None
) -> dict[UUID, list[DecisionRow]]:
    """Return every decision about each person, in every unit, by exam date; for programs.

    `within` is a filter over GradeDecision that keeps what is in somebody's scope; what replaces a
    grade is told wherever it was decided. Persons without any are left out. Three queries for any
    number.
    """
    columns = (*_IN_FULL, "root")
    asked = _about(*evened(person_ids)) if within is None else _rooted(person_ids, within)
    read = sorted(_named(columns, asked), key=itemgetter(*_BY_DATE))
    found: dict[UUID, list[DecisionRow]] = {}
    for values, row in zip(read, _rows(read), strict=True):
        found.setdefault(values["root"], []).append(row)
    return found


@worded_once
def _about(*person_ids: UUID) -> QuerySet[GradeDecision, Any]:
    return _rooted(person_ids, Q())


def _rooted(person_ids: Iterable[UUID], within: Q) -> QuerySet[GradeDecision, Any]:
    decisions = GradeDecision.objects.filter(within, of_persons(person_ids, "placement__"))
    return decisions.annotate(root=root_of("placement__")).values_list(*_IN_FULL, "root")


def standings_of(person_ids: Iterable[UUID]) -> dict[UUID, list[Standing]]:
    """Return each person's valid decisions as the rules of replacement see them.

    Two rows of one person have the decisions of both, under the kept row's id. One query for
    each `MOST_PERSONS`.
    """
    found: dict[UUID, dict[UUID, Standing]] = {}
    ids = list(dict.fromkeys(person_ids))
    for start in range(0, len(ids), MOST_PERSONS):
        some = evened(ids[start : start + MOST_PERSONS])
        for values in _named((*_STANDING, "root"), _standing_of(*some)):
            found.setdefault(values["root"], {})[values["id"]] = _standing(values)
    return {root: list(standings.values()) for root, standings in found.items()}


@worded_once
def _standing_of(*person_ids: UUID) -> QuerySet[GradeDecision, Any]:
    theirs = of_the_same(person_ids, "placement__")
    standing = GradeDecision.objects.filter(VALID_DECISION, theirs)
    return standing.annotate(root=root_of("placement__")).values_list(*_STANDING, "root")


_BY_DATE = ("placement__exam_date", "decided_at", "id")


def _named(columns: Sequence[str], found: Iterable[Sequence[Any]]) -> list[Values]:
    """Return the rows of an answer with their values by column."""
    return [dict(zip(columns, row, strict=True)) for row in found]


def _rows(read: Sequence[Values]) -> list[DecisionRow]:
    """Return the decisions with who decided along and what replaces them on higher levels."""
    joint = _joint_of(each["id"] for each in read) if read else {}
    replaced: dict[UUID, Standing] = {}
    for standings in standings_of(each["placement__person_id"] for each in read).values():
        replaced.update(covered(standings))
    return [
        _decision_row(each, joint.get(each["id"], []), replaced.get(each["id"])) for each in read
    ]


def _joint_of(decision_ids: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for decision_id, *who in _along(*evened(decision_ids)):
        found.setdefault(decision_id, []).append((who[0], who[1]))
    return found


@worded_once
def _along(*decision_ids: UUID) -> QuerySet[JointDecider, Any]:
    along = JointDecider.objects.filter(decision_id__in=decision_ids)
    return along.values_list("decision_id", "person_id", "name")


def _standing(values: Values) -> Standing:
    of_course = "placement__group__course"
    gy25 = values[f"{of_course}__curriculum"] == Course.Curriculum.GY25
    subject = f"{values[f'{of_course}__subject_code']}{level_variant(values[f'{of_course}__code'])}"
    return Standing(
        decision_id=values["id"],
        course_id=values[f"{of_course}_id"],
        course_code=values["course_code"],
        subject=subject if gy25 else "",
        level=values[f"{of_course}__level"] if gy25 else "",
        value=values["value"],
        scale_id=values["scale_id"],
        exam_date=values["placement__exam_date"],
    )


def _decided(values: Values) -> Decided:
    """Return a stored decision as it is read."""
    superseding = (values["superseded_by"], values["placement__superseded_by"])
    return Decided(
        id=values["id"],
        value=values["value"],
        scale_id=values["scale_id"],
        decided_by=values["decided_by_name"],
        decider_role=values["decider_role"],
        registered_by=values["registered_by_name"],
        decided_at=values["decided_at"],
        correction_type=values["correction_type"],
        replaced=any(each is not None for each in superseding),
        particulars=_particulars(values),
        previous=_previous(values),
    )


def _decision_row(
    values: Values, joint: Iterable[tuple[UUID, str]], higher: Standing | None
) -> DecisionRow:
    """Return a stored decision with its placement, its group and what stands around it."""
    group = "placement__group"
    return DecisionRow(
        id=values["id"],
        placement_id=values["placement_id"],
        group_id=values[f"{group}_id"],
        group_name=values[f"{group}__name"],
        group_number=values[f"{group}__number"],
        unit_id=values[f"{group}__unit_id"],
        unit_name=values[f"{group}__unit__name"],
        course_id=values[f"{group}__course_id"],
        course_code=values["course_code"],
        course_name=values["course_name"],
        points=values["points"],
        person_id=values["placement__person_id"],
        exam_date=values["placement__exam_date"],
        value=values["value"],
        scale_id=values["scale_id"],
        decided_by_id=values["decided_by_id"],
        decided_by_name=values["decided_by_name"],
        decider_role=values["decider_role"],
        joint=tuple(sorted(joint)),
        registered_by_name=values["registered_by_name"],
        decided_at=values["decided_at"],
        correction_type=values["correction_type"],
        ground=values["ground"],
        reason=values["reason"],
        hearing=values["hearing"],
        particulars=_particulars(values),
        previous=_previous(values),
        successor=_successor(values),
        covered_by=higher,
        hearing_note=values["hearing_note"],
        year=values[f"{group}__year"],
        season=values[f"{group}__season"],
    )


def particulars_of(stored: GradeParticulars) -> Particulars:
    """Return what stands beside the value of a draft."""
    return Particulars(*VALUES(stored))


def _particulars(values: Values) -> Particulars:
    return Particulars(*(values[name] for name in NAMES))


def _previous(values: Values) -> Previous | None:
    old = [values[each] for each in _PREVIOUS]
    return None if old[0] is None else Previous(*old)


def _successor(values: Values) -> Successor | None:
    key, kind, value, exam_date, code, by, at, reason = (values[each] for each in _SUCCESSOR)
    if key is None:
        return None
    return Successor(key, kind, value, exam_date, code, by, at, delegator_in(reason))
