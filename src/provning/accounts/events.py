"""The names of what happens to accounts."""

from provning.audit.registry import register_event

USER_CREATED = register_event("user_created", "Kontot {username} skapades.")
ACCOUNT_CLOSED = register_event("account_closed", "Kontot {username} stängdes.")
ACCOUNT_OPENED = register_event("account_opened", "Kontot {username} öppnades igen.")
ACCOUNT_INVITED = register_event("account_invited", "{username} bjöds in att välja lösenord.")
ROLE_ASSIGNED = register_event(
    "role_assigned", "Rollen {role} gavs till {username} från {valid_from}."
)
ROLE_ENDED = register_event("role_ended", "Rollen {role} för {username} avslutades {valid_to}.")
ROLE_PROPOSED = register_event("role_proposed", "Rollen {role} föreslogs för {username}.")
ROLE_APPROVED = register_event("role_approved", "Rollen {role} godkändes för {username}.")
ROLE_REFUSED = register_event("role_refused", "Rollen {role} avslogs för {username}.")
TASK_DELEGATED = register_event(
    "task_delegated",
    "{delegated_by} delegerade {task} till {username} från {valid_from} till {valid_to}.",
)
ROLES_REVIEWED = register_event("roles_reviewed", "Granskade roller som behålls: {count}.")
ROLE_NAMED = register_event("role_named", "Rollen {role} kallas nu {name}.")
PREFERENCES_SET = register_event("preferences_set", "Språk och utseende ändrades.")
SIGNED_IN = register_event("signed_in", "{username} loggade in.")
SIGN_IN_FAILED = register_event("sign_in_failed", "Inloggningen misslyckades för {username}.")
PASSWORD_REFUSED = register_event(
    "password_refused", "{username} skrev fel lösenord när det skulle bekräftas."
)
PASSWORD_CHANGED = register_event("password_changed", "{username} fick ett nytt lösenord.")
PASSWORD_RESET_ASKED = register_event(
    "password_reset_asked", "Någon bad om ett nytt lösenord för {username}."
)
FACTOR_ADDED = register_event("factor_added", "{username} lade till ett andra steg: {kind}.")
FACTOR_REMOVED = register_event(
    "factor_removed", "Ett andra steg togs bort för {username}: {kind}."
)
FACTOR_REFUSED = register_event("factor_refused", "{username} kunde inte visa sitt andra steg.")
SESSIONS_ENDED = register_event("sessions_ended", "{count} inloggningar avslutades för {username}.")
STEPPED_UP = register_event("stepped_up", "{username} bekräftade vem det är: {method}.")
IDENTITY_BOUND = register_event(
    "identity_bound", "{username} knöts till {identity} hos {provider}."
)
IDENTITY_UNBOUND = register_event(
    "identity_unbound", "{username} är inte längre knuten till {identity} hos {provider}."
)
IDENTITY_REFUSED = register_event(
    "identity_refused", "Ett svar från {provider} öppnade inget konto: {reason}."
)
