"""The names of what happens to persons; the sentences name nobody."""

from provning.audit.registry import register_event

PERSON_REGISTERED = register_event("person_registered", "Personen lades upp.")
PERSONS_REGISTERED = register_event("persons_registered", "{count} personer lades upp.")
NUMBER_CHANGED = register_event("number_changed", "Personens nummer ändrades.")
PROTECTION_SET = register_event("protection_set", "Skydd av identiteten: {protection}.")
PERSON_RENAMED = register_event("person_renamed", "Personens namn ändrades.")
STATUS_SET = register_event("person_status_set", "Personens status är {status}.")
PERSONS_MERGED = register_event("persons_merged", "Två personposter är samma person.")
PERSONS_PARTED = register_event("persons_parted", "Två personposter är olika personer igen.")
PERSON_REVISED = register_event("person_revised", "Personens uppgifter ändrades.")
PERSONS_TAKEN_BACK = register_event(
    "persons_taken_back", "{count} personer som lagts upp av misstag togs bort."
)
ENROLMENTS_TAKEN_BACK = register_event(
    "enrolments_taken_back", "{count} inskrivningar som gjorts av misstag togs bort."
)
DUTIES_TAKEN_BACK = register_event(
    "duties_taken_back", "{count} tjänster som lagts upp av misstag togs bort."
)
PERSON_ENROLLED = register_event("person_enrolled", "Personen skrevs in från {start_date}.")
PERSONS_ENROLLED = register_event("persons_enrolled", "{count} personer skrevs in.")
DUTY_GIVEN = register_event("duty_given", "Tjänsten {role} gäller från {start_date}.")
DUTY_ENDED = register_event("duty_ended", "Tjänsten {role} slutar {end_date}.")
ACCOUNT_LINKED = register_event("account_linked", "Kontot {username} hör till personen.")
ACCOUNT_UNLINKED = register_event(
    "account_unlinked", "Kontot {username} hör inte längre till personen."
)
OF_LINKS = (ACCOUNT_LINKED, ACCOUNT_UNLINKED)
