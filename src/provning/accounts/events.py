"""The names of what happens to accounts."""

from provning.audit.registry import register_event

USER_CREATED = register_event("user_created", "Kontot {username} skapades.")
ROLE_ASSIGNED = register_event(
    "role_assigned", "Rollen {role} gavs till {username} från {valid_from}."
)
ROLE_ENDED = register_event("role_ended", "Rollen {role} för {username} avslutades {valid_to}.")
ROLE_NAMED = register_event("role_named", "Rollen {role} kallas nu {name}.")
PREFERENCES_SET = register_event("preferences_set", "Språk och utseende ändrades.")
SIGNED_IN = register_event("signed_in", "{username} loggade in.")
SIGN_IN_FAILED = register_event("sign_in_failed", "Inloggningen misslyckades för {username}.")
PASSWORD_REFUSED = register_event(
    "password_refused", "{username} skrev fel lösenord när det skulle bekräftas."
)
