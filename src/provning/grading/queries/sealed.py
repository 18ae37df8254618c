"""Whether every decision is what the trail says was decided; for programs, over everything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from provning.audit.queries import facts_of
from provning.grading import events
from provning.grading.models import GradeDecision
from provning.grading.sealing import seal_of

BATCH = 500
DECIDING = (events.GRADES_DECIDED, events.GRADE_CORRECTED, events.GRADE_AMENDED)
GONE = "raden finns inte, fast loggen talar om beslutet"
UNTOLD = "ingen händelse i loggen talar om beslutet"
CHANGED = "raden är ändrad: den svarar inte mot sitt sigill i loggen"
MOVED = "betyget eller datumet är ändrat"
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionFault:
    """A decision that does not hold, by its id, and in Swedish what is wrong with it."""

    decision_id: UUID
    fault: str


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """How many decisions hold, and each that does not."""

    holding: int
    faults: tuple[DecisionFault, ...]


def verify_decisions() -> DecisionReport:
    """Hold every decision against the event that told of it, and every event against its decisions.

    A row is read once; memory is one id for each decision. Decisions from before there were seals
    are held against the value and the day that their event names.
    """
    seen: set[bytes] = set()
    faults: list[DecisionFault] = []
    for told in _batches():
        rows = _rows().in_bulk(told)
        for key, fact in told.items():
            fault = _fault(rows.get(key), fact)
            if fault:
                faults.append(DecisionFault(key, fault))
        seen.update(key.bytes for key in told)
    faults += [DecisionFault(key, UNTOLD) for key in _keys() if key.bytes not in seen]
    told_of = sum(each.decision_id.bytes in seen for each in faults)
    return DecisionReport(len(seen) - told_of, tuple(faults))


def _batches() -> Iterator[dict[UUID, Told]]:
    """Give what the trail tells of decisions, some at a time."""
    told: dict[UUID, Told] = {}
    for after in facts_of(DECIDING):
        every = after.get("decisions", [after])
        told |= {UUID(each["decision"]): each for each in every}
        if len(told) >= BATCH:
            yield told
            told = {}
    if told:
        yield told


def _keys() -> Iterator[UUID]:
    return GradeDecision.objects.order_by("pk").values_list("pk", flat=True).iterator()


def _rows() -> QuerySet[GradeDecision]:
    return GradeDecision.objects.select_related("placement").prefetch_related("joint_deciders")


def _fault(row: GradeDecision | None, told: Told) -> str:
    """Say what is wrong with a decision, "" when nothing is."""
    if row is None:
        return GONE
    if "seal" not in told:
        same = (row.value, row.placement.exam_date.isoformat())
        return (
            "" if same == (told["value"], told["exam_date"]) else "betyget eller datumet är ändrat"
        )
    seal = seal_of(
        row,
        exam_date=row.placement.exam_date,
        person_id=row.placement.person_id,
        joint=[(each.person_id, each.name) for each in row.joint_deciders.all()],
    )
    return (
        "" if seal == told["seal"] else "raden är ändrad: den svarar inte mot sitt sigill i loggen"
    )
