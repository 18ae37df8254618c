"""Which programs hold a grade that a rättelse or ändring has taken the place of, until they ask.

A program asks every night, so its calls are not kept pupil by pupil: who has asked since the first
decision and not since the new one holds the old value. Calls are disposed of when their time is
out, and with them what is known here.
"""

from django.utils import timezone
from django.utils.translation import gettext_noop

from provning.clients.queries import Pull, pulls_of
from provning.feeds.policies import EXCHANGE_PATHS
from provning.grading.consequences import Changed, Consequence
from provning.grading.models import GradeDecision
from provning.kernel.actors import Permission
from provning.organisation.queries import unit_scope
from provning.people.queries import person_rows
from provning.reporting.holding import SETTLED

KIND = "client"
VIEW = Permission.VIEW_REPORTS
UNIT = "placement__group__unit"
HOLDS_OLD = gettext_noop(
    "{client} hämtade betyg {day}, före det nya beslutet, och har det gamla betyget tills klienten"
    " hämtar igen."
)
ASKED_AGAIN = gettext_noop("{client} har hämtat betyg igen {day}, efter det nya beslutet.")


def pull_consequences(changed: Changed) -> list[Consequence]:
    """Tell of the clients that may hold an earlier decision, in the actor's scope; four queries.

    Nothing of a person whom the actor sees masked.
    """
    earlier = GradeDecision.objects.filter(
        unit_scope(changed.actor, VIEW, UNIT), pk__in=[each.id for each in changed.earlier]
    )
    rows = earlier.values_list(UNIT, f"{UNIT}__provider", f"{UNIT}__provider__organiser")
    places = {key for row in rows for key in row}
    if not places:
        return []
    settled = changed.standing.decided_at + SETTLED
    found = pulls_of(places, EXCHANGE_PATHS, changed.earlier[0].decided_at, settled)
    person_id = changed.standing.person_id
    if not found or person_rows(changed.actor, [person_id])[person_id].masked:
        return []
    return [_consequence(each) for each in found]


def _consequence(pull: Pull) -> Consequence:
    message = ASKED_AGAIN if pull.after else HOLDS_OLD
    day = timezone.localtime(pull.after or pull.before).strftime("%Y-%m-%d %H.%M")
    return Consequence(
        message, pull.after is not None, KIND, pull.client_id, {"client": pull.name, "day": day}
    )
