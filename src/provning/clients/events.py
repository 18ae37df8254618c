"""The names of what happens to clients."""

from provning.audit.registry import register_event

CLIENT_CREATED = register_event("api_client_created", "API-klienten {name} skapades.")
CLIENT_ROTATED = register_event(
    "api_client_rotated", "API-klienten {name} fick en ny nyckel. De gamla slutar gälla {until}."
)
CLIENT_REVOKED = register_event("api_client_revoked", "API-klienten {name} spärrades.")
