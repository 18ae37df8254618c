"""Whole files of what we hold, as pieces of bytes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from provning.betygxml.writing import document_pieces, grade_pieces
from provning.feeds.ims.rows import Snapshot
from provning.feeds.ims.writing import snapshot_pieces
from provning.feeds.intervals import SWEDEN, FeedInterval
from provning.feeds.policies import EXCHANGE
from provning.feeds.queries.grades import Choice, changed_students
from provning.feeds.queries.snapshots import TermChoice, groups, members, persons
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Term

SOURCE_NAME = "Prövning"


def grade_feed(
    *,
    actor: Actor,
    interval: FeedInterval,
    school_type: str,
    protected_at: Iterable[UUID] | None,
    now: datetime,
    right: Permission = EXCHANGE,
    as_of: datetime | None = None,
) -> Iterator[bytes]:
    """Give Betyg XML 1.1.1 of the interval from where the actor has the right, in constant memory.

    `protected_at` are the organisers whose protected persons are in the file, None for all; `as_of`
    is when the grades stood (`Choice`).
    """
    choice = Choice(actor, school_type, protected_at, right, as_of)
    return grade_pieces(interval.answered(now), changed_students(choice, interval))


def document_feed(*, interval: FeedInterval, now: datetime) -> Iterator[bytes]:
    """Give betygsdokument 2.0 of the interval: none of ours has a type in the format.

    It knows examensbevis, kunskapsintyg and slutbetyg; what a prövning leads to is utdrag ur
    betygskatalogen, which is another document and is not called by another's name.
    """
    return document_pieces(interval.answered(now), ())


def term_snapshot(
    *,
    actor: Actor,
    term: Term,
    protected_at: Iterable[UUID],
    now: datetime,
    noted: Iterable[UUID] = (),
) -> Iterator[bytes]:
    """Give the term as an IMS snapshot, in little memory; `noted` as in `TermChoice`."""
    choice = TermChoice(actor, term, tuple(protected_at), noted=tuple(noted))
    taken = now.astimezone(SWEDEN).replace(tzinfo=None)
    header = Snapshot(SOURCE_NAME, taken)
    return snapshot_pieces(header, persons(choice), groups(choice), members(choice))
