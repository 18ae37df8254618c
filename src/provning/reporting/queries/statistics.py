"""Reading what a huvudman asks of a term: how many prövningar, which grades, and how soon."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from provning.exams.models import Placement
from provning.exams.queries.groups import VALID
from provning.grading.models import GradeDecision
from provning.grading.rules.deadlines import last_day_in_time
from provning.kernel.actors import Actor
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Term
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import PolicyBook, unit_scope
from provning.reporting.policies import VIEW
from provning.reporting.rows import ProviderStatistics

DAYS = PolicyKey.REGISTER_WITHIN_DAYS


def term_statistics(actor: Actor, organiser_id: UUID, term: Term) -> list[ProviderStatistics]:
    """Return a term's figures, a provider at a time, within the actor's scope; three queries.

    The days to a decision run from the exam to the first decision, whatever was corrected later;
    what a rättelse moved to another date counts where it was first decided.
    """
    scope = Q(
        unit_scope(actor, VIEW, "group__unit"),
        group__unit__provider__organiser=organiser_id,
        group__year=term.year,
        group__season=term.season,
    )
    names: dict[UUID, str] = {}
    grades: dict[UUID, Counter[str]] = {}
    outcomes: dict[UUID, Counter[str]] = {}
    for provider, name, outcome, value, number in _counted(scope):
        names[provider] = name
        kind, key = (grades, value) if value else (outcomes, outcome)
        kind.setdefault(provider, Counter())[key] += number
    waits, in_time = _waits(organiser_id, scope)
    rows = [
        ProviderStatistics(
            provider_id=key,
            provider_name=name,
            grades=grades.get(key, Counter()),
            outcomes=outcomes.get(key, Counter()),
            days=tuple(waits.get(key, ())),
            in_time=in_time[key],
        )
        for key, name in names.items()
    ]
    return sorted(rows, key=lambda row: sort_key(row.provider_name))


def _counted(scope: Q) -> list[tuple[UUID, str, str, str | None, int]]:
    """Return how many standing prövningar there are of each provider, outcome and grade."""
    counted = (
        Placement.objects.filter(VALID, scope, decisions__superseded_by__isnull=True)
        .order_by()
        .values_list(
            "group__unit__provider", "group__unit__provider__name", "outcome", "decisions__value"
        )
        .annotate(number=Count("pk"))
    )
    return list(counted)


def _waits(organiser_id: UUID, scope: Q) -> tuple[dict[UUID, list[int]], Counter[UUID]]:
    """Return the days from each exam to its first decision, and how many were in time."""
    book = PolicyBook([organiser_id], [DAYS])
    first = GradeDecision.objects.filter(
        supersedes__isnull=True, placement__in=Placement.objects.filter(scope)
    ).values_list("placement__group__unit__provider", "placement__exam_date", "decided_at")
    waits: dict[UUID, list[int]] = {}
    in_time: Counter[UUID] = Counter()
    for provider, exam_date, decided_at in first.iterator():
        decided = timezone.localtime(decided_at).date()
        waits.setdefault(provider, []).append((decided - exam_date).days)
        in_time[provider] += decided <= _last_day(book, organiser_id, exam_date)
    return waits, in_time


def _last_day(book: PolicyBook, organiser_id: UUID, exam_date: date) -> date:
    return last_day_in_time(exam_date, int(book.value(organiser_id, DAYS, exam_date)))
