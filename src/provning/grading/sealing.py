"""The seal of a decision: what the trail holds of its row, so that no changed byte goes unseen."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from provning.audit.actions import canonical
from provning.grading.models import GradeDecision

VERSION: Final = "1"
# As they were in version 1. A column that is added later needs a version of its own: what is
# sealed already stays as it is.
COLUMNS: Final = (
    "id", "placement_id", "value", "scale_id", "course_code", "course_name", "points",
    "decided_by_id", "decided_by_name", "decider_role", "registered_by_account",
    "registered_by_name", "decided_at", "submission", "supersedes_id", "correction_type", "ground",
    "reason", "hearing", "hearing_note", "exception_used", "specialisation", "language",
    "project_title", "project_summary", "co_assessor",
)  # fmt: skip


def seal_of(
    decision: GradeDecision,
    *,
    exam_date: date,
    person_id: UUID,
    joint: Iterable[tuple[UUID, str]],
) -> str:
    """Return the seal of a decision: the version and the SHA-256 of every column in order.

    `exam_date` and `person_id` are the placement's, `joint` those who decided along, as id and
    name: a grade is no grade without its person and day.
    """
    content = [getattr(decision, column) for column in COLUMNS]
    content += [exam_date, person_id, sorted((str(key), name) for key, name in joint)]
    return f"{VERSION}:{hashlib.sha256(canonical(content).encode()).hexdigest()}"
