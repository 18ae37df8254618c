"""Reading persons: found, shown and masked as the actor may; staff and who somebody is."""

from provning.people.queries.duties import (
    account_person,
    accounts_without_person,
    deciders_without_person,
    duties_at,
    linked_accounts,
    staff_by_number,
)
from provning.people.queries.history import person_history
from provning.people.queries.persons import (
    has_been_enrolled,
    person_by_number,
    person_details,
    person_for,
    person_number_on,
    person_rows,
    person_scope,
    persons_by_number,
    persons_for,
    persons_reached,
)
from provning.people.queries.same import of_person, of_persons, root_of
from provning.people.queries.search import search_persons
from provning.people.queries.staff import (
    actor_for,
    is_deceased_user,
    on_duty,
    principals_for_unit,
    teacher_on,
    teachers_for_unit,
)
from provning.people.rows import (
    AccountPerson,
    DutyRow,
    EnrolmentRow,
    NumberRow,
    PersonDetails,
    PersonRow,
    PersonSearch,
    StaffRow,
    TeacherRow,
)

__all__ = [
    "AccountPerson",
    "DutyRow",
    "EnrolmentRow",
    "NumberRow",
    "PersonDetails",
    "PersonRow",
    "PersonSearch",
    "StaffRow",
    "TeacherRow",
    "account_person",
    "accounts_without_person",
    "actor_for",
    "deciders_without_person",
    "duties_at",
    "has_been_enrolled",
    "is_deceased_user",
    "linked_accounts",
    "of_person",
    "of_persons",
    "on_duty",
    "person_by_number",
    "person_details",
    "person_for",
    "person_history",
    "person_number_on",
    "person_rows",
    "person_scope",
    "persons_by_number",
    "persons_for",
    "persons_reached",
    "principals_for_unit",
    "root_of",
    "search_persons",
    "staff_by_number",
    "teacher_on",
    "teachers_for_unit",
]
