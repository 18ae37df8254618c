"""Reading what goes out to other systems, and what they have told."""

from provning.feeds.queries.external import external_grades, held_lists, with_external
from provning.feeds.queries.grades import Choice, changed_students
from provning.feeds.queries.previews import (
    grade_counts,
    protected_in_term,
    student_count,
    term_counts,
)
from provning.feeds.queries.sent import with_sent
from provning.feeds.rows import GradeCounts, TermCounts

__all__ = [
    "Choice",
    "GradeCounts",
    "TermCounts",
    "changed_students",
    "external_grades",
    "grade_counts",
    "held_lists",
    "protected_in_term",
    "student_count",
    "term_counts",
    "with_external",
    "with_sent",
]
