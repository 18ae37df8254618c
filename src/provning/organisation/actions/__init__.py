"""The only writes of the organisation."""

from provning.organisation.actions.closing import end_provider, end_unit
from provning.organisation.actions.custom import (
    set_initials,
    set_policy,
    set_term_calendar,
    withdraw_policy,
)
from provning.organisation.actions.delegations import delegate_task
from provning.organisation.actions.roles import decide_role, give_role, review_roles, take_role
from provning.organisation.actions.structure import (
    change_organiser,
    change_provider,
    change_unit,
    create_organiser,
    create_provider,
    create_unit,
    set_grading_right,
)

__all__ = [
    "change_organiser",
    "change_provider",
    "change_unit",
    "create_organiser",
    "create_provider",
    "create_unit",
    "decide_role",
    "delegate_task",
    "end_provider",
    "end_unit",
    "give_role",
    "review_roles",
    "set_grading_right",
    "set_initials",
    "set_policy",
    "set_term_calendar",
    "take_role",
    "withdraw_policy",
]
