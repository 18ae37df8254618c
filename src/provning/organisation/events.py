"""The names of what happens to the organisation."""

from provning.audit.registry import register_event

ORGANISER_CREATED = register_event("organiser_created", "Huvudmannen {name} lades upp.")
PROVIDER_CREATED = register_event("provider_created", "Anordnaren {name} lades upp.")
GRADING_RIGHT_SET = register_event(
    "grading_right_set", "Betygsrätten för {name} är nu från {grading_right_from}."
)
UNIT_CREATED = register_event("unit_created", "Skolenheten {name} lades upp.")
UNIT_CHANGED = register_event("unit_changed", "Skolenheten {name} ändrades.")
INITIALS_SET = register_event(
    "initials_set", "Initialerna för {name} är {initials} från {valid_from}."
)
CALENDAR_SET = register_event(
    "calendar_set", "Terminstider för {name} {term}: {first_day} till {last_day}."
)
POLICY_SET = register_event("policy_set", "Policyn {key} är {value} från {valid_from}.")
