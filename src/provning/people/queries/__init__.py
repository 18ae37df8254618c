"""Reading persons: found, shown and masked as the actor may; staff and who somebody is."""

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
    EnrolmentRow,
    NumberRow,
    PersonDetails,
    PersonRow,
    PersonSearch,
    StaffRow,
    TeacherRow,
)

__all__ = [
    "EnrolmentRow",
    "NumberRow",
    "PersonDetails",
    "PersonRow",
    "PersonSearch",
    "StaffRow",
    "TeacherRow",
    "actor_for",
    "has_been_enrolled",
    "is_deceased_user",
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
    "teacher_on",
    "teachers_for_unit",
]
