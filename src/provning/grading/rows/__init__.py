"""Grades as screens and higher rooms meet them."""

from provning.grading.rows.decisions import DecisionRow, Previous, Successor
from provning.grading.rows.drafts import DraftChange, DraftEntry, DraftResult, DraftStatus
from provning.grading.rows.lists import TRIAL_LABEL, DueRow, JointRow, LateRow, StudyPlanRow
from provning.grading.rows.particulars import Needs, Particulars
from provning.grading.rows.sheet import (
    Decided,
    EarlierGrade,
    GradeRow,
    GradeSheet,
    Opinion,
    SheetCounts,
)
from provning.grading.rows.story import Covering, GradeStory, Moved

__all__ = [
    "TRIAL_LABEL",
    "Covering",
    "Decided",
    "DecisionRow",
    "DraftChange",
    "DraftEntry",
    "DraftResult",
    "DraftStatus",
    "DueRow",
    "EarlierGrade",
    "GradeRow",
    "GradeSheet",
    "GradeStory",
    "JointRow",
    "LateRow",
    "Moved",
    "Needs",
    "Opinion",
    "Particulars",
    "Previous",
    "SheetCounts",
    "StudyPlanRow",
    "Successor",
]
