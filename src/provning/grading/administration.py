"""What whoever manages the organisation is told of grades: how many wait, never whose."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.organisation.above import counter, declare_effect, declare_standing
from provning.organisation.policies_data import PolicyKey, PolicyValue

SEEN = frozenset({Permission.VIEW_GROUPS})


def ungraded_in_units(unit_ids: Collection[UUID], _last_day: date, today: date) -> int:
    """Count the exams before today without a grade in the units; one query."""
    return _waiting(counter(ScopeKind.UNIT, unit_ids, SEEN), today)


def ungraded(organiser_id: UUID, _value: PolicyValue, _first_day: date, today: date) -> int:
    """Count the exams before today without a grade with the organiser; one query."""
    return _waiting(counter(ScopeKind.ORGANISER, [organiser_id], SEEN), today)


def late(organiser_id: UUID, value: PolicyValue, _first_day: date, today: date) -> int:
    """Count those whose last day would have passed with so many days; one query."""
    who = counter(ScopeKind.ORGANISER, [organiser_id], SEEN)
    return _waiting(who, today, exam_before=today - timedelta(days=int(value)))


def _waiting(actor: Actor, today: date, *, exam_before: date | None = None) -> int:
    # Loaded by the first who asks: this module is loaded at every start.
    from provning.grading.queries.waiting import waiting_count

    return waiting_count(actor, today, exam_before=exam_before)


declare_standing(
    gettext_noop("{count} prövning väntar på betyg."),
    gettext_noop("{count} prövningar väntar på betyg."),
    hinders=False,
    count=ungraded_in_units,
)
declare_effect(
    PolicyKey.REGISTER_WITHIN_DAYS,
    gettext_noop("{count} prövning väntar på betyg i dag."),
    gettext_noop("{count} prövningar väntar på betyg i dag."),
    ungraded,
)
declare_effect(
    PolicyKey.REGISTER_WITHIN_DAYS,
    gettext_noop("{count} av dem skulle i dag vara försenad med det nya antalet dagar."),
    gettext_noop("{count} av dem skulle i dag vara försenade med det nya antalet dagar."),
    late,
)
