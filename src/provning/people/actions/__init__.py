"""The only writes of persons, numbers, enrolments and duties."""

from provning.people.actions.belonging import (
    EnrolmentEntry,
    end_duty,
    enrol,
    enrol_many,
    give_duty,
    link_account,
)
from provning.people.actions.changing import (
    change_number,
    rename_person,
    set_protection,
    set_status,
)
from provning.people.actions.registering import PersonEntry, register_person, register_persons

__all__ = [
    "EnrolmentEntry",
    "PersonEntry",
    "change_number",
    "end_duty",
    "enrol",
    "enrol_many",
    "give_duty",
    "link_account",
    "register_person",
    "register_persons",
    "rename_person",
    "set_protection",
    "set_status",
]
