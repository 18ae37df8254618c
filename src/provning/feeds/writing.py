"""Whole files of what we hold, as pieces of bytes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from provning.betygxml.writing import document_pieces, grade_pieces
from provning.feeds.intervals import FeedInterval
from provning.feeds.policies import EXCHANGE
from provning.feeds.queries.grades import Choice, changed_students
from provning.kernel.actors import Actor, Permission


def grade_feed(
    *,
    actor: Actor,
    interval: FeedInterval,
    school_type: str,
    protected_at: Iterable[UUID] | None,
    now: datetime,
    right: Permission = EXCHANGE,
) -> Iterator[bytes]:
    """Give Betyg XML 1.1.1 of the interval from where the actor has the right, in constant memory.

    `protected_at` are the organisers whose protected persons are in the file, None for all.
    """
    choice = Choice(actor, school_type, protected_at, right)
    return grade_pieces(interval.answered(now), changed_students(choice, interval))


def document_feed(*, interval: FeedInterval, now: datetime) -> Iterator[bytes]:
    """Give betygsdokument 2.0 of the interval: none of ours has a type in the format.

    It knows examensbevis, kunskapsintyg and slutbetyg; what a prövning leads to is utdrag ur
    betygskatalogen, which is another document and is not called by another's name.
    """
    return document_pieces(interval.answered(now), ())
