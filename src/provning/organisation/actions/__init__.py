"""The only writes of the organisation."""

from provning.organisation.actions.custom import set_initials, set_policy, set_term_calendar
from provning.organisation.actions.roles import give_role, take_role
from provning.organisation.actions.structure import (
    change_unit,
    create_organiser,
    create_provider,
    create_unit,
    set_grading_right,
)

__all__ = [
    "change_unit",
    "create_organiser",
    "create_provider",
    "create_unit",
    "give_role",
    "set_grading_right",
    "set_initials",
    "set_policy",
    "set_term_calendar",
    "take_role",
]
