"""Reading what goes out to other systems, and what they have told."""

from provning.feeds.queries.external import external_grades, held_lists
from provning.feeds.queries.grades import Choice, changed_students
from provning.feeds.queries.previews import grade_counts, term_counts
from provning.feeds.rows import ExternalGrade, GradeCounts, TermCounts

__all__ = [
    "Choice",
    "ExternalGrade",
    "GradeCounts",
    "TermCounts",
    "changed_students",
    "external_grades",
    "grade_counts",
    "held_lists",
    "term_counts",
]
