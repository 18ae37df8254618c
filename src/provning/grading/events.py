"""The names of what happens to grades."""

from provning.audit.registry import register_event

GRADES_DRAFTED = register_event("grades_drafted", "{count} betyg skrevs in som utkast i {group}.")
GRADE_CORRECTED = register_event(
    "grade_corrected",
    "Rättelse av {decided_by}: {old_value} i {old_course} från {old_date} blev {value} i {course}"
    " från {exam_date}.",
)
GRADE_AMENDED = register_event(
    "grade_amended",
    "Ändring av {decided_by}: {old_value} i {course} från {exam_date} blev {value}.",
)
GRADES_DECIDED = register_event(
    "grades_decided", "{count} betyg beslutades i {group} av {decided_by}."
)
OPINIONS_GIVEN = register_event(
    "grade_opinions_given",
    "{teacher} lämnade sin bedömning av {count} betyg i {group}, som beslutas med {other}.",
)
