"""Which sent exports hold a grade that a rättelse or ändring has taken the place of."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from provning.grading.consequences import Changed, Consequence
from provning.organisation.queries import unit_scope
from provning.people.queries import person_rows
from provning.reporting.models import SentDecision, SentExport
from provning.reporting.policies import VIEW

KIND = "sent_export"
OLD = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, har det gamla betyget. Gör en ny fil och lämna"
    " den."
)
RENEWED = gettext_noop(
    "{document}, som lämnades till {receiver} {day}, hade det gamla betyget. {later} är lämnad i"
    " stället."
)


def sent_consequences(changed: Changed) -> list[Consequence]:
    """Tell of the sent exports with an earlier decision, in the actor's scope.

    Nothing of a person whom the actor sees masked. An export has been seen to when a later one to
    the same receiver either holds what stands, or covers the same dates without what stood.
    """
    old = [each.id for each in changed.earlier]
    seen = unit_scope(changed.actor, VIEW, "decision__placement__group__unit")
    holding = SentDecision.objects.filter(seen, decision__in=old)
    exports = SentExport.objects.filter(pk__in=holding.values("export"))
    found = list(exports.order_by("-registered_at", "pk"))
    person_id = changed.standing.person_id
    if not found or person_rows(changed.actor, [person_id])[person_id].masked:
        return []
    renewed = _renewed(found, old, changed.standing.id)
    return [_consequence(each, renewed.get(each.id, "")) for each in found]


def _renewed(exports: list[SentExport], old: list[UUID], standing: UUID) -> dict[UUID, str]:
    """Return the later document of each export that has been sent anew; one query."""
    held = SentDecision.objects.filter(export=OuterRef("pk"))
    series = Q(pk__in=())
    for each in exports:
        series |= Q(organiser=each.organiser_id, kind=each.kind, receiver=each.receiver)
    later = (
        SentExport.objects.filter(series)
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


def _consequence(export: SentExport, later: str) -> Consequence:
    params = {
        "document": export.document_id,
        "receiver": export.receiver,
        "day": export.sent_on,
        "later": later,
    }
    return Consequence(RENEWED if later else OLD, bool(later), KIND, export.id, params)
