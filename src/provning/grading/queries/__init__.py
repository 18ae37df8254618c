"""Reading grades, within what the actor may see."""

from provning.grading.queries.changes import draft_changes
from provning.grading.queries.decisions import (
    decided_counts,
    person_decisions,
    standings_of,
    term_decisions,
)
from provning.grading.queries.earlier import earlier_grades
from provning.grading.queries.joint import joint_waiting
from provning.grading.queries.sealed import DecisionFault, DecisionReport, verify_decisions
from provning.grading.queries.sheet import grade_sheet
from provning.grading.queries.story import corrected_away, grade_story
from provning.grading.queries.study_plan import study_plan_rows
from provning.grading.queries.waiting import grades_due, ungraded_after_exam
from provning.grading.rows import (
    DecisionRow,
    DueRow,
    EarlierGrade,
    GradeRow,
    GradeSheet,
    JointRow,
    LateRow,
    SheetCounts,
    StudyPlanRow,
)
from provning.grading.states import GradeState

__all__ = [
    "DecisionFault",
    "DecisionReport",
    "DecisionRow",
    "DueRow",
    "EarlierGrade",
    "GradeRow",
    "GradeSheet",
    "GradeState",
    "JointRow",
    "LateRow",
    "SheetCounts",
    "StudyPlanRow",
    "corrected_away",
    "decided_counts",
    "draft_changes",
    "earlier_grades",
    "grade_sheet",
    "grade_story",
    "grades_due",
    "joint_waiting",
    "person_decisions",
    "standings_of",
    "study_plan_rows",
    "term_decisions",
    "ungraded_after_exam",
    "verify_decisions",
]
