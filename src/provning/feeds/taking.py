"""A file asked for by a person or an operator: checked, kept as taken out, given in pieces."""

from collections.abc import Iterator
from datetime import date, datetime

from provning.feeds import policies
from provning.feeds.actions import (
    Asked,
    Handing,
    note_documents_out,
    note_grades_out,
    note_snapshot_out,
)
from provning.feeds.intervals import FeedInterval
from provning.feeds.queries.grades import Choice
from provning.feeds.queries.snapshots import TermChoice
from provning.feeds.rules import feed_interval, school_type_problems
from provning.feeds.writing import document_feed, grade_feed, term_snapshot
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem, ProblemsFoundError, refuse_if
from provning.kernel.terms import Term

GRADES, DOCUMENTS, SNAPSHOT = "Betyg XML", "betygsdokument", "IMS"


def checked(start: str, end: str, school_type: str = "") -> FeedInterval:
    """Return the interval asked for; raises `ProblemsFoundError` with everything that is wrong."""
    problems: list[Problem] = []
    try:
        interval = feed_interval(start, end)
    except ProblemsFoundError as error:
        problems += error.problems
    refuse_if([*problems, *school_type_problems(school_type)])
    return interval


def take_out_grades(
    *,
    actor: Actor,
    handing: Handing,
    start: str,
    end: str,
    school_type: str,
    now: datetime,
    today: date,
) -> Iterator[bytes]:
    """Give Betyg XML of the actor's units as it stood at `now`; protected persons as custom says.

    Kept as a sent export before the first piece, since whoever breaks off has had the others.
    Raises `ProblemsFoundError` and `NotAllowedError` then.
    """
    interval = checked(start, end, school_type)
    protected_at = policies.including_protected(today)
    note_grades_out(
        actor=actor,
        handing=handing,
        asked=Asked(GRADES, start, end, school_type),
        choice=Choice(actor, school_type, protected_at, as_of=now),
        interval=interval,
        today=today,
    )
    return grade_feed(
        actor=actor,
        interval=interval,
        school_type=school_type,
        protected_at=protected_at,
        now=now,
        as_of=now,
    )


def take_out_documents(
    *, actor: Actor, handing: Handing, start: str, end: str, now: datetime, today: date
) -> Iterator[bytes]:
    """Give betygsdokument, as `take_out_grades` does."""
    interval = checked(start, end)
    note_documents_out(
        actor=actor,
        handing=handing,
        asked=Asked(DOCUMENTS, start, end),
        interval=interval,
        now=now,
        today=today,
    )
    return document_feed(interval=interval, now=now)


def take_out_snapshot(
    *, actor: Actor, handing: Handing, term: str, now: datetime, today: date
) -> Iterator[bytes]:
    """Give a term of the actor's units as an IMS snapshot, as `take_out_grades` does."""
    chosen = Term.parse(term)
    protected_at = tuple(policies.including_protected(today))
    exports = note_snapshot_out(
        actor=actor,
        handing=handing,
        asked=Asked(SNAPSHOT, chosen.first_day.isoformat(), chosen.last_day.isoformat()),
        choice=TermChoice(actor, chosen, protected_at),
        now=now,
        today=today,
    )
    return term_snapshot(
        actor=actor,
        term=chosen,
        protected_at=protected_at,
        now=now,
        noted=[each.pk for each in exports],
    )
