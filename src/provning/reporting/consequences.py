"""Which sent exports hold a grade that a rättelse or ändring has taken the place of."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from provning.grading.consequences import Changed, Consequence
from provning.grading.models import GradeDecision
from provning.organisation.queries import unit_scope
from provning.people.queries import of_person, person_rows
from provning.reporting.holding import Decided, Selection, Story, holds
from provning.reporting.models import SentDecision, SentExport
from provning.reporting.policies import VIEW
from provning.reporting.queries.carried import (
    UNIT,
    left_out_of,
    naming,
    possible,
    renewed_by,
    selections,
    stories,
    was_moved_since,
)

KIND = "sent_export"
OLD = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, har det gamla betyget. Gör en ny fil och lämna"
    " den."
)
OLD_AND_EARLIER = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, har det gamla betyget, liksom {earlier}"
    " tidigare. Gör en ny fil och lämna den."
)
OLD_DATE = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, har det gamla prövningsdatumet. Gör en ny fil"
    " och lämna den."
)
RENEWED = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, hade det gamla betyget. {later} är lämnad i"
    " stället."
)
RENEWED_DATE = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, hade det gamla prövningsdatumet. {later} är"
    " lämnad i stället."
)


def sent_consequences(changed: Changed) -> list[Consequence]:
    """Tell of the sent exports with an earlier decision, in the actor's scope.

    Nothing of a person whom the actor sees masked. An export has been seen to when a later one to
    the same receiver either holds what stands, or covers the same dates without what stood.
    """
    person_id = changed.standing.person_id
    told = stories(GradeDecision.objects.filter(of_person(person_id, "placement__")))
    seen = unit_scope(changed.actor, VIEW, UNIT)
    old = GradeDecision.objects.filter(seen, pk__in=[each.id for each in changed.earlier])
    ids = set(old.values_list("pk", flat=True))
    earlier = [each for story in told.values() for each in story if each.id in ids]
    found = [*_by_name(changed, ids), *_by_question(earlier, told), *_of_persons(earlier)]
    if not found or person_rows(changed.actor, [person_id])[person_id].masked:
        return []
    return found


def _by_name(changed: Changed, old: set[UUID]) -> Iterator[Consequence]:
    """Give the exports that name an earlier decision."""
    holding = SentDecision.objects.filter(decision__in=old)
    exports = SentExport.objects.filter(pk__in=holding.values("export"))
    found = list(exports.order_by("-registered_at", "pk"))
    renewed = _renewed(found, list(old), changed.standing.id)
    for each in found:
        later = renewed.get(each.id, "")
        yield _consequence(each, RENEWED if later else OLD, later)


def _by_question(earlier: list[Decided], told: dict[UUID, Story]) -> Iterator[Consequence]:
    """Give the latest export to each receiver among those whose question picked a decision."""
    asked = selections(possible(earlier))
    out = left_out_of(told if asked else ())
    holding: dict[object, list[tuple[Selection, Decided]]] = {}
    for selection in asked:
        for each in earlier:
            told_of = (selection.export_id, each.person_id) not in out
            if told_of and holds(selection, each, told[each.person_id]):
                place = (selection.organiser_id, selection.series)
                holding.setdefault(place, []).append((selection, each))
    exports = SentExport.objects.in_bulk([each.export_id for each in asked] if holding else ())
    for held in holding.values():
        selection, decision = held[-1]
        later = renewed_by(selection, decision, told[decision.person_id], asked, out)
        before = len({each.export_id for each, _decision in held}) - 1
        message = RENEWED if later else OLD_AND_EARLIER if before else OLD
        name = exports[later].document_id if later else ""
        yield _consequence(exports[selection.export_id], message, name, before)


def _of_persons(earlier: list[Decided]) -> Iterator[Consequence]:
    """Give the latest export of persons to each receiver that tells of a date that was moved."""
    moved = [each for each in earlier if each.moved]
    if not moved:
        return
    named = naming({each.person_id for each in moved}).order_by("registered_at", "pk")
    exports = [each for each in named if each.kind == SentExport.Kind.IMS]
    stale = [each for each in exports if any(was_moved_since(each, one) for one in moved)]
    for each in {(one.organiser_id, one.receiver, one.covers_from): one for one in stale}.values():
        later = _next_snapshot(each)
        yield _consequence(each, RENEWED_DATE if later else OLD_DATE, later)


def _next_snapshot(export: SentExport) -> str:
    """Return the document that told the receiver of the same term later, "" for none."""
    later = SentExport.objects.filter(
        organiser=export.organiser_id,
        kind=export.kind,
        receiver=export.receiver,
        covers_from=export.covers_from,
        registered_at__gt=export.registered_at,
    )
    found = later.order_by("-registered_at").first()
    return found.document_id if found else ""


def _renewed(exports: list[SentExport], old: list[UUID], standing: UUID) -> dict[UUID, str]:
    """Return the later document of each export that has been sent anew; one query."""
    held = SentDecision.objects.filter(export=OuterRef("pk"))
    series = Q(pk__in=())
    for each in exports:
        series |= Q(organiser=each.organiser_id, kind=each.kind, receiver=each.receiver)
    later = (
        SentExport.objects.filter(series, selection__isnull=True)
        .annotate(
            has_old=Exists(held.filter(decision__in=old)),
            has_new=Exists(held.filter(decision=standing)),
        )
        .order_by("registered_at")
    )
    found: dict[UUID, str] = {}
    for new in later if exports else ():
        for each in exports:
            if _follows(each, new) and (
                new.has_new or (_same_dates(each, new) and not new.has_old)
            ):
                found[each.id] = new.document_id
    return found


def _follows(old: SentExport, new: SentExport) -> bool:
    """Say whether the new one went to the same receiver later."""
    same = (old.organiser_id, old.kind, old.receiver) == (new.organiser_id, new.kind, new.receiver)
    return same and new.registered_at > old.registered_at


def _same_dates(old: SentExport, new: SentExport) -> bool:
    """Say whether the new one covers what the old one covered."""
    everything = new.covers_from is None
    return everything or (old.covers_from, old.covers_to) == (new.covers_from, new.covers_to)


def _consequence(export: SentExport, message: str, later: str, earlier: int = 0) -> Consequence:
    params = {
        "document": export.document_id,
        "receiver": export.receiver,
        "day": export.sent_on,
        "later": later,
        "earlier": earlier,
    }
    return Consequence(message, bool(later), KIND, export.id, params)
