"""The names of what happens to the organisation."""

from provning.audit.registry import register_event

ORGANISER_CREATED = register_event("organiser_created", "Huvudmannen {name} lades upp.")
ORGANISER_CHANGED = register_event("organiser_changed", "Huvudmannen {name} ändrades.")
PROVIDER_CREATED = register_event("provider_created", "Anordnaren {name} lades upp.")
PROVIDER_CHANGED = register_event("provider_changed", "Anordnaren {name} ändrades.")
PROVIDER_ENDED = register_event("provider_ended", "Anordnaren {name} upphör efter {last_day}.")
PROVIDER_GOES_ON = register_event("provider_goes_on", "Anordnaren {name} upphör inte längre.")
GRADING_RIGHT_SET = register_event(
    "grading_right_set", "Betygsrätten för {name} är nu från {grading_right_from}."
)
UNIT_CREATED = register_event("unit_created", "Skolenheten {name} lades upp.")
UNIT_CHANGED = register_event("unit_changed", "Skolenheten {name} ändrades.")
UNIT_ENDED = register_event("unit_ended", "Skolenheten {name} upphör efter {last_day}.")
UNIT_GOES_ON = register_event("unit_goes_on", "Skolenheten {name} upphör inte längre.")
INITIALS_SET = register_event(
    "initials_set", "Initialerna för {name} är {initials} från {valid_from}."
)
CALENDAR_SET = register_event(
    "calendar_set", "Terminstider för {name} {term}: {first_day} till {last_day}."
)
POLICY_SET = register_event("policy_set", "Policyn {key} är {value} från {valid_from}.")
POLICY_WITHDRAWN = register_event(
    "policy_withdrawn", "Policyn {key} blir inte {value} från {valid_from}."
)

OF_ORGANISERS = (ORGANISER_CREATED, ORGANISER_CHANGED)
OF_PROVIDERS = (
    PROVIDER_CREATED, PROVIDER_CHANGED, PROVIDER_ENDED, PROVIDER_GOES_ON, GRADING_RIGHT_SET,
)  # fmt: skip
OF_UNITS = (UNIT_CREATED, UNIT_CHANGED, UNIT_ENDED, UNIT_GOES_ON)
OF_POLICIES = (POLICY_SET, POLICY_WITHDRAWN)
