"""What a file would hold, counted before somebody takes it out."""

from datetime import date
from uuid import UUID

from provning.extracts.models import Extract
from provning.extracts.policies import extract_scope
from provning.feeds import policies
from provning.feeds.intervals import FeedInterval
from provning.feeds.queries.grades import Choice, changed_ids, standing_decisions
from provning.feeds.queries.snapshots import TermChoice, left_out, without_number
from provning.feeds.rows import GradeCounts, TermCounts
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.people.models import Person


def grade_counts(actor: Actor, interval: FeedInterval, school_type: str, on: date) -> GradeCounts:
    """Count what Betyg XML of the interval would hold; a constant number of queries."""
    policies.require_exchange(actor)
    choice = Choice(actor, school_type, policies.including_protected(on))
    everybody = Choice(actor, school_type, None)
    ids = changed_ids(choice, interval)
    standing = standing_decisions(choice).filter(placement__person__in=ids)
    students = ids.count()
    with_grades = standing.order_by().values("placement__person").distinct().count()
    issued = Extract.objects.filter(
        extract_scope(actor, policies.EXCHANGE),
        issued_at__gte=interval.start,
        issued_at__lt=interval.before,
    )
    return GradeCounts(
        students=students,
        grades=standing.count(),
        without=students - with_grades,
        protected=changed_ids(everybody, interval).count() - students,
        extracts=issued.count(),
    )


def student_count(choice: Choice, interval: FeedInterval) -> int:
    """Return of how many students Betyg XML of the interval speaks; one query."""
    return changed_ids(choice, interval).count()


def protected_in_term(actor: Actor, term: Term, on: date) -> list[UUID]:
    """Return the protected persons whose names a snapshot of the term holds, by custom."""
    policies.require_exchange(actor)
    choice = TermChoice(actor, term, tuple(policies.including_protected(on)))
    hidden = choice.placements().exclude(person__protection=Person.Protection.NONE)
    return list(hidden.order_by("person").values_list("person", flat=True).distinct())


def term_counts(actor: Actor, term: Term, on: date) -> TermCounts:
    """Count what a snapshot of the term would hold; a constant number of queries."""
    policies.require_exchange(actor)
    choice = TermChoice(actor, term, tuple(policies.including_protected(on)))
    placed = choice.placements().order_by().values("person").distinct()
    return TermCounts(
        groups=choice.groups().count(),
        students=placed.count(),
        protected=left_out(choice),
        without_number=without_number(choice),
        without_teacher=choice.groups().filter(grading_teacher__isnull=True).count(),
    )
