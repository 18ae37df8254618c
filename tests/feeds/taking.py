"""What a feed gives, read back from its bytes."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from provning.betygxml.reading import read_grades
from provning.betygxml.rows import CourseGrade, Interval, StudentGrades
from provning.feeds.intervals import SWEDEN
from provning.feeds.rules import feed_interval
from provning.feeds.writing import grade_feed
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor, Scope, ScopeKind, system_actor
from tests.grading import world

OPERATOR = system_actor("Testet", "test")
NEVER = ("2001-01-01", "2001-12-31")


def around(decision: GradeDecision) -> tuple[str, str]:
    """Return an interval about the minute a decision was made in.

    It takes in the minute before and after: a test's decisions may fall on both sides of a minute.
    """
    return _minute(decision, timedelta(minutes=-1)), _minute(decision, timedelta(minutes=1))


def before(decision: GradeDecision) -> tuple[str, str]:
    """Return an interval that ends with the minute before a decision."""
    return "2020-01-01", _minute(decision, timedelta(minutes=-1))


def after(decision: GradeDecision) -> tuple[str, str]:
    """Return an interval that begins with the minute after a decision."""
    return _minute(decision, timedelta(minutes=1)), "2100-01-01"


def students(
    ends: tuple[str, str],
    actor: Actor = OPERATOR,
    school_type: str = "",
    protected_at: Iterable[UUID] | None = (),
) -> dict[str, list[tuple[str, str]]]:
    """Return each student's grades, as course and value."""
    return {
        each.student: [
            (grade.course_code, grade.value)
            for grade in each.grades
            if isinstance(grade, CourseGrade)
        ]
        for each in rows(ends, actor, school_type, protected_at)
    }


def rows(
    ends: tuple[str, str],
    actor: Actor = OPERATOR,
    school_type: str = "",
    protected_at: Iterable[UUID] | None = (),
) -> list[StudentGrades]:
    """Return the students of a feed, read back."""
    pieces = grade_feed(
        actor=actor,
        interval=feed_interval(*ends),
        school_type=school_type,
        protected_at=protected_at,
        now=datetime.now(UTC),
    )
    interval, *parts = read_grades(io.BytesIO(b"".join(pieces)))
    assert isinstance(interval, Interval)
    found = [each for each in parts if isinstance(each, StudentGrades)]
    assert len(found) == len(parts)
    return found


def centre(organiser_id: UUID) -> Actor:
    """Return somebody at Vuxenutbildningscentrum."""
    return world.actor("adult_education_centre", Scope(ScopeKind.ORGANISER, organiser_id))


def _minute(decision: GradeDecision, away: timedelta = timedelta()) -> str:
    moment = decision.decided_at.astimezone(SWEDEN) + away
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
