"""A file asked for by a person or an operator: checked, told to the trail, given in pieces."""

from collections.abc import Iterator
from datetime import date, datetime

from provning.feeds import policies
from provning.feeds.actions import note_taking_out
from provning.feeds.intervals import FeedInterval
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
    *, actor: Actor, start: str, end: str, school_type: str, now: datetime, today: date
) -> Iterator[bytes]:
    """Give Betyg XML of the actor's units; protected persons as the organiser's custom says.

    Raises `ProblemsFoundError` and `NotAllowedError` before the first piece.
    """
    interval = checked(start, end, school_type)
    note_taking_out(actor=actor, what=GRADES, start=start, end=end, school_type=school_type)
    return grade_feed(
        actor=actor,
        interval=interval,
        school_type=school_type,
        protected_at=policies.including_protected(today),
        now=now,
    )


def take_out_documents(*, actor: Actor, start: str, end: str, now: datetime) -> Iterator[bytes]:
    """Give betygsdokument, as `take_out_grades` does."""
    interval = checked(start, end)
    note_taking_out(actor=actor, what=DOCUMENTS, start=start, end=end, school_type="")
    return document_feed(interval=interval, now=now)


def take_out_snapshot(*, actor: Actor, term: str, now: datetime, today: date) -> Iterator[bytes]:
    """Give a term of the actor's units as an IMS snapshot, as `take_out_grades` does."""
    chosen = Term.parse(term)
    note_taking_out(
        actor=actor,
        what=SNAPSHOT,
        start=chosen.first_day.isoformat(),
        end=chosen.last_day.isoformat(),
        school_type="",
    )
    return term_snapshot(
        actor=actor,
        term=chosen,
        protected_at=policies.including_protected(today),
        now=now,
    )
