"""The only writes of persons, numbers, enrolments, duties and whose an account is."""

from provning.people.actions.belonging import (
    EnrolmentEntry,
    end_duty,
    enrol,
    enrol_many,
    give_duty,
)
from provning.people.actions.changing import (
    change_number,
    rename_person,
    set_protection,
    set_status,
)
from provning.people.actions.employing import Employment, employ
from provning.people.actions.linking import link_account, unlink_account
from provning.people.actions.merging import merge_persons, part_persons
from provning.people.actions.registering import PersonEntry, register_person, register_persons
from provning.people.actions.revising import Revision, revise_persons
from provning.people.actions.taking_back import (
    take_back_duties,
    take_back_enrolments,
    take_back_persons,
)

__all__ = [
    "Employment",
    "EnrolmentEntry",
    "PersonEntry",
    "Revision",
    "change_number",
    "employ",
    "end_duty",
    "enrol",
    "enrol_many",
    "give_duty",
    "link_account",
    "merge_persons",
    "part_persons",
    "register_person",
    "register_persons",
    "rename_person",
    "revise_persons",
    "set_protection",
    "set_status",
    "take_back_duties",
    "take_back_enrolments",
    "take_back_persons",
    "unlink_account",
]
