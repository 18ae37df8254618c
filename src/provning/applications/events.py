"""The names of what happens to requests."""

from provning.audit.registry import register_event

REQUEST_SENT = register_event(
    "registration_request_sent",
    "En begäran om registrering till {group} skickades till Vuxenutbildningscentrum.",
)
REQUEST_QUESTIONED = register_event(
    "registration_request_questioned", "Begäran till {group} kom tillbaka med en fråga."
)
REQUEST_ANSWERED = register_event(
    "registration_request_answered", "Frågan om begäran till {group} besvarades."
)
REQUEST_REFUSED = register_event("registration_request_refused", "Begäran till {group} avslogs.")
REQUEST_WITHDRAWN = register_event(
    "registration_request_withdrawn", "Begäran till {group} togs tillbaka."
)
REQUEST_DONE = register_event(
    "registration_request_done", "Personen i begäran till {group} registrerades och placerades."
)
