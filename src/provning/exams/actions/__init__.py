"""The only writes to groups and placements."""

from provning.exams.actions.changing import (
    NewDay,
    change_exam_date,
    change_exam_dates,
    withdraw_placement,
    withdraw_placements,
)
from provning.exams.actions.copies import copy_groups
from provning.exams.actions.groups import (
    change_exam_group,
    create_exam_group,
)
from provning.exams.actions.outcomes import (
    OutcomeNote,
    clear_outcome,
    note_outcomes,
    record_outcome,
)
from provning.exams.actions.placements import place_student, place_students
from provning.exams.actions.taking_back import take_back_group
from provning.exams.actions.teachers import connect_co_teacher, connect_grading_teacher

__all__ = [
    "NewDay",
    "OutcomeNote",
    "change_exam_date",
    "change_exam_dates",
    "change_exam_group",
    "clear_outcome",
    "connect_co_teacher",
    "connect_grading_teacher",
    "copy_groups",
    "create_exam_group",
    "note_outcomes",
    "place_student",
    "place_students",
    "record_outcome",
    "take_back_group",
    "withdraw_placement",
    "withdraw_placements",
]
