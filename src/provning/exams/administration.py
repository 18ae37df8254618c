"""What whoever manages the organisation is told of groups: how many, never which."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from provning.exams.models import ExamGroup
from provning.kernel.course_codes import upper_code
from provning.kernel.group_names import NamingRule, naming_rule_for
from provning.organisation.above import declare_effect, declare_standing
from provning.organisation.policies_data import PolicyKey, PolicyValue


def groups_after(unit_ids: Collection[UUID], last_day: date, _today: date) -> int:
    """Count the groups that go on after the day; one query."""
    return ExamGroup.objects.filter(unit__in=unit_ids, end_date__gt=last_day).count()


def groups_with_gy25_names(
    organiser_id: UUID, _value: PolicyValue, _first_day: date, today: date
) -> int:
    """Count the groups of Gy25 levels that have not ended; one query."""
    codes = _standing(organiser_id, today).values_list("course__code", flat=True)
    return sum(naming_rule_for(upper_code(each)) is not NamingRule.LAST_PART for each in codes)


def _standing(organiser_id: UUID, today: date) -> QuerySet[ExamGroup]:
    return ExamGroup.objects.filter(unit__provider__organiser=organiser_id, end_date__gte=today)


declare_standing(
    gettext_noop("{count} prövningsgrupp pågår efter den dagen."),
    gettext_noop("{count} prövningsgrupper pågår efter den dagen."),
    hinders=True,
    count=groups_after,
)
declare_effect(
    PolicyKey.GY25_NAMING,
    gettext_noop("{count} grupp för en nivå i Gy25 finns redan och behåller sitt namn."),
    gettext_noop("{count} grupper för nivåer i Gy25 finns redan och behåller sina namn."),
    groups_with_gy25_names,
)
