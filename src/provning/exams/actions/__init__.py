"""The only writes to groups and placements."""

from provning.exams.actions.copies import copy_groups
from provning.exams.actions.groups import (
    change_exam_group,
    create_exam_group,
)
from provning.exams.actions.outcomes import clear_outcome, record_outcome
from provning.exams.actions.placements import (
    change_exam_date,
    place_student,
    place_students,
    withdraw_placement,
)
from provning.exams.actions.taking_back import take_back_group
from provning.exams.actions.teachers import connect_co_teacher, connect_grading_teacher

__all__ = [
    "change_exam_date",
    "change_exam_group",
    "clear_outcome",
    "connect_co_teacher",
    "connect_grading_teacher",
    "copy_groups",
    "create_exam_group",
    "place_student",
    "place_students",
    "record_outcome",
    "take_back_group",
    "withdraw_placement",
]
