"""Reading groups and placements, always within what the actor may see."""

from provning.exams.queries.groups import (
    group_for,
    group_of,
    group_to_act_on,
    groups_for,
    groups_named,
    groups_without_teacher,
)
from provning.exams.queries.placements import (
    moved_away_from,
    placement_for,
    placements_by_id,
    placements_in,
    study_plan,
)
from provning.exams.queries.previews import copy_preview, preview_group
from provning.exams.queries.scope import either, group_scope
from provning.exams.queries.terms import ComingRow, coming_exams, exam_days, term_counts
from provning.exams.rows import CopyRow, GroupPreview, GroupRow, NamePart, PlacementRow

__all__ = [
    "ComingRow",
    "CopyRow",
    "GroupPreview",
    "GroupRow",
    "NamePart",
    "PlacementRow",
    "coming_exams",
    "copy_preview",
    "either",
    "exam_days",
    "group_for",
    "group_of",
    "group_scope",
    "group_to_act_on",
    "groups_for",
    "groups_named",
    "groups_without_teacher",
    "moved_away_from",
    "placement_for",
    "placements_by_id",
    "placements_in",
    "preview_group",
    "study_plan",
    "term_counts",
]
