"""The names of what happens to groups and placements."""

from provning.audit.registry import register_event

GROUP_CREATED = register_event("exam_group_created", "Prövningsgruppen {name} skapades.")
GROUP_CHANGED = register_event(
    "exam_group_changed", "Gruppen {name} pågår nu {start_date} till {end_date}."
)
TEACHER_CONNECTED = register_event(
    "grading_teacher_connected", "{teacher} kopplades som betygssättande lärare till {name}."
)
TEACHER_DISCONNECTED = register_event(
    "grading_teacher_disconnected", "{name} blev utan betygssättande lärare."
)
CO_TEACHER_CONNECTED = register_event(
    "co_grading_teacher_connected",
    "{co_teacher} beslutar betygen i {name} tillsammans med {teacher}.",
)
CO_TEACHER_DISCONNECTED = register_event(
    "co_grading_teacher_disconnected", "Betygen i {name} beslutas inte längre av två tillsammans."
)
GROUPS_COPIED = register_event(
    "exam_groups_copied", "{count} prövningsgrupper kopierades från {from_term} till {term}."
)
STUDENTS_PLACED = register_event("students_placed", "{count} placerades i {group}.")
PLACEMENT_WITHDRAWN = register_event(
    "placement_withdrawn", "Placeringen i {group} den {exam_date} togs tillbaka."
)
EXAM_DATE_CHANGED = register_event(
    "exam_date_changed", "Prövningsdatum i {group} ändrades till {exam_date}."
)
OUTCOME_RECORDED = register_event(
    "outcome_recorded", "Inget betyg i {group} den {exam_date}: {outcome_label}."
)
OUTCOME_CLEARED = register_event(
    "outcome_cleared", "Prövningen i {group} den {exam_date} kan betygsättas igen."
)
GROUP_TAKEN_BACK = register_event(
    "group_taken_back", "Gruppen {name} togs bort; ingen hade placerats."
)
