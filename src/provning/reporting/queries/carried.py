"""Which exports carried whom, where they are kept as the question that they answered."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import unit_scope
from provning.people.models import Person
from provning.people.queries import of_person, person_rows
from provning.reporting.holding import SETTLED, Decided, Selection, Story, holds, renews
from provning.reporting.models import SentDecision, SentExport, SentPerson, SentSelection
from provning.reporting.policies import VIEW
from provning.reporting.rows import CarriedRow

UNIT: Final = "placement__group__unit"
FACTS: Final = (
    "pk",
    "placement__person",
    f"{UNIT}__provider__organiser",
    f"{UNIT}__provider",
    UNIT,
    "placement__group__course__curriculum",
    "placement__exam_date",
    "decided_at",
    "superseded_by__decided_at",
    "placement",
    "superseded_by__placement",
)
LeftOut = frozenset[tuple[UUID, UUID]]
"""Exports and the persons whom each of them left out."""


def stories(decisions: QuerySet[GradeDecision]) -> dict[UUID, Story]:
    """Return every decision of some, by person; one query."""
    found: defaultdict[UUID, list[Decided]] = defaultdict(list)
    for facts in decisions.order_by("decided_at").values_list(*FACTS):
        each = Decided(*facts)
        found[each.person_id].append(each)
    return {person_id: tuple(each) for person_id, each in found.items()}


def selections(condition: Q) -> list[Selection]:
    """Return the exports kept as questions that a filter over SentSelection gives; one query."""
    found = SentSelection.objects.filter(condition).select_related("export").order_by("as_of")
    return [_selection(each) for each in found]


def left_out_of(person_ids: Iterable[UUID]) -> LeftOut:
    """Return which exports have left some persons out; one query."""
    ids = list(person_ids)
    rows = SentPerson.objects.filter(person__in=ids, left_out=True)
    return frozenset(rows.values_list("export_id", "person_id") if ids else ())


def exports_holding(decisions: QuerySet[GradeDecision]) -> dict[UUID, set[UUID]]:
    """Return the exports that held any of some persons' decisions, and which; four queries.

    For whoever may know of the decisions: a program, or a query with its own scope.
    """
    told = stories(decisions)
    wanted = [each for story in told.values() for each in story]
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for named in SentDecision.objects.filter(decision__in=decisions):
        found[named.export_id].add(named.decision_id)
    out = left_out_of(told)
    asked = selections(possible(wanted))
    for selection in asked:
        for each in wanted:
            if (selection.export_id, each.person_id) not in out and holds(
                selection, each, told[each.person_id]
            ):
                found[selection.export_id].add(each.id)
    return dict(found)


def naming(person_ids: Iterable[UUID]) -> QuerySet[SentExport]:
    """Return the exports that held some persons by name."""
    rows = SentPerson.objects.filter(person__in=list(person_ids), left_out=False)
    return SentExport.objects.filter(pk__in=rows.values("export"))


def renewed_by(
    selection: Selection, corrected: Decided, story: Story, later: Iterable[Selection], out: LeftOut
) -> UUID | None:
    """Return the first later export to the same receiver that told what stands instead."""
    for each in later:
        same = (each.organiser_id, each.series) == (selection.organiser_id, selection.series)
        told = (each.export_id, corrected.person_id) not in out
        if same and told and renews(each, corrected, story):
            return each.export_id
    return None


def stale_counts(exports: Iterable[SentExport]) -> dict[UUID, int]:
    """Return how many decisions of each export another has superseded since, untold the receiver.

    Of those kept as questions, and of those that name persons: there, what a rättelse moved to
    another date. At most four queries, none where every export names its decisions.
    """
    asked = [each for each in exports if _asks(each) or each.kind == SentExport.Kind.IMS]
    if not asked:
        return {}
    told = stories(_of_corrected(asked))
    counts = _moved(asked, told)
    since = min(each.registered_at for each in asked)
    series = selections(
        Q(
            export__organiser__in={each.organiser_id for each in asked},
            export__registered_at__gte=since,
        )
    )
    for export_id in _unrenewed(series, told, left_out_of(told)):
        counts[export_id] += 1
    return dict(counts)


def _unrenewed(series: list[Selection], told: Mapping[UUID, Story], out: LeftOut) -> Iterable[UUID]:
    """Give an export for each decision that it held and that nothing has renewed."""
    by_series: defaultdict[tuple[UUID, tuple[str, str]], list[Selection]] = defaultdict(list)
    for selection in series:
        by_series[selection.organiser_id, selection.series].append(selection)
    corrected = [each for story in told.values() for each in story if each.superseded_at]
    for some in by_series.values():
        for each in corrected:
            story = told[each.person_id]
            if renewed_by(some[0], each, story, some, out):
                continue
            for selection in some:
                if (selection.export_id, each.person_id) not in out and holds(
                    selection, each, story
                ):
                    yield selection.export_id


def _moved(asked: list[SentExport], told: Mapping[UUID, Story]) -> defaultdict[UUID, int]:
    """Count, in exports that name persons, whom a rättelse has moved to another date since."""
    counts: defaultdict[UUID, int] = defaultdict(int)
    snapshots = {each.pk: each for each in asked if each.kind == SentExport.Kind.IMS}
    moved = {
        person_id: [each for each in story if each.moved]
        for person_id, story in told.items()
        if any(each.moved for each in story)
    }
    if not snapshots or not moved:
        return counts
    rows = SentPerson.objects.filter(person__in=moved, export__in=snapshots, left_out=False)
    for export_id, person_id in rows.values_list("export_id", "person_id"):
        counts[export_id] += sum(
            was_moved_since(snapshots[export_id], each) for each in moved[person_id]
        )
    return counts


def was_moved_since(export: SentExport, decision: Decided) -> bool:
    """Say whether an export of a term told of a date that a rättelse has moved since."""
    later, first, last = decision.superseded_at, export.covers_from, export.covers_to
    if not decision.moved or later is None or first is None or last is None:
        return False
    return later >= export.registered_at - SETTLED and first <= decision.exam_date <= last


def _asks(export: SentExport) -> bool:
    """Say whether an export is kept as its question; read with the export."""
    return hasattr(export, "selection")


def _of_corrected(asked: list[SentExport]) -> QuerySet[GradeDecision]:
    """Return all decisions about whom something has been corrected of since the first export."""
    since = min(each.registered_at for each in asked)
    corrections = GradeDecision.objects.filter(
        supersedes__isnull=False,
        decided_at__gte=since - SETTLED,
        **{f"{UNIT}__provider__organiser__in": {each.organiser_id for each in asked}},
    )
    return GradeDecision.objects.filter(
        placement__person__in=corrections.values("placement__person")
    )


def possible(wanted: Iterable[Decided]) -> Q:
    """Return the filter over SentSelection for those late enough, of the same organisers."""
    every = list(wanted)
    if not every:
        return Q(pk__in=())
    return Q(
        export__organiser__in={each.organiser_id for each in every},
        as_of__gt=min(each.decided_at for each in every),
    )


def _selection(row: SentSelection) -> Selection:
    """Return a stored question as the rules ask it."""
    export = row.export
    return Selection(
        export_id=export.pk,
        organiser_id=export.organiser_id,
        series=(export.kind, export.receiver),
        as_of=row.as_of,
        changed_from=row.changed_from,
        changed_before=row.changed_before,
        curricula=frozenset(row.curricula.split()),
        places=frozenset((kind, UUID(key) if key else None) for kind, key in json.loads(row.reach)),
    )


def carried(actor: Actor, person_id: UUID) -> list[CarriedRow]:
    """Return the sent exports that carried a person, the latest first, where the actor reads them.

    A masked person's are told to nobody. The same queries for any number.
    """
    person = person_rows(actor, [person_id]).get(person_id)
    if person is None or person.masked:
        return []
    decisions = GradeDecision.objects.filter(of_person(person_id, "placement__"))
    holding = exports_holding(decisions)
    seen = set(decisions.filter(unit_scope(actor, VIEW, UNIT)).values_list("pk", flat=True))
    kept = {key: held & seen for key, held in holding.items() if held & seen}
    units = SchoolUnit.objects.filter(unit_scope(actor, VIEW, ""))
    persons = Person.objects.filter(Q(pk=person_id) | Q(merged_into=person_id))
    named = naming(persons.values_list("pk", flat=True)).filter(
        organiser__in=units.values("provider__organiser")
    )
    exports = SentExport.objects.filter(Q(pk__in=kept) | Q(pk__in=named.values("pk")))
    return [_carried(each, kept.get(each.pk, set())) for each in exports.order_by("-registered_at")]


def exports_with_person(person_id: UUID) -> list[SentExport]:
    """Return every sent export that carried a person, by day; for programs: no actor, no scope."""
    decisions = GradeDecision.objects.filter(placement__person=person_id)
    named = naming([person_id]).values("pk")
    exports = SentExport.objects.filter(Q(pk__in=exports_holding(decisions)) | Q(pk__in=named))
    return list(exports.order_by("sent_on", "registered_at", "pk"))


def _carried(export: SentExport, decisions: set[UUID]) -> CarriedRow:
    return CarriedRow(
        kind_label=str(SentExport.Kind(export.kind).label),
        document_id=export.document_id,
        receiver=export.receiver,
        sent_on=export.sent_on,
        decisions=tuple(sorted(decisions)),
    )
