"""A document with protected persons is handed out for a reason, and the log has it first."""

FIELDS = ("kind", "person_id", "opened", "reason", "place")
