"""The only writes of grades: drafts that may change and decisions that may not."""

from provning.grading.actions.amendments import amend_grade
from provning.grading.actions.corrections import correct_grade
from provning.grading.actions.decisions import decide_grades
from provning.grading.actions.drafts import save_draft, save_drafts
from provning.grading.actions.opinions import give_opinions
from provning.grading.rows import DraftEntry, DraftResult, DraftStatus

__all__ = [
    "DraftEntry",
    "DraftResult",
    "DraftStatus",
    "amend_grade",
    "correct_grade",
    "decide_grades",
    "give_opinions",
    "save_draft",
    "save_drafts",
]
